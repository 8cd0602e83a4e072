"""Fills the community of a demo with published cases, posted by invented members that are marked as demo.

Nobody can sign in as one of them: they have no passkey, and their nullifier lies beyond every number that a proof can show.
"""

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - when an invented member posted is no secret
from typing import Final

from django.conf import settings
from django.db import transaction

from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.cases.models import THREAD_KIND, Case
from curbside.anonymous.discussion.documents import CommentText
from curbside.anonymous.discussion.models import Comment, Thread
from curbside.anonymous.membership.models import Badge, Member
from curbside.anonymous.membership.pseudonyms import skeleton
from curbside.anonymous.membership.queries import free_suggestions, offered_badges
from curbside.anonymous.sealing.actions import seal_texts
from curbside.kit.clock import this_minute, today

MEMBERS: Final = 40
DAYS: Final = 60
_BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class DemoComment:
    """A comment of a file; the asker's replies to the one before."""

    by_asker: bool
    text: CommentText


@dataclass(frozen=True, slots=True)
class DemoCase:
    """A case of a file."""

    language: str
    specialty: str
    text: CaseText
    comments: tuple[DemoComment, ...]


def read_cases(folder: Path) -> list[DemoCase]:
    """Every case of every file in the folder, in the files' order."""
    return [_read_case(line) for file in sorted(folder.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]


def _read_case(line: str) -> DemoCase:
    row = json.loads(line)
    text = CaseText(row["title"], row["story"], row["question"], row["attribution"])
    comments = tuple(DemoComment(part["by"] == "asker", CommentText(part["body"], part["attribution"])) for part in row["comments"])
    return DemoCase(row["language"], row["specialty"], text, comments)


def is_seeded() -> bool:
    """Whether demo members have posted."""
    return Case.objects.filter(author__is_demo=True).exists()


@transaction.atomic
def seed_cases(cases: Sequence[DemoCase], *, progress: Callable[[int], None]) -> None:
    """Make the members and post everything, all or nothing; ``progress`` is told how many cases were posted."""
    chance = Random(2026)  # noqa: S311 - see above
    members = _make_members(chance)
    shuffled = chance.sample(cases, len(cases))
    for start in range(0, len(shuffled), _BATCH):
        batch = shuffled[start : start + _BATCH]
        _post(batch, members, chance)
        progress(len(batch))


def _make_members(chance: Random) -> list[Member]:
    members = Member.objects.bulk_create(
        Member(
            pseudonym=pseudonym,
            skeleton=skeleton(pseudonym),
            nullifier=b"\xff" + secrets.token_bytes(31),
            term_ends_on=today() + timedelta(days=settings.TERM_DAYS),
            joined_on=today() - timedelta(days=DAYS + chance.randrange(30)),
            is_demo=True,
        )
        for pseudonym in _pseudonyms()
    )
    badges = [badge for badge in offered_badges() if badge.size >= settings.BADGE_LEAST]
    shown = [(member, chance.choice(badges)) for member in members if badges and chance.random() < 0.6]  # noqa: PLR2004
    Badge.objects.bulk_create(Badge(member=member, registrar=badge.registrar, roll=badge.roll, crowd=badge.size) for member, badge in shown)
    return members


def _pseudonyms() -> list[str]:
    found: dict[str, str] = {}
    while len(found) < MEMBERS:
        found |= {skeleton(text): text for text in free_suggestions(MEMBERS)}
    return list(found.values())[:MEMBERS]


def _post(batch: Sequence[DemoCase], members: Sequence[Member], chance: Random) -> None:
    case_texts = seal_texts(documents=[case.text.to_seal() for case in batch])
    comment_texts = iter(seal_texts(documents=[comment.text.to_seal() for case in batch for comment in case.comments]))
    threads = Thread.objects.bulk_create(Thread(kind=THREAD_KIND, comment_count=len(case.comments)) for case in batch)
    posted = [
        Case(
            author=chance.choice(members), thread=thread, text_id=text_id, specialty=case.specialty, language=case.language,
            posted_at=_earlier(this_minute(), chance, most=DAYS * 24 * 60), view_count=chance.randrange(3, 90),
        )
        for case, thread, text_id in zip(batch, threads, case_texts, strict=True)
    ]  # fmt: skip
    Case.objects.bulk_create(posted)
    pairs = zip(batch, posted, strict=True)
    comments = [comment for case, row in pairs for comment in _comments(case, row, comment_texts, members, chance)]
    Comment.objects.bulk_create(comment for comment in comments if comment.parent is None)
    Comment.objects.bulk_create(comment for comment in comments if comment.parent is not None)


def _comments(case: DemoCase, row: Case, text_ids: Iterator[int], members: Sequence[Member], chance: Random) -> Iterator[Comment]:
    last: Comment | None = None
    minute = row.posted_at
    for comment in case.comments:
        minute = minute + (this_minute() - minute) * chance.random() / 20
        others = [member for member in members if member.pk != row.author_id]
        author = row.author if comment.by_asker else chance.choice(others)
        parent = last if comment.by_asker else None
        made = Comment(
            thread=row.thread, parent=parent, author=author, text_id=next(text_ids), posted_at=minute.replace(second=0, microsecond=0)
        )
        last = made if parent is None else last
        yield made


def _earlier(moment: datetime, chance: Random, *, most: int) -> datetime:
    return moment - timedelta(minutes=chance.randrange(30, most))
