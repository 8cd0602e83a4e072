"""``curbside keys retire``."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from curbside.anonymous.sealing.actions import retire_key
from curbside.anonymous.sealing.key_services import key_service
from curbside.anonymous.sealing.queries import count_wrapped
from curbside.anonymous.sealing.secrecy import OperatorKeyId, SealingError


class Command(BaseCommand):
    help = (
        "Destroy an operator's key that wraps nothing any more; without a key, list all of them. Backups of the ring that were made "
        "before the last rotation need the old key: retire it when they are gone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", nargs="?", default="", help="the key to destroy, as the list shows it")

    def handle(self, *, key: str, **_options: object) -> None:
        service = key_service()
        if not key:
            wraps, current = count_wrapped(), service.current_key()
            for key_id in service.key_ids():
                role = "current, " if key_id == current else ""
                self.stdout.write(f"{key_id}: {role}wraps the keys of {wraps.get(key_id, 0)} texts")
            return
        try:
            retire_key(operator_key=OperatorKeyId(key), service=service)
        except SealingError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The operator's key {key} is destroyed. Destroy its copies elsewhere too.")
