"""What an author states of the patient's consent to a picture."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Consent(models.TextChoices):
    """For each picture one of these."""

    WRITTEN = "written", _("Consent is held in writing")
    NOT_NEEDED = "none", _("No consent is needed")
