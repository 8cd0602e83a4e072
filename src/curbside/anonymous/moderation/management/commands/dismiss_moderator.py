"""``curbside moderator dismiss PSEUDONYM``."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.actions import dismiss


class Command(BaseCommand):
    help = "Take a moderator's tools away. What the moderator did stays in the log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pseudonym")

    def handle(self, *, pseudonym: str, **_options: object) -> None:
        member = Member.objects.filter(pseudonym=pseudonym).first()
        if member is None:
            raise CommandError(f"There is no member called {pseudonym}.")
        self.stdout.write(f"{pseudonym} is a moderator no more." if dismiss(member=member) else f"{pseudonym} was no moderator.")
