"""What there is to be told of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Why a member hears of a thread. Sealed by its place in the list: add at the end."""

    ANSWER = "answer", _("Answers to what you wrote")
    UPDATE = "update", _("Updates of what you follow or answered")
    OUTCOME = "outcome", _("Outcomes of cases you answered")
    MENTION = "mention", _("Mentions of you")
    HELPFUL = "helpful", _("Answers of yours that helped")
    PAGE = "page", _("Urgent cases in your specialty")
    MODERATION = "moderation", _("What moderators decided about what you wrote")
    MESSAGE = "message", _("Private messages")
