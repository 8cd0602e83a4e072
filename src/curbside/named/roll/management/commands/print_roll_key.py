"""``curbside roll key``."""

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from curbside.named.roll.signing import public_key


class Command(BaseCommand):
    help = "Print the public key with which this registrar's editions are checked, for the settings of the wallet and the community."

    def handle(self, *_args: object, **_options: object) -> None:
        try:
            self.stdout.write(public_key())
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
