"""``curbside roll publish``."""

import os

from django.core.management.base import BaseCommand, CommandError, CommandParser

from curbside.credential.errors import CredentialError
from curbside.kit.clock import today
from curbside.kit.errors import PublicError
from curbside.named.roll import queries
from curbside.named.roll.publishing import Outcome, publish_edition


class Command(BaseCommand):
    help = (
        "Publish an edition of the roll if one is due, and finish one that was cut short. Run it daily: the settings "
        "decide on which days an edition comes out, and which rolls change in it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", action="store_true", help="do not wait for the interval between editions; crowds and waits still hold")

    def handle(self, *_args: object, **options: object) -> None:
        try:
            outcome = publish_edition(day=today(), now=options["now"] is True, processes=os.cpu_count() or 1)
        except CredentialError as error:
            raise CommandError(f"The roll folder and the database do not fit together: {error.detail}.") from error
        except PublicError as error:
            raise CommandError(str(error.sentence)) from error
        self._report(outcome)

    def _report(self, outcome: Outcome) -> None:
        if outcome.finished_former:
            self.stdout.write("Finished the former edition, which had been cut short.")
        if outcome.edition is None:
            self.stdout.write(why_not(outcome))
            return
        self.stdout.write(f"Published edition {outcome.edition.number} ({outcome.edition.digest}):")
        for roll in outcome.plan.rolls:
            fate = f"{roll.size}" if roll.published else f"not published, fewer than {queries.policy().least}"
            self.stdout.write(f"  {roll.name}: {fate} (+{roll.admits} -{roll.drops})")


def why_not(outcome: Outcome) -> str:
    """The reason why nothing was published."""
    if queries.newest_edition() is None:
        return f"No edition yet: no roll has {queries.policy().least} commitments."
    if queries.policy().at_once:
        return "Nothing changed since the newest edition."
    return f"The next edition is due on {outcome.plan.due_on}."
