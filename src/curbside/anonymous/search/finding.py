"""Asks the index, and reads what it names. The index gives ids; the words, and whether they can be read, come from where they are kept."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from tantivy import Index, Query, Searcher

from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import language_label
from curbside.anonymous.conditions.queries import Meaning, meanings_of
from curbside.anonymous.discussion.documents import CommentText
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import Document, TextId
from curbside.anonymous.search.asking import read_question, spans_of
from curbside.anonymous.search.excerpts import Part, excerpt, mark, plain_text
from curbside.anonymous.search.matching import NO_FILTERS, Filters, Wanted, build_query, used_meanings, wanted
from curbside.anonymous.search.place import IndexFolder
from curbside.anonymous.search.sources import COMMENT
from curbside.kit.errors import Busy
from curbside.kit.specialties import specialty_label

PAGE: Final = 20
MOST_PAGES: Final = 20
"""Nobody reads further; who would, narrows the search."""


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """What a member asks."""

    typed: str = ""
    condition: str = ""
    filters: Filters = NO_FILTERS

    @property
    def empty(self) -> bool:
        """Whether nothing was asked."""
        return not self.typed.strip() and not self.condition and self.filters == NO_FILTERS


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


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found. ``total`` counts texts in the index."""

    hits: Sequence[Hit]
    total: int
    page: int
    next_page: int | None
    meanings: Sequence[Meaning]


class OpenIndex:
    """The index as this process reads it; opened again where the writer began a new generation."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._path = ""
        self._index: Index | None = None

    def searcher(self) -> Searcher:
        """The newest state; raises Busy while there is no index."""
        with self._lock:
            generation = IndexFolder(settings.SEARCH_DIR).current()
            if generation is None:
                raise _not_ready()
            try:
                return self._newest(str(generation))
            except (ValueError, OSError) as error:  # it went between two lines: the writer just began anew
                self._path, self._index = "", None
                raise _not_ready() from error

    def _newest(self, path: str) -> Searcher:
        if self._index is None or path != self._path:
            self._index, self._path = Index.open(path), path
        self._index.reload()
        return self._index.searcher()


_open_index: Final = OpenIndex()


def find(question: Question, *, page: int = 1) -> Found:
    """A page of the best hits; raises asking.Unclear and Busy. At most seven queries."""
    clauses = read_question(question.typed)
    meanings = meanings_of(spans_of(clauses), code=question.condition)
    condition = meanings.pop(question.condition.upper(), None) if question.condition else None
    used = [meaning for _start, _end, meaning in used_meanings(clauses, meanings)] + ([condition] if condition else [])
    query = build_query(clauses, meanings, condition=condition, filters=question.filters)
    named, total = _ask(_open_index.searcher(), query, page)
    return Found(
        hits=_read(named, wanted(clauses, used)),
        total=total,
        page=page,
        next_page=page + 1 if total > page * PAGE and page < MOST_PAGES else None,
        meanings=used,
    )


def _ask(searcher: Searcher, query: Query, page: int) -> tuple[list[tuple[str, int, int]], int]:
    """Kind, case and text of each hit, best first; and how many there are."""
    result = searcher.search(query, limit=PAGE, offset=(page - 1) * PAGE, count=True)
    documents = [searcher.doc(address) for _score, address in result.hits]
    named = [(str(document["kind"][0]), int(document["case_id"][0]), int(document["text_id"][0])) for document in documents]
    total: int | None = result.count  # type: ignore[attr-defined] # missing from the stubs
    return named, total or 0


def _read(named: Sequence[tuple[str, int, int]], marks: Wanted) -> list[Hit]:
    cases = {case.pk: case for case in Case.objects.open().filter(pk__in={case_id for _kind, case_id, _text in named})}
    comment_ids = [text_id for kind, _case, text_id in named if kind == COMMENT]
    comments = {comment.text_id: comment for comment in Comment.objects.filter(text_id__in=comment_ids, state=Comment.State.SHOWN)}
    wanted_texts = [text_id for text_id in (*(case.text_id for case in cases.values()), *comments) if text_id is not None]
    documents = read_texts([TextId(text_id) for text_id in wanted_texts])
    hits = []
    for kind, case_id, text_id in named:
        case, comment = cases.get(case_id), comments.get(text_id)
        if case is not None and (kind != COMMENT or (comment is not None and not case.keeps_answers_back)):
            hits.append(_hit(case, comment, documents, marks))
    return hits


def _hit(case: Case, comment: Comment | None, documents: dict[TextId, Document], marks: Wanted) -> Hit:
    text = CaseText.opened(documents[TextId(case.text_id or 0)])
    body = CommentText.opened(documents[TextId(comment.text_id or 0)]).body if comment else f"{text.story}\n\n{text.question}"
    return Hit(
        address=reverse("discussion:show_comment", args=[comment.pk]) if comment else reverse("cases:show_case", args=[case.pk]),
        kind=str(_("Comment")) if comment else str(Case.Kind(case.kind).label),
        title=mark(plain_text(text.title), marks, language=case.language),
        parts=excerpt(plain_text(body), marks, language=case.language),
        specialty=specialty_label(case.specialty),
        language=language_label(case.language),
        language_code=case.language,
        minute=comment.posted_at if comment else case.posted_at,
    )


def _not_ready() -> Busy:
    return Busy(_("The search index is being built. Try again in a minute."))
