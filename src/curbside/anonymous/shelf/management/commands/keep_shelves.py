"""``curbside shelves keep``: shelves for new members."""

from django.core.management.base import BaseCommand

from curbside.anonymous.shelf.making import make_missing_shelves


class Command(BaseCommand):
    help = "Make a shelf for each member who has none."

    def handle(self, *_args: object, **_options: object) -> None:
        make_missing_shelves()
