"""What a case can say of a patient and of itself by choosing: bands instead of numbers, so that nobody is told by an age.

All of it is sealed with the words; what rows hold in clear, because lists are made of it, is chosen in cases.models (kind, state, stage).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Age(models.TextChoices):
    """Bands of age, narrower where medicine differs."""

    NEWBORN = "newborn", _("newborn, up to 28 days")
    INFANT = "infant", _("infant, up to a year")
    TODDLER = "1-4", _("1 to 4 years")
    CHILD = "5-11", _("5 to 11 years")
    TEEN = "12-17", _("12 to 17 years")
    TWENTIES = "18-29", _("18 to 29 years")
    THIRTIES = "30-39", _("30 to 39 years")
    FORTIES = "40-49", _("40 to 49 years")
    FIFTIES = "50-59", _("50 to 59 years")
    SIXTIES = "60-69", _("60 to 69 years")
    SEVENTIES = "70-79", _("70 to 79 years")
    EIGHTIES = "80-89", _("80 to 89 years")
    NINETIES = "90", _("90 years or more")


class Sex(models.TextChoices):
    """As far as medicine asks."""

    FEMALE = "female", _("female")
    MALE = "male", _("male")
    INTERSEX = "intersex", _("intersex")


class Urgency(models.TextChoices):
    """How soon an answer helps. Routine is not said."""

    ROUTINE = "", _("Routine")
    DAYS = "days", _("Within days")
    TODAY = "today", _("Today")


class Asks(models.TextChoices):
    """What kind of answer is wanted."""

    OPEN = "", _("Something else")
    DIAGNOSIS = "diagnosis", _("What is it?")
    ACTION = "action", _("What would you do?")


def label_of(choices: type[models.TextChoices], value: str) -> str:
    """The label of a value; empty for none and for one that is not known."""
    return str(choices(value).label) if value and value in choices.values else ""
