"""Which rolls a commitment belongs on, and keeping its places in step with its licence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NewType

from django.db import transaction

from curbside.credential.names import EVERYONE, RollName
from curbside.kit.specialties import SPECIALTIES
from curbside.named.roll.models import Commitment, Place

CommitmentId = NewType("CommitmentId", int)
PlaceId = NewType("PlaceId", int)
_BATCH = 2_000


def rolls_of(country: str, specialties: Iterable[str]) -> set[RollName]:
    """Everyone's roll, the country's, and the country's roll of each specialty that all registrars know."""
    known = {slug for slug in specialties if slug in SPECIALTIES}
    return {EVERYONE, RollName(country), *(RollName(f"{country}/{slug}") for slug in known)}


def take_places(commitment: Commitment) -> None:
    """Let a commitment wait for its rolls, from the day on which it may join; a place it still holds stays."""
    licence = commitment.licence
    rolls = rolls_of(licence.country, licence.specialties)
    places = [Place(commitment=commitment, roll=roll, waits_from=commitment.joins_from) for roll in rolls]
    Place.objects.bulk_create(places, ignore_conflicts=True)


@dataclass(slots=True)
class _Differences:
    """What separates the places there are from those there should be."""

    missing: set[tuple[CommitmentId, RollName]]
    gone: list[PlaceId] = field(default_factory=list)
    leaving: list[PlaceId] = field(default_factory=list)
    staying: list[PlaceId] = field(default_factory=list)


def settle_places(day: date) -> None:
    """Bring all places in step with licences: new ones wait, held ones that are no longer due are marked to leave.

    Reads everything and writes only differences, so that an ordinary day writes little.
    """
    commitments = Commitment.objects.joined_by(day).values_list("pk", "joins_from", "licence__country", "licence__specialties")
    begins: dict[CommitmentId, date] = {}
    wanted: set[tuple[CommitmentId, RollName]] = set()
    for pk, joins_from, country, specialties in commitments.iterator():
        begins[CommitmentId(pk)] = joins_from
        wanted.update((CommitmentId(pk), roll) for roll in rolls_of(country, specialties))
    holders, differences = _compare(wanted)
    # A place that comes with a new specialty waits from today, not from the day of the commitment.
    new = [
        Place(commitment_id=holder, roll=roll, waits_from=day if holder in holders else begins[holder])
        for holder, roll in differences.missing
    ]
    _write(differences, new)


def _compare(wanted: set[tuple[CommitmentId, RollName]]) -> tuple[set[CommitmentId], _Differences]:
    """All who have a place somewhere, and the differences to the places wanted."""
    holders: set[CommitmentId] = set()
    found = _Differences(missing=wanted.copy())
    for pk, holder, roll, edition, leaves in Place.objects.values_list("pk", "commitment_id", "roll", "edition", "leaves").iterator():
        place = (CommitmentId(holder), RollName(roll))
        holders.add(CommitmentId(holder))
        found.missing.discard(place)
        if place not in wanted and edition is None:
            found.gone.append(PlaceId(pk))
        elif place not in wanted and not leaves:
            found.leaving.append(PlaceId(pk))
        elif place in wanted and leaves:
            found.staying.append(PlaceId(pk))
    return holders, found


@transaction.atomic
def _write(differences: _Differences, new: list[Place]) -> None:
    for ids in _batches(differences.gone):
        Place.objects.waiting().filter(pk__in=ids).delete()
    for ids in _batches(differences.leaving):
        Place.objects.held().filter(pk__in=ids).update(leaves=True)
    for ids in _batches(differences.staying):
        Place.objects.filter(pk__in=ids).update(leaves=False)
    Place.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)


def _batches(ids: list[PlaceId]) -> Iterator[list[PlaceId]]:
    return (ids[at : at + _BATCH] for at in range(0, len(ids), _BATCH))
