"""``curbside texts sweep``."""

from django.core.management.base import BaseCommand

from curbside.anonymous.sealing.actions import sweep_keys


class Command(BaseCommand):
    help = "Remove the ring's keys that no text names and that are older than a day. A crash between two writes leaves such keys."

    def handle(self, **_options: object) -> None:
        removed = sweep_keys()
        if removed:
            self.stdout.write(f"{removed} keys without a text were removed.")
