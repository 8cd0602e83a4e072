"""Handing in a commitment: one a licence, and a new one after a loss waits until the old membership has run out."""

from datetime import date, timedelta
from enum import Enum, auto

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from curbside.credential import field
from curbside.credential.field import element_bytes
from curbside.kit.errors import Conflict, NotAllowed
from curbside.named.doctors.models import Licence
from curbside.named.roll.models import Commitment
from curbside.named.roll.places import take_places


class HandIn(Enum):
    """What became of a commitment."""

    ACCEPTED = auto()
    KNOWN = auto()
    REPLACED = auto()


SENTENCES = {
    HandIn.ACCEPTED: _("Your commitment is handed in."),
    HandIn.KNOWN: _("This commitment is already there. Nothing changed."),
    HandIn.REPLACED: _("Your new commitment is handed in. The next edition leaves the old one out."),
}


class WouldReplace(Conflict):
    """The licence has another commitment, and nobody said that it shall go."""


def hand_in_commitment(*, licence: Licence, value: field.Commitment, day: date, replace: bool = False) -> HandIn:
    """Put a commitment on the way to its rolls; the same one again changes nothing."""
    try:
        return _hand_in(licence.pk, element_bytes(value), day, replace=replace)
    except IntegrityError as error:
        raise _taken() from error


def _taken() -> Conflict:
    return Conflict(_("This commitment already stands for another licence. Make a secret of your own in the wallet and hand that in."))


@transaction.atomic
def _hand_in(licence_id: int, value: bytes, day: date, *, replace: bool) -> HandIn:
    licence = Licence.objects.select_for_update().get(pk=licence_id)
    if not licence.in_force:
        raise NotAllowed(_("Your licence is no longer in force here, so it has no place on the roll. Have it checked again."))
    current = licence.commitments.current().first()
    if current and bytes(current.value) == value:
        return HandIn.KNOWN
    if current and not replace:
        raise WouldReplace(_("Your licence has another commitment on the roll."))
    if Commitment.objects.filter(value=value).exclude(licence=licence).exists():
        raise _taken()
    if current:
        _remove(current, day)
    _begin(licence, value, day)
    return HandIn.REPLACED if current else HandIn.ACCEPTED


def _remove(commitment: Commitment, day: date) -> None:
    """Take it out of what waits; what an edition holds stays until the next edition drops it."""
    commitment.removed_on = day
    commitment.save(update_fields=["removed_on"])
    commitment.places.waiting().delete()


def _begin(licence: Licence, value: bytes, day: date) -> None:
    """Begin a commitment, or begin a former one of the same licence again."""
    joins_from = _may_join_from(licence, value, day)
    commitment, _made = Commitment.objects.update_or_create(
        licence=licence, value=value, defaults={"handed_in_on": day, "joins_from": joins_from, "removed_on": None}
    )
    if joins_from <= day:
        take_places(commitment)


def may_join_from(*, licence: Licence, value: field.Commitment, day: date) -> date:
    """The day from which a roll could take up this commitment, if it were handed in on ``day``."""
    return _may_join_from(licence, element_bytes(value), day)


def _may_join_from(licence: Licence, value: bytes, day: date) -> date:
    """The day when no other commitment of the licence can still keep a membership alive.

    For one that an edition still holds this is an estimate; the edition that drops it sets the day anew.
    """
    term = timedelta(days=settings.TERM_DAYS)
    waits = [day]
    for other in licence.commitments.exclude(value=value):
        if other.places.held().exists():
            waits.append(day + term)
        elif other.left_on:
            waits.append(other.left_on + term)
    return max(waits)
