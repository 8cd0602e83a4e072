"""Aliases: a name for one case, under which its author asks and answers there. Who that is lies in the case's sealed document alone.

No row, index, log or other document ties an alias to a member, so what is a member's own is found by opening cases and looking.
"""

import secrets
from collections.abc import Iterator, Sequence
from typing import Final

from curbside.anonymous.cases.documents import Alias, CaseText
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.models import Thread
from curbside.anonymous.membership.models import Member
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import TextId

BATCH: Final = 500
_STONES: Final = (
    "agate", "amber", "basalt", "beryl", "chalk", "chert", "coral", "diorite", "dolomite", "feldspar", "flint", "fluorite", "gabbro",
    "garnet", "gneiss", "granite", "gypsum", "halite", "jade", "jasper", "jet", "lapis", "limestone", "malachite", "marble", "mica",
    "nephrite", "obsidian", "onyx", "opal", "peridot", "porphyry", "pumice", "pyrite", "quartz", "sandstone", "schist", "slate",
    "spinel", "topaz", "tuff", "zircon",
)  # fmt: skip
"""Pseudonyms are of animals, and none has a space: nobody takes an alias for one, nor one for an alias."""


def fresh_alias(member: Member) -> Alias:
    """An alias for one case, made by chance: what a member chose would tell of them."""
    return Alias(f"{secrets.choice(_STONES)} {secrets.randbelow(90) + 10}", member.pk)


def owner_of(case: Case) -> int | None:
    """Who is behind the case's alias; None where there is none. Two queries, or none."""
    text = _texts([case]).get(case.pk) if case.under_alias else None
    return text.alias.member_id if text and text.alias else None


def owns(member: Member, case: Case) -> bool:
    """Whether the member wrote it, under their pseudonym or an alias."""
    return case.author_id == member.pk or (case.under_alias and owner_of(case) == member.pk)


def alias_opener(*, thread: Thread) -> int | None:
    """Who opened the thread under an alias (discussion.places). One query, and two more where somebody did."""
    case = Case.objects.filter(thread=thread, under_alias=True, text_id__isnull=False).first()
    return owner_of(case) if case else None


def asks_in_case(*, reader: Member, thread: Thread) -> bool:
    """Whether the reader opened the thread, under whichever name (discussion.places)."""
    case = Case.objects.open().filter(thread=thread).first()
    return case is not None and owns(reader, case)


def sanctions_target(*, case: Case, by_author: bool) -> Member | None:
    """For moderation alone: the member behind an alias. ``by_author`` says whether the post judged is the case or its author's comment."""
    owner = owner_of(case) if by_author else None
    return Member.objects.filter(pk=owner).first() if owner is not None else None


def owners_among(cases: Sequence[Case]) -> dict[int, int]:
    """By case, who is behind its alias. Two queries."""
    return {case_id: text.alias.member_id for case_id, text in _texts(cases).items() if text.alias is not None}


def alias_cases_of(member: Member) -> Iterator[list[Case]]:
    """The member's cases under aliases whose words are held: all such cases are opened, batch by batch."""
    last = 0
    held = Case.objects.filter(under_alias=True, text_id__isnull=False).with_thread().order_by("pk")
    while cases := list(held.filter(pk__gt=last)[:BATCH]):
        last, owners = cases[-1].pk, owners_among(cases)
        yield [case for case in cases if owners.get(case.pk) == member.pk]


def _texts(cases: Sequence[Case]) -> dict[int, CaseText]:
    documents = read_texts([TextId(case.text_id) for case in cases if case.text_id is not None])
    return {case.pk: CaseText.opened(documents[TextId(case.text_id)]) for case in cases if case.text_id is not None}
