"""Who may moderate: to everyone else these pages do not exist."""

from django.http import Http404, HttpRequest

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.access import signed_in
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.queries import is_moderator


def require_moderator(request: HttpRequest) -> Member:
    """The moderator who asks; 404 for anyone else."""
    member = signed_in(request)
    if not is_moderator(member):
        raise Http404
    return member


def fetch_case(*, case_id: int) -> Case:
    """An open case."""
    case = Case.objects.open().with_thread().filter(pk=case_id).first()
    if case is None:
        raise Http404
    return case


def fetch_one_off_of_today(*, case_id: int) -> Case:
    """A one-off post, open or removed by a moderator, whose quota is still known."""
    states = [Case.State.OPEN, Case.State.MODERATED]
    case = Case.objects.filter(pk=case_id, quota__isnull=False, state__in=states).first()
    if case is None:
        raise Http404
    return case


def fetch_comment(*, comment_id: int) -> tuple[Comment, Case]:
    """A comment that can be read, and the open case it stands under."""
    comment = Comment.objects.select_related("thread").filter(pk=comment_id, state=Comment.State.SHOWN).first()
    case = Case.objects.open().filter(thread=comment.thread_id).first() if comment else None
    if comment is None or case is None:
        raise Http404
    return comment, case
