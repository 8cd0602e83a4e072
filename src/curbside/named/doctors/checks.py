"""Checks of the named side's key files."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage

from curbside.kit.key_files import check_files


@checks.register
def key_files_are_private(app_configs: Sequence[AppConfig] | None, **_options: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """The signing key decides who is on the roll, the evidence key what applicants showed."""
    return check_files(settings.DATA_DIR, settings.ROLL_SIGNING_KEY_FILE)
