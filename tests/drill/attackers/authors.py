"""Posts without an author in their row: guesses which member wrote each, from both databases and without any key.

What a post says in public (its specialty and language) is left out: a reader has it without a theft. A guess is measured against
1 over the members who could write on that day.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from statistics import mean

from tests.drill.attackers import Baseline, Guess, Haul, Linker, Target
from tests.drill.attackers.graph import message_minutes
from tests.drill.attackers.requests import closeness
from tests.drill.loot import Loot, Person, Row, day_of

_LARGE = 1 << 40
_PUBLIC = frozenset({"view_count", "comment_count", "version", "crowd"})
"""Numbers that everyone sees, or that are another one at each write."""
_PLACES = frozenset({"id", "rowid"})


@dataclass(frozen=True, slots=True)
class Post:
    """A post without an author, and every row that is its own."""

    number: str
    minute: datetime
    rows: tuple[Row, ...]


def posts_of(loot: Loot, target: Target) -> list[Post]:
    """Those of one kind: the number under which the truth has each, with its minute."""
    by_id: dict[int, list[Row]] = defaultdict(list)
    for row in loot.seen["anonymous"]:
        if row.table in {"discussion_thread", "sealing_sealedtext"}:
            by_id[row.get("id")].append(row)
    found: dict[str, Post] = {}
    for row, number in _without_author(loot, target):
        beside = [other for column in ("thread_id", "text_id") for other in by_id.get(row.get(column) or -1, ())]
        before = found[number].rows if number in found else ()
        found[number] = Post(number, datetime.fromisoformat(row.get("posted_at")), (*before, row, *beside))
    return list(found.values())


def _without_author(loot: Loot, target: Target) -> Iterator[tuple[Row, str]]:
    for row in loot.seen["anonymous"]:
        if target is Target.NOBODY and row.table == "cases_case" and row.get("nullifier"):
            yield row, bytes(row.get("nullifier")).hex()
        elif target is Target.ALIAS and row.table == "cases_case" and row.get("under_alias") and row.get("text_id"):
            yield row, str(row.get("id"))


_TEXTS = ("cases_case", "discussion_comment")
_DATED_TEXTS = (*_TEXTS, "private_messages_message", "private_messages_side", "polls_poll")


def present(loot: Loot, moment: datetime) -> list[str]:
    """The members who could write on that day."""
    day = moment.date().isoformat()
    return [
        key
        for key, member in loot.members.items()
        if min(member.column("membership_member", "joined_on")) <= day <= max(member.column("membership_member", "term_ends_on"))
    ]


_TELLING = 10
"""Different numbers in a column before it says whose a row is: a truth value or a small count is everybody's."""
Measure = Callable[[Post, Person], float | None]
"""How far a member is from a post; less is nearer, None is no word."""


def _guess(loot: Loot, target: Target, measure: Measure) -> list[Guess]:
    guesses = []
    for post in posts_of(loot, target):
        here = present(loot, post.minute)
        far = {key: distance for key in here if (distance := measure(post, loot.members[key])) is not None}
        if far:
            nearest = min(far, key=lambda key: (far[key], key))
            guesses.append(Guess(post.number, nearest, -far[nearest], among=len(here)))
    return guesses


def _numbers(rows: Sequence[Row], *, places: bool) -> dict[str, list[int]]:
    """Column to its whole numbers: places of rows (ids among them), or any other number that not everyone sees."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for column, value in row.values:
            says = isinstance(value, int) and value > 0 and column not in _PUBLIC and (column in _PLACES) is places
            if says and (places or value < _LARGE):
                found[f"{row.table}.{column}"].append(value)
    return found


def guess_by_numbers(loot: Loot, *, target: Target, places: bool) -> Sequence[Guess]:
    """The member beside whom, or beside whose texts, stands the number nearest to one of the post's, measured by the span of all."""
    texts = _texts_of(loot)
    mine = {key: _numbers([*member.rows, *texts.get(key, ())], places=places) for key, member in loot.members.items()}
    seen: dict[str, set[int]] = defaultdict(set)
    for numbers in mine.values():
        for column, values in numbers.items():
            seen[column].update(values)
    spans = {column: max(values) - min(values) for column, values in seen.items() if len(values) >= _TELLING}

    def measure(post: Post, member: Person) -> float | None:
        theirs = mine[member.key]
        near = [
            abs(own - other) / (1 + spans[column])
            for column, values in _numbers(post.rows, places=places).items()
            if column in spans
            for own in values
            for other in theirs.get(column, ())
        ]
        return min(near, default=None)

    return _guess(loot, target, measure)


