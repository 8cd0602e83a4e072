"""From clauses to a query of the index, and to what is marked in a text that was found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from tantivy import FieldType, Occur, Query

from curbside.anonymous.cases.models import Case
from curbside.anonymous.conditions.queries import Meaning
from curbside.anonymous.search.asking import Clause, spans_of
from curbside.anonymous.search.index import SCHEMA, WITH_PICTURES, as_minute
from curbside.anonymous.search.sources import LOUNGE
from curbside.anonymous.search.stems import LANGUAGES, any_stems, stems_of
from curbside.kit.clock import now

_EXACT: Final = 1.2
"""How much more the very word counts than its stem."""
_IN_TITLE: Final = 2.5
_MOST_SYNONYMS: Final = 24
_DAY: Final = 24 * 60
"""Minutes."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What results are narrowed to; empty for all."""

    specialty: str = ""
    language: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    stage: str = ""
    pictures: bool = False


NO_FILTERS: Final = Filters()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark: folded words, stems in any language, beginnings."""

    words: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()


def build_query(clauses: Sequence[Clause], meanings: Mapping[str, Meaning], *, condition: Meaning | None, filters: Filters) -> Query:
    """Everything that must be there, with conditions by any of their terms."""
    required = [_one_of(spelled) for spelled in _required(clauses, meanings)]
    if condition:
        required.append(_one_of(_ways_of(condition)))
    left_out = [_clause(clause) for clause in clauses if clause.left_out]
    parts = [(Occur.Must, query) for query in (*required, *_narrowed(filters))]
    if not required:
        parts.append((Occur.Must, Query.all_query()))
    if filters.kind != LOUNGE:
        left_out.append(Query.term_query(SCHEMA, "specialty", LOUNGE))
    return Query.boolean_query([*parts, *((Occur.MustNot, query) for query in left_out)])


def wanted(clauses: Sequence[Clause], meanings: Collection[Meaning]) -> Wanted:
    """What the marks of a hit are made of."""
    asked = [clause for clause in clauses if not clause.left_out]
    words = {word for clause in asked for word in (clause.words[:-1] if clause.beginning else clause.words)}
    stems = set[str]().union(*(any_stems(word) for word in words)) if words else set[str]()
    for meaning in meanings:
        for language, term in _terms(meaning):
            words.update(term)
            stems.update(stems_of(list(term), language))
    return Wanted(frozenset(words), frozenset(stems), tuple(clause.words[-1] for clause in asked if clause.beginning))


def used_meanings(clauses: Sequence[Clause], meanings: Mapping[str, Meaning]) -> list[tuple[int, int, Meaning]]:
    """Which clauses a condition takes the place of: the longest first, none twice."""
    free = set(range(len(clauses)))
    found = []
    for text, (start, end) in sorted(spans_of(clauses).items(), key=lambda item: item[1][0] - item[1][1]):
        if text in meanings and free.issuperset(range(start, end)):
            free -= set(range(start, end))
            found.append((start, end, meanings[text]))
    return found


def _required(clauses: Sequence[Clause], meanings: Mapping[str, Meaning]) -> list[list[Query]]:
    """For each clause that must be there, the ways in which it may be."""
    used = used_meanings(clauses, meanings)
    covered = {place for start, end, _meaning in used for place in range(start, end)}
    ways = [[_clause(clause)] for place, clause in enumerate(clauses) if place not in covered and not clause.left_out]
    for start, end, meaning in used:
        typed = _all_of([_clause(clause) for clause in clauses[start:end]])
        ways.append([typed, *_ways_of(meaning)])
    return ways


def _ways_of(meaning: Meaning) -> list[Query]:
    """The ways in which a text may be of a condition: any of its terms, or named so by who put the case."""
    return [*(_term(language, words) for language, words in _terms(meaning)), Query.term_query(SCHEMA, "code", meaning.code)]


def _terms(meaning: Meaning) -> list[tuple[str, tuple[str, ...]]]:
    return [(language, tuple(folded.split())) for language, folded in meaning.terms[:_MOST_SYNONYMS]]


def _clause(clause: Clause) -> Query:
    if clause.beginning:
        return _beginning(clause.words)
    if len(clause.words) == 1:
        return _word(clause.words[0])
    exact = _phrase("word", clause.words)
    if not clause.plain:
        return exact
    # Written with a hyphen or a slash, not as a phrase: the words in a row, in any form.
    return Query.disjunction_max_query([exact, *(_phrase("stem", stems) for stems in _rows_of_stems(clause.words))])


def _rows_of_stems(words: Sequence[str]) -> list[list[str]]:
    return [list(row) for row in {tuple(stems_of(list(words), language)) for language in LANGUAGES}]


def _word(word: str) -> Query:
    stems = sorted(any_stems(word))
    ways = [Query.term_query(SCHEMA, "stem", stem) for stem in stems]
    ways.append(Query.boost_query(Query.term_query(SCHEMA, "word", word), _EXACT))
    ways += [Query.boost_query(Query.term_query(SCHEMA, "head", stem), _IN_TITLE) for stem in stems]
    return Query.disjunction_max_query(ways, tie_breaker=0.1)


def _beginning(words: tuple[str, ...]) -> Query:
    if len(words) > 1:
        return Query.phrase_prefix_query(SCHEMA, "word", list(words))
    # Folded words are letters and digits alone, so they mean themselves in a pattern.
    return Query.regex_query(SCHEMA, "word", f"{words[0]}.*")


def _term(language: str, words: tuple[str, ...]) -> Query:
    """A term in any form where the text is in its language, and as it is written where the text is in another."""
    stems = stems_of(list(words), language)
    if len(words) == 1:
        return _one_of([Query.term_query(SCHEMA, "stem", stems[0]), Query.term_query(SCHEMA, "word", words[0])])
    return _one_of([_phrase("stem", stems), _phrase("word", words)])


def _phrase(column: str, words: Sequence[str]) -> Query:
    return Query.phrase_query(SCHEMA, column, [*words])


def _one_of(ways: list[Query]) -> Query:
    return ways[0] if len(ways) == 1 else Query.disjunction_max_query(ways, tie_breaker=0.1)


def _all_of(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def _narrowed(filters: Filters) -> list[Query]:
    """Filters say whether, not how well: they add nothing to the score."""
    kind = ("specialty", LOUNGE) if filters.kind == LOUNGE else ("kind", filters.kind)
    chosen = [("specialty", filters.specialty), ("language", filters.language), kind]
    queries = [Query.term_query(SCHEMA, column, value) for column, value in chosen if value]
    if filters.since or filters.until:
        lower = as_minute(_midnight(filters.since)) if filters.since else None
        upper = as_minute(_midnight(filters.until)) + _DAY - 1 if filters.until else None
        if lower is not None or upper is not None:
            queries.append(Query.range_query(SCHEMA, "minute", FieldType.Unsigned, lower, upper))
    if filters.pictures:
        queries.append(Query.term_query(SCHEMA, "pictures", WITH_PICTURES))
    if filters.stage:
        queries.append(_at_stage(filters.stage))
    return [Query.const_score_query(query, 0.0) for query in queries]


def _at_stage(stage: str) -> Query:
    """Cases by their authors' word, polls by the clock, each with what stands under them."""
    cases, minute = Query.term_query(SCHEMA, "stage", stage), as_minute(now())
    if stage == Case.Stage.CLOSED:
        return _one_of([cases, Query.range_query(SCHEMA, "closes", FieldType.Unsigned, None, minute)])
    if stage == Case.Stage.ASKED:
        return _one_of([cases, Query.range_query(SCHEMA, "closes", FieldType.Unsigned, minute + 1, None)])
    return cases


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
