"""Loads conditions into the database in place of those that were there."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from django.db import connection, transaction
from django.db.models import Model

from curbside.anonymous.conditions.folding import folded_words
from curbside.anonymous.conditions.models import LONGEST_FOLDED, Condition, Term, Word
from curbside.anonymous.conditions.sources import SourceCondition, SourceTerm
from curbside.kit.ids import random_id

_Rows: TypeAlias = Sequence[Sequence[int | str | bytes]]

_SILENT: Final = frozenset(
    {
        "a", "al", "and", "as", "by", "con", "de", "del", "due", "el", "elsewhere", "en", "for", "from", "in",
        "la", "las", "los", "not", "of", "on", "or", "other", "por", "specified", "the", "to", "unspecified", "with", "y",
    }
)  # fmt: skip
"""Words that begin too many terms to tell them apart."""

_LATER: Final = 40
"""How much further down a term stands in which the word is not the first."""
_INCLUDED: Final = 20
_BY_CHAPTER: Final = {"S": 30, "T": 30, "V": 90, "W": 90, "X": 90, "Y": 90, "Z": 40}
"""Injuries, outer causes and reasons for a visit stand after diseases."""


def load_conditions(*, conditions: Iterable[SourceCondition]) -> int:
    """Replace all conditions; gives how many there are now. In one transaction, so that nobody finds them gone meanwhile."""
    pairs = [(Condition(pk=random_id(), code=source.code, label=source.label), source) for source in conditions]
    terms = [(term, condition) for condition, source in pairs for term in _terms(condition, source)]
    # Made and sorted beforehand: while the transaction lasts, nobody else writes on SQLite, and rows in order are written much faster.
    words = sorted(row for term, condition in terms for row in _words(term, condition))
    rows = sorted((term.pk, term.condition_id, term.language, term.text, term.folded, term.same) for term, _condition in terms)
    _replace(sorted((condition.pk, condition.code, condition.label) for condition, _source in pairs), rows, words)
    return len(pairs)


@transaction.atomic
def _replace(conditions: _Rows, terms: _Rows, words: _Rows) -> None:
    Word.objects.all().delete()
    Term.objects.all().delete()
    Condition.objects.all().delete()
    _insert(Condition, ("id", "code", "label"), conditions)
    _insert(Term, ("id", "condition_id", "language", "text", "folded", "same"), terms)
    _insert(Word, ("id", "term_id", "word", "rank"), words)


def _insert(model: type[Model], columns: Sequence[str], rows: _Rows) -> None:
    """Rows as they are: the ORM's bulk insert takes four times as long for these 400,000."""
    places = ", ".join(["%s"] * len(columns))
    into = f"{model._meta.db_table} ({', '.join(columns)})"  # noqa: SLF001 - Django's documented place
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {into} VALUES ({places})", rows)  # noqa: S608 - our own tables and columns


def _terms(condition: Condition, source: SourceCondition) -> Iterator[Term]:
    """Each term once: the label first, so that it stands for equal synonyms."""
    seen = set[str]()
    for term in (SourceTerm("en", source.label, same=True), *source.terms):
        folded = "".join(f" {word}" for word in folded_words(term.text))
        if folded and folded not in seen and len(folded) <= LONGEST_FOLDED:
            seen.add(folded)
            yield Term(pk=random_id(), condition=condition, language=term.language, text=term.text, folded=folded, same=term.same)


def _words(term: Term, condition: Condition) -> Iterator[tuple[int, int, bytes, int]]:
    places: dict[str, int] = {}
    for place, word in enumerate(term.folded.split()):
        if word not in _SILENT:
            places.setdefault(word, place)
    rank = _rank(term, condition.code)
    for word, place in places.items():
        yield random_id(), term.pk, word.encode(), rank + (_LATER if place else 0)
    if term.text == condition.label:
        yield random_id(), term.pk, condition.code.replace(".", "").lower().encode(), len(condition.code)


def _rank(term: Term, code: str) -> int:
    """Short terms first, and broad codes before their parts."""
    return len(term.folded) + 3 * len(code) + (0 if term.same else _INCLUDED) + _BY_CHAPTER.get(code[0], 0)
