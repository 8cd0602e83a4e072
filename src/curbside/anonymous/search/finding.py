"""Asks the index, and reads what it names. The index gives ids; the words, and whether they can be read, come from where they are kept."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from tantivy import Index, Query, Searcher

from curbside.anonymous.cases.models import Case
from curbside.anonymous.conditions.queries import Meaning, meanings_of
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import TextId
from curbside.anonymous.search.asking import read_question, spans_of
from curbside.anonymous.search.hits import FoundText, Hit, hit_of
from curbside.anonymous.search.matching import NO_FILTERS, Filters, Wanted, build_query, used_meanings, wanted
from curbside.anonymous.search.place import IndexFolder
from curbside.anonymous.search.sources import COMMENT, POLL
from curbside.kit.errors import Busy

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
class Named:
    """A text as the index names it."""

    kind: str
    page_id: int
    text_id: int


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
    """A page of the best hits; raises asking.Unclear and Busy. At most eight queries."""
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


def _ask(searcher: Searcher, query: Query, page: int) -> tuple[list[Named], int]:
    """The hits, best first; and how many there are."""
    result = searcher.search(query, limit=PAGE, offset=(page - 1) * PAGE, count=True)
    documents = [searcher.doc(address) for _score, address in result.hits]
    named = [Named(str(document["kind"][0]), int(document["page_id"][0]), int(document["text_id"][0])) for document in documents]
    total: int | None = result.count  # type: ignore[attr-defined] # missing from the stubs
    return named, total or 0


def _read(named: Sequence[Named], marks: Wanted) -> list[Hit]:
    """Those of them that can be read, with their words. Five queries."""
    page_ids, text_ids = {item.page_id for item in named}, {item.text_id for item in named}
    cases = {case.pk: case for case in Case.objects.open().filter(pk__in=page_ids)}
    asked = Poll.objects.filter(Q(pk__in=page_ids, inside=False) | Q(text_id__in=text_ids), state=Poll.State.OPEN)
    polls = {row_id: poll for poll in asked for row_id in (poll.pk, poll.text_id)}
    shown = Comment.objects.filter(text_id__in=[item.text_id for item in named if item.kind == COMMENT], state=Comment.State.SHOWN)
    comments = {comment.text_id: comment for comment in shown}
    rows: list[Case | Poll | Comment] = [*cases.values(), *polls.values(), *comments.values()]
    wanted_texts = {row.text_id for row in rows}
    documents = read_texts([TextId(text_id) for text_id in wanted_texts if text_id is not None])
    found = (_found(item, cases, polls, comments) for item in named)
    return [hit_of(item, documents, marks) for item in found if item is not None]


def _found(
    item: Named, cases: Mapping[int, Case], polls: Mapping[int | None, Poll], comments: Mapping[int | None, Comment]
) -> FoundText | None:
    """The rows of a hit; None where something of it went meanwhile."""
    page = cases.get(item.page_id) or polls.get(item.page_id)
    own: dict[str, Case | Poll | Comment | None] = {COMMENT: comments.get(item.text_id), POLL: polls.get(item.text_id)}
    text = own.get(item.kind, page)
    if isinstance(text, Comment) and isinstance(page, Case) and page.keeps_answers_back:
        return None  # its author asks anew since the index was written
    return FoundText(page, text) if page is not None and text is not None else None


def _not_ready() -> Busy:
    return Busy(_("The search index is being built. Try again in a minute."))
