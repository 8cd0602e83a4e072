"""Reads of the registers: entries by number and by name, and which numbers are no longer in force."""

from collections.abc import Collection
from itertools import islice
from typing import Final

from django.db.models import Count

from curbside.named.registers.models import BadRow, Entry, Import, Standing
from curbside.named.registers.names import fold

_CHUNK: Final = 5000


def entry_of(register: str, number: str) -> Entry | None:
    """The entry of a number in its one spelling."""
    return Entry.objects.filter(register=register, number=number).first()


def entries_by_family_name(register: str, family_name: str, *, limit: int = 50) -> list[Entry]:
    """Doctors of a family name, for a registrar who doubts a number."""
    key = fold(family_name)
    if not key:
        return []
    return list(Entry.objects.filter(register=register, family_key=key).order_by("given_names", "number")[:limit])


def numbers_not_in_force(register: str, numbers: Collection[str]) -> set[str]:
    """Those of the numbers whose entry is no longer in force; a number without an entry is not judged."""
    found: set[str] = set()
    remaining = iter(numbers)
    while chunk := list(islice(remaining, _CHUNK)):
        ended = Entry.objects.filter(register=register, number__in=chunk).exclude(standing=Standing.IN_FORCE)
        found.update(ended.values_list("number", flat=True))
    return found


def counts_in_force() -> dict[str, int]:
    """Register to its number of licences in force, for an edition's manifest."""
    in_force = Entry.objects.filter(standing=Standing.IN_FORCE)
    return dict(in_force.order_by("register").values_list("register").annotate(size=Count("pk")))


def last_import(register: str) -> Import | None:
    """The register's last finished import."""
    return Import.objects.filter(register=register, state=Import.State.DONE).order_by("-sequence").first()


def bad_rows(imported: Import, *, limit: int) -> list[BadRow]:
    """The first bad rows of an import, by line."""
    return list(imported.bad_row_set.order_by("line")[:limit])
