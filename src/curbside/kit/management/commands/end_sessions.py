"""``curbside sessions end SITE``."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string


class Command(BaseCommand):
    help = "End all sessions of this side. Everyone signs in anew with their passkey; a stolen session is worth nothing from now on."

    def handle(self, *_args: object, **_options: object) -> None:
        ended = import_string(f"{settings.SESSION_ENGINE}.SessionStore").end_all()
        self.stdout.write(f"{ended} sessions ended.")
