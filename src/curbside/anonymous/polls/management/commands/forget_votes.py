"""``curbside polls forget``."""

from django.core.management.base import BaseCommand

from curbside.anonymous.polls.actions import forget_marks


class Command(BaseCommand):
    help = "Erase the marks of who voted in polls that have closed. `curbside work anonymous` does it every hour."

    def handle(self, **_options: object) -> None:
        forgotten = forget_marks()
        if forgotten:
            self.stdout.write(f"{forgotten} marks of votes were erased.")
