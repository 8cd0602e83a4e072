"""Commitments, the rolls they stand on, and the editions that publish them.

This room knows which licence handed in which commitment, which is public. It must never learn who proved what with
one: no column here may hold a proof, or the moment at which somebody used the wallet.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from curbside.credential.field import ELEMENT_BYTES, SCALAR_ORDER
from curbside.kit.clock import today
from curbside.kit.ids import RandomIdField
from curbside.named.doctors.models import Licence

_ZERO = bytes(ELEMENT_BYTES)
_ORDER = SCALAR_ORDER.to_bytes(ELEMENT_BYTES, "big")


class CommitmentRows(models.QuerySet["Commitment"]):
    """Commitments by their standing."""

    def current(self) -> "CommitmentRows":
        """Those that no other has replaced."""
        return self.filter(removed_on=None)

    def joined_by(self, day: date) -> "CommitmentRows":
        """Those that a roll may hold on that day: current, of a licence in force, past their wait after a loss.

        Never beside a commitment of the same licence that an edition still holds.
        """
        others = Place.objects.held().filter(commitment__licence=OuterRef("licence")).exclude(commitment=OuterRef("pk"))
        return self.current().filter(~Exists(others), licence__ended_on=None, joins_from__lte=day)


class Commitment(models.Model):
    """The public half of a wallet's secret, as a licence handed it in. A replaced one is kept: it never becomes another's."""

    id = RandomIdField()
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="commitments")
    """Protected: deleting a licence would let its doctor come back with a second commitment at once."""
    value = models.BinaryField(max_length=ELEMENT_BYTES, unique=True)
    """A field element, 32 bytes big-endian."""
    handed_in_on = models.DateField(default=today)
    joins_from = models.DateField(default=today)
    """Later than the hand-in where it replaces one whose membership may still run."""
    removed_on = models.DateField(null=True, blank=True)
    """When another took its place."""
    left_on = models.DateField(null=True, blank=True)
    """The date of the edition that no longer held it; empty while it stands on a roll, or if it never did."""

    objects = CommitmentRows.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["licence"], condition=Q(removed_on=None), name="one_commitment_a_licence"),
            models.CheckConstraint(
                condition=Q(value__gt=_ZERO) & Q(value__lt=_ORDER) & Q(Exact(Length("value"), ELEMENT_BYTES)),
                name="commitment_is_a_field_element",
            ),
            models.CheckConstraint(condition=Q(joins_from__gte=F("handed_in_on")), name="commitment_joins_after_hand_in"),
        ]

    def __str__(self) -> str:
        return f"commitment of {self.licence}"


class PlaceRows(models.QuerySet["Place"]):
    """Places by what they are to the editions."""

    def waiting(self) -> "PlaceRows":
        """Those that no edition has held yet."""
        return self.filter(edition=None)

    def held(self) -> "PlaceRows":
        """Those that the newest edition of their roll holds."""
        return self.filter(edition__isnull=False)

    def on_country(self) -> "PlaceRows":
        """Of the place that a query is about: its commitment's place on the country's roll, if it stays there."""
        country = OuterRef("commitment__licence__country")
        return self.held().filter(commitment=OuterRef("commitment"), roll=country, leaves=False)


class Place(models.Model):
    """A commitment's place on one roll, waited for or held."""

    id = RandomIdField()
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="places")
    roll = models.CharField(max_length=100)
    waits_from = models.DateField(default=today)
    edition = models.PositiveIntegerField(null=True, blank=True)
    """The number of the first edition that held it here; empty while it waits."""
    leaves = models.BooleanField(default=False)
    """Whether the next edition drops it."""

    objects = PlaceRows.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["commitment", "roll"], name="one_place_a_roll"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["roll", "edition"], name="place_by_roll")]

    def __str__(self) -> str:
        return f"place on {self.roll}"


class Edition(models.Model):
    """A publication of all rolls. Editions form a chain without forks."""

    id = RandomIdField()
    number = models.PositiveIntegerField(unique=True)
    published_on = models.DateField(default=today)
    digest = models.CharField(max_length=64, unique=True)
    """The manifest's SHA-256, which is its address."""
    manifest = models.BinaryField()
    """The manifest's bytes, kept so that a publication cut short can be finished."""
    previous = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="next")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(number=1, previous=None) | Q(number__gt=1, previous__isnull=False), name="edition_follows_another"
            ),
        ]

    def __str__(self) -> str:
        return f"edition {self.number}"


class EditionRoll(models.Model):
    """A roll as one edition publishes it."""

    id = RandomIdField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rolls")
    name = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=78)
    """A field element in decimal, as the manifest has it."""
    file = models.CharField(max_length=64)
    """The roll file's SHA-256."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edition", "name"], name="one_roll_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
