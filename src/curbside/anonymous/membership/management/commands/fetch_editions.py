"""``curbside edition fetch``."""

import logging

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from curbside.anonymous.membership.editions import count_unvouched, learn_editions
from curbside.anonymous.membership.models import Edition
from curbside.anonymous.membership.queries import aging_editions, newest_edition
from curbside.credential.errors import CredentialError
from curbside.kit.registrars import Registrar

log = logging.getLogger("curbside")


class Command(BaseCommand):
    help = (
        "Fetch the newest edition of every registrar in CURBSIDE_REGISTRARS, check its signature and that it follows the last one known, "
        "and accept proofs against it from now on. Members of a registrar that is no longer named become readers. Run it every hour or so."
    )

    def handle(self, **_options: object) -> None:
        if not settings.REGISTRARS:
            raise CommandError("CURBSIDE_REGISTRARS names no registrar, so nobody can join.")
        failures = [failure for registrar in settings.REGISTRARS if (failure := self._fetch(registrar))]
        for edition in aging_editions():
            log.warning("newest edition is growing old: %s %s of %s", edition.registrar, edition.number, edition.date)
        unvouched = count_unvouched()
        if unvouched:
            self.stdout.write(f"{unvouched} members can only read: the registrar that vouched for them is not named any more.")
        if failures:
            raise CommandError("\n".join(failures))

    def _fetch(self, registrar: Registrar) -> str:
        """Fetch one registrar's; gives what went wrong, or nothing."""
        try:
            learned = learn_editions(registrar=registrar)
        except CredentialError as error:
            return f"{registrar.host}: {error.sentence} ({error.detail})"
        known = newest_edition(registrar.host)  # the worker may have fetched it a moment ago
        for edition in learned or ([known] if known else []):
            self.stdout.write(f"{registrar.host}: edition {edition.number} of {edition.date} is accepted; {_size(edition)}.")
        return ""


def _size(edition: Edition) -> str:
    everyone = edition.rolls.filter(roll="everyone").first()
    return f"{everyone.size} are on the roll of everyone" if everyone else "it has no roll of everyone"
