"""Gives the sanctions of who is behind an alias, apart from the judgements that they follow from.

A judgement names its post, and a sanction a member's number; written together they would tie the two. So a duty of each hour gives them.
"""

from typing import Final

from django.db import transaction

from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.judging import Judgement, punish
from curbside.anonymous.moderation.models import Decision, HeldSanction
from curbside.anonymous.sealing.actions import erase_texts
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import Document, TextId

BATCH: Final = 500


@transaction.atomic
def give_held_sanctions() -> int:
    """Give those that wait; gives how many. Safe to repeat."""
    held = list(HeldSanction.objects.order_by("pk")[:BATCH])
    documents = read_texts([TextId(row.text_id) for row in held])
    for row in held:
        _give(documents[TextId(row.text_id)])
    HeldSanction.objects.filter(pk__in=[row.pk for row in held]).delete()
    erase_texts(text_ids=[TextId(row.text_id) for row in held])
    return len(held)


def _give(note: Document) -> None:
    """On the nullifier, so that leaving meanwhile washes nothing off."""
    weeks = note.get("weeks")
    if not note.erased and isinstance(weeks, int):
        member = Member(nullifier=bytes.fromhex(note.text("to")))
        punish(member, Judgement(Decision.Action.KEEP, Reason(note.text("reason")), note.text("deed"), weeks))
