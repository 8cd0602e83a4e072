"""Checks that tell an operator what a setting of the roll costs doctors."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage


@checks.register
def rolls_wait_for_a_crowd(app_configs: Sequence[AppConfig] | None, **_options: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """A longest wait is allowed, because an operator may know that nobody could join otherwise; it is never unsaid."""
    if not settings.ROLL_LONGEST_WAIT_DAYS:
        return []
    return [
        checks.Warning(
            f"After {settings.ROLL_LONGEST_WAIT_DAYS} days a roll takes up fewer than {settings.ROLL_LEAST} newcomers, even one alone. "
            "Whoever compares two editions with first posts in a community can then tell who some members are.",
            hint="Set CURBSIDE_ROLL_LONGEST_WAIT_DAYS=0: doctors of small rolls can join at once without the badge of that roll.",
            id="roll.W001",
        )
    ]
