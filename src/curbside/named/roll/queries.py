"""Reads of the rolls: what the next edition would hold, what the editions held, and where one licence stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, Exists, Min, Q

from curbside.credential.edition import Manifest, RegisterEntry
from curbside.credential.names import EVERYONE, RollName, register_name
from curbside.named.doctors.models import Doctor, Licence
from curbside.named.registers.queries import counts_in_force
from curbside.named.roll.models import Commitment, Edition, EditionRoll, Place
from curbside.named.roll.schedule import EditionPlan, Policy, RollState, due_rolls, next_edition_on

EDITIONS_A_PAGE = 20


def policy() -> Policy:
    """The operator's settings."""
    return Policy(
        least=settings.ROLL_LEAST,
        longest_wait=timedelta(days=settings.ROLL_LONGEST_WAIT_DAYS) if settings.ROLL_LONGEST_WAIT_DAYS else None,
        interval=timedelta(days=settings.EDITION_INTERVAL_DAYS),
        at_once=settings.PUBLISH_AT_ONCE,
    )


def newest_edition() -> Edition | None:
    """The newest edition, or none yet."""
    return Edition.objects.order_by("-number").first()


def roll_states() -> list[RollState]:
    """Every roll that anybody holds or awaits a place on."""
    held = Q(edition__isnull=False)
    rows = Place.objects.values_list("roll").annotate(
        staying=Count("pk", filter=held & Q(leaves=False)),
        leaving=Count("pk", filter=held & Q(leaves=True)),
        waiting=Count("pk", filter=~held),
        waits_since=Min("waits_from", filter=~held),
        waiting_within=Count("pk", filter=~held & Q(Exists(Place.objects.on_country()))),
    )
    # Sorted here, as databases disagree on where a slash stands in the alphabet.
    states = [RollState(RollName(roll), *counts) for roll, *counts in rows.order_by()]
    return sorted(states, key=lambda state: state.name)


def coming_edition(day: date) -> EditionPlan:
    """What an edition on that day would hold."""
    return due_rolls(roll_states(), policy=policy(), day=day, last_edition_on=_last_edition_on())


def _last_edition_on() -> date | None:
    newest = newest_edition()
    return newest.published_on if newest else None


def register_counts() -> tuple[RegisterEntry, ...]:
    """The licences in force in each register that was imported."""
    return tuple(RegisterEntry(register_name(register), size) for register, size in sorted(counts_in_force().items()))


def registers_of_edition(edition: Edition) -> tuple[RegisterEntry, ...]:
    """The registers with their sizes, as an edition states them."""
    return Manifest.decode(bytes(edition.manifest)).registers


@dataclass(frozen=True, slots=True)
class EditionPage:
    """Editions of one page, newest first, and the number that the next page begins below, or none."""

    editions: Sequence[Edition]
    before: int | None


def editions_below(number: int | None) -> EditionPage:
    """A page of editions, each with how many rolls it has and how many stand on everyone's."""
    rows = Edition.objects.defer("manifest").annotate(
        roll_count=Count("rolls"), everyone=Min("rolls__size", filter=Q(rolls__name=EVERYONE))
    )
    if number is not None:
        rows = rows.filter(number__lt=number)
    found = list(rows.order_by("-number")[: EDITIONS_A_PAGE + 1])
    shown = found[:EDITIONS_A_PAGE]
    return EditionPage(shown, shown[-1].number if len(found) > EDITIONS_A_PAGE else None)


def rolls_of_edition(edition: Edition) -> Sequence[EditionRoll]:
    """The rolls that an edition publishes, by name."""
    return list(edition.rolls.order_by("name"))


@dataclass(frozen=True, slots=True)
class RollPlace:
    """A place on a roll as its doctor sees it; ``size`` is the roll's in the newest edition, zero where it is not in it."""

    name: RollName
    edition: int | None
    size: int
    waits_until: date | None
    """The day on which its longest wait is over; none where it waits for a crowd, however long."""

    @property
    def held(self) -> bool:
        """Whether the newest edition holds it, so that something can be proved with it."""
        return self.edition is not None and self.size > 0


@dataclass(frozen=True, slots=True)
class LicenceStanding:
    """Where a licence stands: its commitment, the places of that, and when the next edition comes."""

    commitment: Commitment | None
    places: tuple[RollPlace, ...]
    next_edition_on: date

    @property
    def on_a_roll(self) -> bool:
        """Whether its doctor can prove anything yet."""
        return any(place.held for place in self.places)

    @property
    def waits(self) -> bool:
        """Whether any roll has still to take it up."""
        return any(place.edition is None for place in self.places)

    @property
    def waits_for_badges_alone(self) -> bool:
        """Whether its doctor can join already, and only smaller rolls have still to take it up."""
        return self.waits and any(place.name == EVERYONE and place.held for place in self.places)


def standing_of(licence: Licence, day: date) -> LicenceStanding:
    """Where a licence stands on that day."""
    newest = newest_edition()
    commitment = Commitment.objects.current().filter(licence=licence).first()
    return LicenceStanding(
        commitment,
        _places(commitment, newest) if commitment else (),
        next_edition_on(policy(), day=day, last_edition_on=newest.published_on if newest else None),
    )


def _places(commitment: Commitment, newest: Edition | None) -> tuple[RollPlace, ...]:
    places = sorted(commitment.places.all(), key=lambda place: (place.roll != EVERYONE, place.roll))
    names = [place.roll for place in places]
    sizes = dict(newest.rolls.filter(name__in=names).values_list("name", "size")) if newest else {}
    wait = policy().longest_wait
    return tuple(
        RollPlace(RollName(place.roll), place.edition, sizes.get(place.roll, 0), place.waits_from + wait if wait else None)
        for place in places
    )


def next_step(doctor: Doctor, day: date) -> LicenceStanding | None:
    """What the doctor's own page says about the roll: nothing before verification or after its end."""
    licence = Licence.objects.filter(doctor=doctor, ended_on=None).first()
    return standing_of(licence, day) if licence else None
