"""``curbside roll adopt``."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from curbside.credential.edition_source import source_at
from curbside.credential.errors import CredentialError
from curbside.named.roll.recovering import adopt_editions


class Command(BaseCommand):
    help = (
        "After a restore: take up this registrar's own editions that were published after the backup. Without them the next edition would "
        "have a number that others know already, and every community would refuse it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", nargs="?", default="", help="a folder or URL that has them; without it the roll folder")

    def handle(self, *, source: str, **_options: object) -> None:
        try:
            adopted = adopt_editions(source=source_at(source or str(settings.ROLL_DIR)))
        except CredentialError as error:
            raise CommandError(f"Not adopted: {error.detail}.") from error
        for edition in adopted:
            self.stdout.write(f"Adopted edition {edition.number} ({edition.digest}).")
        if not adopted:
            self.stdout.write("There is no edition that this database does not know.")
