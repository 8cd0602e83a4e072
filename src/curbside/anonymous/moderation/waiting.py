"""Reads what waits for a moderator, what members asked of them, and the counts that all may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.documents import CommentText
from curbside.anonymous.discussion.links import links_open_on
from curbside.anonymous.discussion.markdown import render_markdown
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.membership.leaving import Piece
from curbside.anonymous.membership.models import Member, Sanction
from curbside.anonymous.membership.queries import sanctions_of
from curbside.anonymous.moderation.models import REASONS, Decision, LogEntry, MessageReport, Moderator, Report
from curbside.anonymous.moderation.posts import Post
from curbside.anonymous.moderation.queries import reports_to_judge
from curbside.anonymous.moderation.rescanning import found_in_words
from curbside.anonymous.pictures.documents import PictureNote, notes_in
from curbside.anonymous.polls.documents import PollText
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.sealing.queries import read_text, read_texts
from curbside.anonymous.sealing.secrecy import Document, TextId
from curbside.kit.clock import today
from curbside.kit.countries import country_label
from curbside.kit.specialties import specialty_label

MOST_REPORTS = 200
ALIKE = 8


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A reported post."""

    case_id: int
    comment_id: int
    specialty: str
    reasons: str
    reports: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """What a moderator sees of a reported post. Not who wrote it, nor who reported."""

    title: str
    html: SafeString
    context: str
    reports: Sequence[tuple[Report, str]]
    alike: Sequence[Decision]
    sanctions: Sequence[Sanction]
    warnings: Sequence[SafeString]
    """Why members say on its page that it could do harm."""
    case_id: int
    pictures: Sequence[PictureNote]
    """Of a case; a moderator sees them also while it is hidden."""


def hub_label(moderator: Moderator) -> str:
    """The moderator's hub in words; empty for one of all."""
    labels = (specialty_label(moderator.specialty), country_label(moderator.country))
    return ", ".join(label for value, label in zip((moderator.specialty, moderator.country), labels, strict=True) if value)


def queue_rows(moderator: Moderator) -> list[QueueRow]:
    """Posts whose reports wait, the most reported first. One query."""
    reports = Report.objects.filter(**moderator.hub(), outcome=Report.Outcome.OPEN)
    found: dict[tuple[int, int], list[Report]] = {}
    for report in reports.order_by("pk")[:MOST_REPORTS]:
        found.setdefault((report.case_id, report.comment_id), []).append(report)
    rows = [_row(case_id, comment_id, group) for (case_id, comment_id), group in found.items()]
    return sorted(rows, key=lambda row: (not row.hidden, -row.reports))


def _row(case_id: int, comment_id: int, group: Sequence[Report]) -> QueueRow:
    reasons = ", ".join(sorted({_why(report) for report in group}))
    return QueueRow(case_id, comment_id, specialty_label(group[0].specialty), reasons, len(group), any(report.hid for report in group))


def _why(report: Report) -> str:
    if report.reporter_id:
        return str(Reason(report.reason).label)
    if report.reason == Reason.DANGER:
        return _("marked “could harm” by a member")
    return _("found by the guard") if report.reason == Reason.PATIENT else _("noted by a word list")


def message_reports(moderator: Moderator) -> Sequence[MessageReport]:
    """Reports of others' private messages, for a moderator of all hubs. One query, or none."""
    return list(reports_to_judge(moderator).order_by("pk")[:MOST_REPORTS])


@dataclass(frozen=True, slots=True)
class Letter:
    """What a moderator sees of a reported private message. Not who wrote it, nor to whom."""

    quoted: str
    words: str
    alike: Sequence[Decision]
    sanctions: Sequence[Sanction]


def letter_of(report: MessageReport) -> Letter:
    """The message as its reporter read it, and what was done in like cases. Four queries."""
    document = read_text(TextId(report.text_id or 0))
    alike = Decision.objects.filter(reason=report.reason, specialty="", message_id__gt=0).order_by("-decided_on", "-pk")
    return Letter(document.text("quoted"), document.text("words"), list(alike[:ALIKE]), list(sanctions_of(report.accused)))


def quoted_for(decision: Decision) -> str:
    """What a decision about a private message was about, as long as it is held; empty for any other. Two or three queries."""
    reports = MessageReport.objects.filter(message_id=decision.message_id, text_id__isnull=False) if decision.message_id else None
    report = reports.first() if reports is not None else None
    return read_text(TextId(report.text_id or 0)).text("quoted") if report else ""


def appeals_for(moderator: Moderator) -> QuerySet[Decision]:
    """Appeals that this moderator may judge. One query."""
    waiting = Decision.objects.filter(**moderator.hub(), appeal=Decision.Appeal.WAITING)
    return waiting.exclude(decided_by=moderator.member).exclude(author=moderator.member).order_by("pk")[:50]


