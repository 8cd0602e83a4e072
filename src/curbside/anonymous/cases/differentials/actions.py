"""Writes of lists: give one, and erase a case's or a leaving member's. No row written here names a member."""

from collections.abc import Collection, Iterable
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from curbside.anonymous.cases.differentials.documents import GivenList
from curbside.anonymous.cases.differentials.marks import mark_of
from curbside.anonymous.cases.differentials.queries import rows_of_member
from curbside.anonymous.cases.documents import Named
from curbside.anonymous.cases.models import Case, DiagnosisList
from curbside.anonymous.discussion.access import require_writer
from curbside.anonymous.discussion.shared import page_changed
from curbside.anonymous.membership.models import Member
from curbside.anonymous.membership.queries import shown_specialty
from curbside.anonymous.sealing.actions import erase_texts, seal_text
from curbside.anonymous.sealing.secrecy import TextId
from curbside.kit.errors import Conflict
from curbside.kit.limits import RateLimit

LIST_LIMIT: Final = RateLimit(times=30, seconds=3600)


def give_list(*, case: Case, salt: str, member: Member, diagnoses: tuple[Named, ...], looked: bool) -> None:
    """Keep the member's list for the case: one each, and it stays as it was given."""
    require_writer(member)
    LIST_LIMIT.count(str(member.pk))
    given = GivenList(diagnoses, shown_specialty(member), member.pk, looked=looked)
    try:
        with transaction.atomic():
            text_id = seal_text(document=given.to_seal())
            DiagnosisList.objects.create(case=case, reader_mark=mark_of(salt, member.pk), text_id=text_id)
            page_changed(thread_id=case.thread_id)
    except IntegrityError as error:
        raise Conflict(_("You gave your list already. It stays as it was.")) from error


def erase_lists(*, case_ids: Collection[int]) -> None:
    """Every list of these cases. Call inside a transaction."""
    _erase(DiagnosisList.objects.filter(case__in=case_ids))


@transaction.atomic
def erase_lists_of(*, member: Member) -> None:
    """A leaving member's lists, found by their marks in every case that takes lists."""
    for rows in rows_of_member(member):
        _erase(rows)


def _erase(rows: Iterable[DiagnosisList]) -> None:
    found = list(rows)
    erase_texts(text_ids=[TextId(row.text_id) for row in found])
    DiagnosisList.objects.filter(pk__in=[row.pk for row in found]).delete()
