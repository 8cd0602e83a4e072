"""How pages write rolls and commitments, and the next step that a doctor's own page may show.

A tag, because that page belongs to a room below this one: ``{% load roll_steps %}{% roll_next_step %}``.
"""

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.translation import gettext as _

from curbside.credential.names import EVERYONE
from curbside.kit.clock import today
from curbside.kit.countries import country_label
from curbside.kit.specialties import specialty_label
from curbside.named.doctors.models import Doctor
from curbside.named.roll import queries

register = template.Library()
_GROUP = 4
_GROUPS_SHOWN = 2


@register.inclusion_tag("roll/_next_step.html", takes_context=True)
def roll_next_step(context: Context) -> dict[str, object]:
    """Where the signed-in doctor's commitment stands, in a sentence with its link."""
    request = context.get("request")
    person = request.user if isinstance(request, HttpRequest) else None
    return {"standing": queries.next_step(person, today()) if isinstance(person, Doctor) else None, "today": today()}


@register.filter
def roll_label(name: str) -> str:
    """A roll's name for readers."""
    if name == EVERYONE:
        return _("All verified doctors")
    country, _slash, specialty = name.partition("/")
    return f"{country_label(country)}, {specialty_label(specialty)}" if specialty else country_label(country)


@register.filter
def in_groups(value: int | bytes | memoryview) -> str:
    """A commitment's first and last eight digits in fours: the same digits that the wallet shows."""
    digits = str(value if isinstance(value, int) else int.from_bytes(bytes(value)))
    shown = _GROUP * _GROUPS_SHOWN
    if len(digits) <= 2 * shown:
        return _fours(digits)
    return f"{_fours(digits[:shown])} … {_fours(digits[-shown:])}"


def _fours(digits: str) -> str:
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


@register.filter
def short_digest(digest: str) -> str:
    """The first twelve characters of a digest."""
    return f"{digest[:12]}…"