def matter_of(post: Post) -> Matter:
    """The post with its context, the reports, and what was done in like cases. Six queries."""
    reports = list(Report.objects.filter(**post.place(), outcome=Report.Outcome.OPEN).order_by("pk")[:50])
    warned = _warnings_of(post)
    wanted = [post.case.text_id, post.comment.text_id if post.comment else None, *(report.text_id for report in reports), *warned]
    documents = read_texts([TextId(text_id) for text_id in wanted if text_id is not None])
    title, words, context = _page_words(post, documents[TextId(post.case.text_id or 0)])
    if post.comment and post.comment.text_id is not None:
        words = CommentText.opened(documents[TextId(post.comment.text_id)]).body
    said = [(report, _said(documents[TextId(report.text_id)]) if report.text_id is not None else "") for report in reports]
    alike = Decision.objects.filter(reason__in={report.reason for report in reports}, specialty=post.case.specialty)
    sanctions = list(sanctions_of(post.author)) if post.author else []
    return Matter(
        title=title,
        html=render_markdown(words, links=False),
        context=context,
        reports=said,
        alike=list(alike.order_by("-decided_on", "-pk")[:ALIKE]),
        sanctions=sanctions,
        case_id=post.case.pk,
        pictures=() if post.comment else notes_in(documents[TextId(post.case.text_id or 0)].get("pictures")),
        warnings=[render_markdown(CommentText.opened(documents[text_id]).body, links=False) for text_id in warned],
    )


def _warnings_of(post: Post) -> list[TextId]:
    if post.comment is None:
        return []
    shown = Comment.objects.filter(warns_of=post.comment, state=Comment.State.SHOWN).order_by("posted_at", "pk")
    return [TextId(text_id) for text_id in shown.values_list("text_id", flat=True)[:50] if text_id is not None]


def _said(document: Document) -> str:
    return found_in_words(document) or document.text("words")


def _page_words(post: Post, document: Document) -> tuple[str, str, str]:
    """Title and words of the page, and what to read along with a comment."""
    if isinstance(post.case, Poll):
        poll = PollText.opened(document)
        options = "\n".join(f"- {option}" for option in poll.options)
        return poll.question, f"{poll.details}\n\n{options}", poll.details if post.comment else ""
    case = CaseText.opened(document)
    return case.title, f"{case.story}\n\n{case.question}", case.question if post.comment else ""


def case_words(case: Case) -> CaseText:
    """The words of the case. Two queries."""
    return CaseText.opened(read_text(TextId(case.text_id or 0)))


def appeal_words(decision: Decision) -> str:
    """What the author says. Two queries."""
    if decision.text_id is None:
        return ""
    return read_texts([TextId(decision.text_id)])[TextId(decision.text_id)].text("words")


@dataclass(frozen=True, slots=True)
class Mine:
    """What a member is told."""

    links_open_on: date | None
    """None where they are open already."""

    reports: Sequence[Report]
    decisions: Sequence[Decision]
    sanctions: Sequence[Sanction]
    letters: Sequence[MessageReport]
    """Reports of private messages."""


def mine_of(member: Member) -> Mine:
    """One's reports with their outcomes, decisions about one's posts, and what holds against one. Four queries."""
    reports = Report.objects.filter(reporter=member).order_by("-reported_on", "-pk")[:100]
    decisions = Decision.objects.filter(author=member).exclude(action=Decision.Action.KEEP, sanction=None)
    open_on = links_open_on(member.joined_on)
    later = open_on if open_on > today() else None
    letters = MessageReport.objects.filter(reporter=member).order_by("-reported_on", "-pk")[:100]
    told = list(decisions.order_by("-decided_on", "-pk")[:100])
    return Mine(later, list(reports), told, list(sanctions_of(member)), list(letters))


def counts_by_month() -> list[tuple[date, str, str, int]]:
    """How often moderators did what, by month and reason. One query."""
    months = LogEntry.objects.annotate(month=TruncMonth("done_on")).values_list("month", "deed", "reason")
    counted = months.annotate(times=Count("pk")).order_by("-month", "deed", "reason")[:500]
    why = dict(REASONS)
    return [(month, str(LogEntry.Deed(deed).label), str(why[reason]), times) for month, deed, reason, times in counted]


def export_reports(*, member: Member) -> tuple[str, Sequence[Piece]]:
    """What the member wrote to moderators, as far as it is still held."""
    reports = Report.objects.filter(reporter=member, text_id__isnull=False).order_by("pk").values_list("reason", "text_id")
    appeals = Decision.objects.filter(author=member, text_id__isnull=False).order_by("pk").values_list("reason", "text_id")
    letters = MessageReport.objects.filter(reporter=member, text_id__isnull=False).order_by("pk").values_list("reason", "text_id")
    held = [(reason, TextId(text_id)) for reason, text_id in (*reports, *letters, *appeals) if text_id is not None]
    documents = read_texts([text_id for _reason, text_id in held])
    return _("Reports and appeals"), [_piece(str(Reason(reason).label), documents[text_id]) for reason, text_id in held]


def _piece(reason: str, document: Document) -> Piece:
    quoted = document.text("quoted")
    return {"reason": reason, "words": document.text("words"), **({"quoted": quoted} if quoted else {})}
