"""Putting uploaded evidence under the present evidence key, so that one it replaced is needed no more."""

from django.db import transaction

from curbside.named.verification import evidence
from curbside.named.verification.models import AddressCode, Document


def reseal_evidence() -> int:
    """Seal every document and address anew; gives how many. Codes that are under way count no more: they live half an hour."""
    return sum(_reseal_document(pk) for pk in Document.objects.values_list("pk", flat=True)) + sum(
        _reseal_address(pk) for pk in AddressCode.objects.values_list("pk", flat=True)
    )


@transaction.atomic
def _reseal_document(pk: int) -> bool:
    """One at a time: a document may have ten megabytes, and may be erased meanwhile."""
    row = Document.objects.select_for_update().filter(pk=pk).first()
    if row is not None:
        content = evidence.unseal(bytes(row.sealed), application_id=row.application_id)
        row.sealed = evidence.seal(content, application_id=row.application_id)
        row.save(update_fields=["sealed"])
    return row is not None


@transaction.atomic
def _reseal_address(pk: int) -> bool:
    row = AddressCode.objects.select_for_update().filter(pk=pk).first()
    if row is not None:
        content = evidence.unseal(bytes(row.sealed_address), application_id=row.application_id)
        row.sealed_address = evidence.seal(content, application_id=row.application_id)
        row.save(update_fields=["sealed_address"])
    return row is not None
