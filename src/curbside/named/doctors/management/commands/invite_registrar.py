from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from curbside.named.doctors.actions import invite_registrar


class Command(BaseCommand):
    help = (
        "Print a link with which one person makes a registrar's account: a passkey, no password. The link serves once and ends after "
        "24 hours; only its hash is stored. Hand it over in person or by a way you trust: whoever opens it becomes a registrar."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default="Registrar", help="how the log of decisions names the registrar (default: Registrar)")

    def handle(self, *_args: object, name: str, **_options: object) -> None:
        token = invite_registrar(name=name)
        self.stdout.write(str(settings.ORIGIN) + reverse("doctors:registrar_invitation", args=[token]))
