"""``curbside moderation apply``."""

from django.core.management.base import BaseCommand

from curbside.anonymous.moderation.held import give_held_sanctions


class Command(BaseCommand):
    help = "Give the sanctions that moderators decided about members behind an alias, apart from the decision."

    def handle(self, **_options: object) -> None:
        self.stdout.write(f"{give_held_sanctions()} sanctions given.")
