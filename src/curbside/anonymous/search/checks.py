"""Checks that the index lies in memory."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage

from curbside.anonymous.search.place import lies_in_memory


@checks.register
def index_lies_in_memory(app_configs: Sequence[AppConfig] | None, **_options: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """On a disk the index would be in backups, and what was erased could be read off the disk."""
    if lies_in_memory(settings.SEARCH_DIR):
        return []
    hint = "Set CURBSIDE_SEARCH_DIR to a folder on a tmpfs, such as /dev/shm/curbside-search."
    if settings.MODE != "production" or settings.SEARCH_ON_DISK:
        return [checks.Warning("The search index lies on a disk, with the words of what members write.", hint=hint, id="search.W001")]
    return [checks.Error("The search index would lie on a disk, with the words of what members write.", hint=hint, id="search.E001")]
