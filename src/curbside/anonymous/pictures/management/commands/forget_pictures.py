"""``curbside pictures forget``."""

from django.core.management.base import BaseCommand

from curbside.anonymous.pictures.actions import erase_forgotten


class Command(BaseCommand):
    help = "Erase pictures that were sent and hang nowhere after a day, and files that no picture has any more."

    def handle(self, **_options: object) -> None:
        erased = erase_forgotten()
        if erased:
            self.stdout.write(f"{erased} pictures that nobody posted were erased.")