def _texts_of(loot: Loot) -> dict[str, list[Row]]:
    """The sealed rows of each member's texts and threads."""
    by_id: dict[int, list[Row]] = defaultdict(list)
    for row in loot.seen["anonymous"]:
        if row.table in {"discussion_thread", "sealing_sealedtext"}:
            by_id[row.get("id")].append(row)
    found = {}
    for key, member in loot.members.items():
        own = {row.get(column) for row in member.rows if row.table in _TEXTS for column in ("text_id", "thread_id")} - {None}
        if any(row.table == "discussion_comment" for row in member.rows):  # the thread of a comment is another's
            own -= {row.get("thread_id") for row in member.rows if row.table == "discussion_comment"}
        found[key] = [row for one in own for row in by_id.get(one, ())]
    return found


def guess_by_sizes(loot: Loot, *, target: Target) -> Sequence[Guess]:
    """The member whose own texts have most nearly the post's size."""
    sizes = {
        key: mean(lengths)
        for key, rows in _texts_of(loot).items()
        if (lengths := [len(row.get("ciphertext")) for row in rows if row.get("ciphertext")])
    }

    def measure(post: Post, member: Person) -> float | None:
        own = [len(row.get("ciphertext")) for row in post.rows if row.get("ciphertext")]
        return abs(own[0] - sizes[member.key]) if own and member.key in sizes else None

    return _guess(loot, target, measure)


def guess_by_days(loot: Loot, *, target: Target) -> Sequence[Guess]:
    """The member beside whom that very day stands, but for minutes of texts: of a report, a key, a session; the rarer the better."""
    days: dict[str, set[date]] = {
        key: {day for row in member.rows if row.table not in _DATED_TEXTS for _column, value in row.values if (day := day_of(value))}
        for key, member in loot.members.items()
    }
    crowd = Counter(day for found in days.values() for day in found)

    def measure(post: Post, member: Person) -> float | None:
        day = post.minute.date()
        return 1 - 1 / crowd[day] if day in days[member.key] else None

    return _guess(loot, target, measure)


def guess_by_minutes(loot: Loot, *, target: Target) -> Sequence[Guess]:
    """The member who wrote nearest to that minute, and whose hours are such. Minutes are public: this is not promised."""
    messages = message_minutes(loot)
    moments = {
        key: [datetime.fromisoformat(value) for table in _TEXTS for value in member.column(table, "posted_at")] + messages.get(key, [])
        for key, member in loot.members.items()
    }
    hours = {key: [moment.hour + moment.minute / 60 for moment in found] for key, found in moments.items()}

    def measure(post: Post, member: Person) -> float | None:
        gaps = [abs((moment - post.minute).total_seconds()) / 60 for moment in moments[member.key]]
        near = 1 + 20 / (1 + min(gaps)) if gaps else 1.0
        return -near * closeness([post.minute.hour + post.minute.minute / 60], hours[member.key])

    return _guess(loot, target, measure)


def _linkers(target: Target, what: str) -> list[Linker]:
    def one(name: str, haul: Haul, guess: Callable[..., Sequence[Guess]], *, protected: bool = True, **more: bool) -> Linker:
        return Linker(name, haul, Baseline.GUESSED, partial(guess, target=target, **more), protected, target)

    return [
        one(f"places of rows beside {what}", Haul.TEXTS, guess_by_numbers, places=True),
        one(f"numbers beside {what}", Haul.TEXTS, guess_by_numbers, places=False),
        one(f"sizes of {what}, by who writes so long", Haul.TEXTS, guess_by_sizes),
        one(f"days beside members of {what}", Haul.TEXTS, guess_by_days),
        one(f"minutes and hours of {what}", Haul.TIMING, guess_by_minutes, protected=False),
    ]


ATTACKERS = [*_linkers(Target.NOBODY, "posts as nobody"), *_linkers(Target.ALIAS, "posts under an alias")]
