"""Shelves for everyone who has none: for all at once, so that neither having one nor its place in any order tells of a member."""

from django.db import transaction

from curbside.anonymous.membership.models import Member
from curbside.anonymous.sealing.actions import seal_texts
from curbside.anonymous.shelf.documents import OwnShelf
from curbside.anonymous.shelf.models import Shelf


@transaction.atomic
def make_missing_shelves() -> int:
    """An empty shelf for everyone who has none; gives how many."""
    without = list(Member.objects.filter(shelf=None).order_by("pk").values_list("pk", flat=True))
    if not without:
        return 0
    text_ids = seal_texts(documents=[OwnShelf().to_seal() for _ in without])
    rows = [Shelf(member_id=member_id, text_id=text_id) for member_id, text_id in zip(without, text_ids, strict=True)]
    Shelf.objects.bulk_create(rows, ignore_conflicts=True)
    return len(without)
