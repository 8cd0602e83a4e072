"""Where each member's shelf is sealed. No row says who bookmarks, mutes, blocks or follows whom or what."""

from django.conf import settings
from django.db import models

from curbside.kit.ids import RandomIdField


class Shelf(models.Model):
    """A member's shelf. Everyone has one, made for all at once, so that having it tells nothing (shelf.making)."""

    id = RandomIdField()
    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shelf")
    text_id = models.BigIntegerField(unique=True)
    """The sealed document (shelf.documents)."""

    def __str__(self) -> str:
        return f"shelf {self.pk}"
