"""Why a moderator removes something: one of a few reasons, each in every language.

There is no field for words of a moderator's own, so that nobody can write there what they believe to know of an author.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """A reason, as it stands where the text stood."""

    PATIENT = "patient", _("it could tell who a patient is")
    PERSON = "person", _("it could tell who a colleague or a member is")
    ABUSE = "abuse", _("it attacks a person")
    DANGER = "danger", _("it could lead to harm if followed")
    SELLING = "selling", _("it advertises")
    OFF_TOPIC = "off-topic", _("it does not belong here")
