"""Finds conditions while one types, and the terms that mean the same. A fixed number of queries each."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Case, F, IntegerField, Value, When

from curbside.anonymous.conditions.folding import folded_words
from curbside.anonymous.conditions.models import Condition, Term, Word

MOST_SUGGESTIONS: Final = 10
LEAST_LETTERS: Final = 2
LONGEST_SPAN: Final = 8
"""Words of a term that a search replaces by its synonyms."""

_LONGEST_TYPED: Final = 100
_MOST_WORDS: Final = 6
_ROWS: Final = 60
"""Rows read for the suggestions: several terms of one condition may match."""
_NOT_WHOLE: Final = 25
"""How much further down a word stands that only begins as typed."""
_CODE: Final = re.compile(r"[a-z][0-9][0-9a-z](\.?[0-9a-z]{1,4})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A condition that fits what was typed, and the term that fitted if it is not the label."""

    code: str
    label: str
    through: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """A condition's terms that mean it as a whole, folded, by language."""

    code: str
    label: str
    terms: tuple[tuple[str, str], ...]


def suggest_conditions(typed: str) -> list[Suggestion]:
    """Conditions of which every typed word begins a word of one term, or whose code begins so; best first. Two queries, or none.

    The first reads the index of words alone, however many begin so; only the best are then read with their terms.
    """
    words = _typed_words(typed)
    if not words or max(map(len, words)) < LEAST_LETTERS:
        return []
    leading = max(words, key=len)
    rows = Word.objects.filter(word__gte=leading.encode(), word__lt=_after(leading))
    for word in words:
        if word != leading:
            rows = rows.filter(term__folded__contains=f" {word}")
    further = Case(When(word=leading.encode(), then=Value(0)), default=Value(_NOT_WHOLE), output_field=IntegerField())
    places = dict(rows.annotate(place=F("rank") + further).order_by("place", "term").values_list("term", "place")[:_ROWS])
    terms = Term.objects.filter(pk__in=places).select_related("condition")
    return _each_once(sorted(terms, key=lambda term: (places[term.pk], term.condition.code)))


def find_condition(code: str) -> Condition | None:
    """The condition of a code. One query."""
    return Condition.objects.filter(code=code.upper()[:8].replace("\0", "")).first()


def meanings_of(spans: Collection[str], *, code: str = "") -> dict[str, Meaning]:
    """For each span of folded words (``" myocardial infarction"``) that is a condition's term: all that condition's terms.

    The condition of ``code``, if there is one, is added under its code. Three queries.
    """
    known = list(Term.objects.filter(folded__in=list(spans), same=True).order_by("-condition__code").values_list("folded", "condition_id"))
    chosen = find_condition(code)
    wanted = {condition_id for _span, condition_id in known} | ({chosen.pk} if chosen else set())
    by_condition: dict[int, list[Term]] = {}
    for term in Term.objects.filter(condition__in=wanted, same=True).select_related("condition").order_by("folded", "language"):
        by_condition.setdefault(term.condition_id, []).append(term)
    found = {span: _meaning(by_condition[condition_id]) for span, condition_id in known}
    return {**found, **({chosen.code: _meaning(by_condition[chosen.pk])} if chosen else {})}


def _meaning(terms: Sequence[Term]) -> Meaning:
    condition = terms[0].condition
    return Meaning(condition.code, condition.label, tuple((term.language, term.folded) for term in terms))


def _typed_words(typed: str) -> list[str]:
    typed = typed.strip()[:_LONGEST_TYPED]
    if _CODE.fullmatch(typed):
        return [typed.lower().replace(".", "")]
    return list(dict.fromkeys(folded_words(typed)))[:_MOST_WORDS]


def _after(prefix: str) -> bytes:
    """The least bytes beyond everything that begins with the prefix: UTF-8 has no byte 0xFF."""
    return prefix.encode() + b"\xff"


def _each_once(terms: Sequence[Term]) -> list[Suggestion]:
    found: dict[int, Suggestion] = {}
    for term in terms:
        condition = term.condition
        found.setdefault(condition.pk, Suggestion(condition.code, condition.label, "" if term.text == condition.label else term.text))
    return list(found.values())[:MOST_SUGGESTIONS]


def labels_of(codes: Collection[str]) -> dict[str, str]:
    """The labels of conditions by their codes; those unknown are not there. One query."""
    return dict(Condition.objects.filter(code__in=codes).values_list("code", "label"))
