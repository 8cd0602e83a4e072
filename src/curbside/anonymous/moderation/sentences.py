"""What a moderator can add to a decision: one of a few sentences, each in every language, told to the author alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sentence(models.TextChoices):
    """Said in the author's language, and never written by hand. Stored by its word: keep those that decisions name."""

    AGAIN = "again", _("Post it again without what could tell who it is.")
    BANDS = "bands", _("A band of age and a season say as much as an age and a date.")
    SOURCE = "source", _("Say what it rests on: a source, or your own experience.")
    ARGUE = "argue", _("Write to the argument, not to the person.")
    DECLARE = "declare", _("Say on the post what you earn by it.")
    ELSEWHERE = "elsewhere", _("Doctors of another specialty can help you better with this.")


class TagReason(models.TextChoices):
    """Why a case's specialty, conditions or urgency were corrected."""

    SPECIALTY = "specialty", _("another specialty answers this")
    CONDITION = "condition", _("its conditions can be named better")
    URGENCY = "urgency", _("its urgency is another")
