"""``curbside texts sweep``."""

from django.core.management.base import BaseCommand, CommandError

from curbside.anonymous.sealing.actions import TooManyKeys, sweep_keys


class Command(BaseCommand):
    help = "Remove the ring's keys that no text names and that are older than a day. A crash between two writes leaves such keys."

    def handle(self, **_options: object) -> None:
        try:
            removed = sweep_keys()
        except TooManyKeys as error:
            raise CommandError(str(error)) from error
        if removed:
            self.stdout.write(f"{removed} keys without a text were removed.")
