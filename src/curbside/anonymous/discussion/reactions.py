"""Reads reactions: the buttons under a comment or a post, what a reader pressed, and all of a member's for their export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from curbside.anonymous.discussion.models import Comment, Reaction, Thread
from curbside.anonymous.discussion.own import Marks, Own, marks
from curbside.anonymous.discussion.reacting import codes_everywhere
from curbside.anonymous.discussion.voters import voter_codes
from curbside.anonymous.membership.leaving import Piece
from curbside.anonymous.membership.models import Member
from curbside.kit.ids import public_id

MARK: Final = "reacted"
"""The kind of own marks (discussion.own): the id reacted to, with kinds as values."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many reacted how to one thing; the same for every reader."""

    about: int
    """The comment's id, or the thread's for what it hangs under."""
    numbers: Mapping[str, int]
    helps: bool
    """Whether it can help: an answer that is not of whoever asked."""
    warns: bool = False
    """Whether it is said of another that it could do harm: then one agrees or disagrees."""
    asker_helped: bool = False
    """Whether whoever opened the thread says that it helped."""


@dataclass(frozen=True, slots=True)
class Button:
    """A reaction as a page offers it to one reader."""

    kind: str
    label: str
    count: int
    pressed: bool


def counts_of_thread(thread: Thread) -> Counts:
    """Of what the thread hangs under. No query."""
    return Counts(thread.pk, _numbers(thread), helps=False)


def counts_of_comment(comment: Comment, *, asked: bool) -> Counts:
    """Of a comment; ``asked`` where its author opened the thread. No query."""
    warns = comment.is_warning
    return Counts(comment.pk, _numbers(comment), helps=not asked and not warns, warns=warns, asker_helped=comment.helped_asker)


def buttons(counts: Counts, own: Own, *, as_asker: bool) -> Sequence[Button]:
    """What this reader can press, and what is pressed. No query."""
    pressed = own[MARK].get(counts.about, ())
    return [
        Button(kind.value, str(kind.label), counts.numbers.get(kind.value, 0), _is_pressed(kind, counts, pressed, as_asker=as_asker))
        for kind in _kinds(counts)
    ]


def _kinds(counts: Counts) -> Sequence[Reaction.Kind]:
    if counts.warns:
        return [Reaction.Kind.AGREE, Reaction.Kind.DISAGREE]
    others = [kind for kind in Reaction.Kind if kind is not Reaction.Kind.HELPED]
    return [Reaction.Kind.HELPED, *others] if counts.helps else others


def _is_pressed(kind: Reaction.Kind, counts: Counts, pressed: Sequence[str], *, as_asker: bool) -> bool:
    return counts.asker_helped if as_asker and kind is Reaction.Kind.HELPED else kind.value in pressed


def _numbers(counted: Comment | Thread) -> dict[str, int]:
    found = {kind.value: int(getattr(counted, f"{kind.value}_count", 0)) for kind in Reaction.Kind}
    return {kind: number for kind, number in found.items() if number}


def own_reactions_here(*, reader: Member, thread: Thread) -> Marks:
    """The reader's reactions in this thread (discussion.own)."""
    rows = Reaction.objects.filter(voter__in=voter_codes(member_id=reader.pk, thread_id=thread.pk))
    return marks(rows.annotate(on=Coalesce("comment", "thread")), what=MARK, about="on", value="kind")


def export_reactions(*, member: Member) -> tuple[str, Sequence[Piece]]:
    """What the member pressed, for their own export."""
    rows = [row for codes in codes_everywhere(member) for row in Reaction.objects.filter(voter__in=codes).order_by("pk")]
    return _("Reactions"), [
        {"to": public_id(row.comment_id or row.thread_id), "reaction": str(Reaction.Kind(row.kind).label)} for row in rows
    ]
