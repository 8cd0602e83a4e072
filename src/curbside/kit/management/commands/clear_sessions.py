"""Removes sessions whose day has passed, and abandoned steps from the others."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string


class Command(BaseCommand):
    help = "Remove sessions whose day has passed, and from the others what was kept for a step that nobody finished."

    def handle(self, *_args: object, **_options: object) -> None:
        import_string(f"{settings.SESSION_ENGINE}.SessionStore").clear_expired()
