"""``curbside keys rotate``."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from curbside.anonymous.sealing.actions import rotate_keys
from curbside.anonymous.sealing.key_services import key_service


class Command(BaseCommand):
    help = (
        "Make a new operator's key and put the key of every text under it. The site goes on running. If it is broken off, run it "
        "again with --finish. The old key stays where it is: `curbside keys retire` destroys it once all backups of the ring made before "
        "today are gone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--finish", action="store_true", help="make no new key; finish a rotation that was broken off")

    def handle(self, *, finish: bool, **_options: object) -> None:
        service = key_service()
        current = service.current_key() if finish else service.add_key()
        done = 0
        for done in rotate_keys(service=service):
            self.stdout.write(f"{done} keys done")
        self.stdout.write(f"Every text's key is under the operator's key {current}; {done} were changed.")
