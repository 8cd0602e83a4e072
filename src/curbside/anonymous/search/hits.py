"""A text that was found, as the page shows it: its place, and its words around what was looked for. No query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.documents import CommentText
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.polls.documents import PollText
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.sealing.secrecy import Document, TextId
from curbside.anonymous.search.excerpts import Part, excerpt, mark, plain_text
from curbside.anonymous.search.matching import Wanted
from curbside.anonymous.search.sources import case_body, poll_body
from curbside.kit.pages import language_label
from curbside.kit.specialties import specialty_label


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that was found, as the page shows it: never its author, so that nobody's texts can be gathered by searching."""

    address: str
    kind: str
    title: Sequence[Part]
    parts: Sequence[Part]
    specialty: str
    language: str
    language_code: str
    minute: datetime
    stage: str
    """How far a case is, where that is more than asked."""


@dataclass(frozen=True, slots=True)
class FoundText:
    """The rows behind a hit: the page it stands on, and itself."""

    page: Case | Poll
    text: Case | Poll | Comment


Documents = Mapping[TextId, Document]


def hit_of(found: FoundText, documents: Documents, marks: Wanted) -> Hit:
    """The hit with its words."""
    page, (title, body) = found.page, _words(found, documents)
    is_told = isinstance(page, Case) and page.stage != Case.Stage.ASKED
    return Hit(
        address=_address(found),
        kind=_kind(found),
        title=mark(plain_text(title), marks, language=page.language),
        parts=excerpt(plain_text(body), marks, language=page.language),
        specialty=specialty_label(page.specialty) if page.specialty else str(_("Lounge")),
        language=language_label(page.language),
        language_code=page.language,
        minute=found.text.posted_at,
        stage=str(Case.Stage(page.stage).label) if isinstance(page, Case) and is_told else "",
    )


def _words(found: FoundText, documents: Documents) -> tuple[str, str]:
    """The title of the page, or the question of a poll; and the words of the text."""
    document = documents[TextId(found.text.text_id or 0)]
    if isinstance(found.text, Poll):
        poll = PollText.opened(document)
        return poll.question, poll_body(poll)
    head = documents[TextId(found.page.text_id or 0)]
    title = PollText.opened(head).question if isinstance(found.page, Poll) else CaseText.opened(head).title
    return title, CommentText.opened(document).body if isinstance(found.text, Comment) else case_body(CaseText.opened(document))


def _address(found: FoundText) -> str:
    if isinstance(found.text, Comment):
        return reverse("discussion:show_comment", args=[found.text.pk])
    if isinstance(found.page, Poll):
        return reverse("polls:show_poll", args=[found.page.pk])
    return reverse("cases:show_case", args=[found.page.pk]) + ("#poll" if isinstance(found.text, Poll) else "")


def _kind(found: FoundText) -> str:
    if isinstance(found.text, Case):
        return str(Case.Kind(found.text.kind).label)
    return str(_("Poll") if isinstance(found.text, Poll) else _("Comment"))
