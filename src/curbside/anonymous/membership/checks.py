"""Checks that the registrars' newest editions are not so old that nobody can join or renew."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage
from django.db import Error

from curbside.anonymous.membership.models import Edition
from curbside.anonymous.membership.queries import aging_editions, oldest_accepted_day

_HINT = "Ask the registrar why it publishes none, and see that `curbside work anonymous` runs, which fetches them."


@checks.register(deploy=True)
def editions_are_recent(app_configs: Sequence[AppConfig] | None, **_options: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """Said here before the first member is refused. Before the first migration there is nothing to look at."""
    try:
        return [_message(edition) for edition in aging_editions()]
    except Error:
        return []


def _message(edition: Edition) -> CheckMessage:
    longest = settings.EDITION_LONGEST_AGE_DAYS
    if edition.date < oldest_accepted_day():
        sentence = f"The newest edition of {edition.registrar} is of {edition.date}: after {longest} days it admits nobody."
        return checks.Error(sentence, hint=_HINT, id="membership.E001")
    sentence = f"The newest edition of {edition.registrar} is of {edition.date}. After {longest} days it will admit nobody."
    return checks.Warning(sentence, hint=_HINT, id="membership.W001")
