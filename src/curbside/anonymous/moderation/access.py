"""Who may moderate: to everyone else these pages do not exist."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.access import signed_in
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.models import Decision, MessageReport, Moderator
from curbside.anonymous.moderation.posts import OWN_POST, Post
from curbside.anonymous.moderation.queries import is_moderator, reports_to_judge
from curbside.anonymous.polls.models import Poll
from curbside.kit.errors import NotAllowed


def require_moderator(request: HttpRequest) -> Member:
    """The moderator who asks; 404 for anyone else."""
    member = signed_in(request)
    if not is_moderator(member):
        raise Http404
    return member


def fetch_one_off_of_today(*, case_id: int) -> Case:
    """A one-off post, open or removed by a moderator, whose quota is still known."""
    states = [Case.State.OPEN, Case.State.MODERATED]
    case = Case.objects.filter(pk=case_id, quota__isnull=False, state__in=states).first()
    if case is None:
        raise Http404
    return case


def fetch_post(*, case_id: int | None = None, comment_id: int | None = None) -> Post:
    """A case or a comment whose words are held, hidden ones too."""
    held = Comment.objects.select_related("thread", "author").filter(text_id__isnull=False)
    comment = held.filter(pk=comment_id).first() if comment_id else None
    case = _find(thread=comment.thread_id) if comment else _find(pk=case_id) if case_id else None
    if case is None:
        raise Http404
    return Post(case, comment)


def page_of_post(*, case_id: int) -> str:
    """The page on which a case or a poll stands or stood. One query."""
    is_poll = Poll.objects.filter(pk=case_id).exists()
    return reverse("polls:show_poll" if is_poll else "cases:show_case", args=[case_id])


def _find(**where: int) -> Case | Poll | None:
    """The case, or the poll by itself, whose words are held."""
    found = Case.objects.filter(text_id__isnull=False, **where).select_related("author", "thread").first()
    return found or Poll.objects.filter(text_id__isnull=False, inside=False, **where).select_related("author", "thread").first()


def fetch_shown_post(*, case_id: int | None = None, comment_id: int | None = None) -> Post:
    """A post that every member may read."""
    post = fetch_post(case_id=case_id, comment_id=comment_id)
    if post.case.state != Case.State.OPEN or (post.comment and not post.comment.shown):
        raise Http404
    return post


def fetch_post_to_judge(moderator: Moderator, *, case_id: int | None = None, comment_id: int | None = None) -> Post:
    """A post of the moderator's hub; every post for a moderator of all."""
    post = fetch_post(case_id=case_id, comment_id=comment_id)
    if not moderator.judges(post.hub()):
        raise Http404
    if moderator.member in {post.author, post.hidden_author()}:
        raise NotAllowed(OWN_POST)  # what others reported and noted of it is not for its author
    return post


def fetch_post_to_remove(moderator: Moderator, *, case_id: int | None = None, comment_id: int | None = None) -> Post:
    """A post that members may read; who moderates another hub is told so, as they can read it too."""
    post = fetch_shown_post(case_id=case_id, comment_id=comment_id)
    if not moderator.judges(post.hub()):
        raise NotAllowed(_("A moderator of its hub judges this. You can report it."))
    return post


def fetch_post_to_retag(moderator: Moderator, *, case_id: int) -> Case:
    """A case that members may read, likewise; neither a lesson, a thread of the lounge nor a poll."""
    case = fetch_post_to_remove(moderator, case_id=case_id).case
    if isinstance(case, Poll) or not case.is_question:
        raise Http404
    return case


def require_role(request: HttpRequest) -> Moderator:
    """The appointment of the moderator who asks; 404 for anyone else."""
    role = Moderator.objects.select_related("member").filter(member=signed_in(request)).first()
    if role is None:
        raise Http404
    return role


def fetch_message_report(moderator: Moderator, *, report_id: int) -> MessageReport:
    """A report of a private message that waits, of neither of the two. Messages are of no hub: moderators of all judge them."""
    report = reports_to_judge(moderator).select_related("accused").filter(pk=report_id).first()
    if report is None:
        raise Http404
    return report


def fetch_own_decision(*, author: Member, decision_id: int) -> Decision:
    """A decision about a post of one's own."""
    decision = Decision.objects.filter(pk=decision_id, author=author).first()
    if decision is None:
        raise Http404
    return decision


def fetch_appeal(moderator: Moderator, *, decision_id: int) -> Decision:
    """An appeal that waits, in the moderator's hub, and is not against a decision of their own."""
    waiting = Decision.objects.filter(pk=decision_id, appeal=Decision.Appeal.WAITING)
    decision = waiting.exclude(decided_by=moderator.member).exclude(author=moderator.member).first()
    if decision is None or not moderator.judges({"specialty": decision.specialty, "country": decision.country}):
        raise Http404
    return decision


def fetch_appealed_post(decision: Decision) -> Post | None:
    """The post an appeal is about, where its words are still held."""
    case = _find(pk=decision.case_id) if decision.case_id else None
    if case is None or not decision.comment_id:
        return Post(case) if case else None
    comment = Comment.objects.select_related("thread", "author").filter(pk=decision.comment_id, text_id__isnull=False).first()
    return Post(case, comment) if comment else None
