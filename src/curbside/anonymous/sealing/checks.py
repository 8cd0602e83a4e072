"""Checks that keys are private, and that the ring lies apart from the texts."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage
from django.core.exceptions import ImproperlyConfigured

from curbside.anonymous.sealing.key_services import key_service
from curbside.kit.key_files import check_files

_APART = "Set CURBSIDE_RING_DATABASE to a database elsewhere, best on another machine: docs/keys.md."


@checks.register
def key_files_are_private(app_configs: Sequence[AppConfig] | None, **_options: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """The operator's keys open every text that still has its key."""
    return check_files(settings.DATA_DIR, settings.KEY_FILE, settings.KEY_PIN_FILE)


@checks.register
def ring_is_another_database(app_configs: Sequence[AppConfig] | None, **_options: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """In one database every backup of the texts would hold their keys, and erase nothing."""
    if _place(settings.DATABASES["default"]) != _place(settings.DATABASES["ring"]):
        return []
    return [checks.Error("The key ring lies in the same database as the texts.", hint=_APART, id="sealing.E001")]


@checks.register(deploy=True)
def ring_is_on_another_server(app_configs: Sequence[AppConfig] | None, **_options: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """One theft of a disk, or one dump of a server, takes all that lies there."""
    texts, ring = (_place(settings.DATABASES[alias])[0] for alias in ("default", "ring"))
    if texts != ring:
        return []
    return [checks.Warning(f"The key ring and the texts lie side by side in {texts}.", hint=_APART, id="sealing.W001")]


@checks.register(deploy=True)
def keys_can_be_used(app_configs: Sequence[AppConfig] | None, **_options: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """Said here rather than by the first reader's error page."""
    try:
        key_service().current_key()
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="sealing.E002")]
    return []


def _place(database: Mapping[str, object]) -> tuple[str, str]:
    """The server or folder, and the database or file there."""
    if "sqlite" in str(database["ENGINE"]):
        file = Path(str(database["NAME"])).absolute()
        return str(file.parent.resolve()), file.name
    return f"{database.get('HOST') or 'localhost'}:{database.get('PORT') or 5432}", str(database["NAME"])
