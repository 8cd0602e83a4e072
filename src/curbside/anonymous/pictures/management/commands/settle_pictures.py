"""``curbside pictures settle``."""

from django.core.management.base import BaseCommand

from curbside.anonymous.pictures.queries import count_fileless


class Command(BaseCommand):
    help = "After a restore: say how many pictures have no files. They stay listed under their cases, and cannot be shown."

    def handle(self, **_options: object) -> None:
        self.stdout.write(f"{count_fileless()} pictures have no files.")
