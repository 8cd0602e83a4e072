"""``curbside moderator appoint PSEUDONYM``."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.actions import appoint


class Command(BaseCommand):
    help = "Make a member a moderator: one who can remove posts and comments, each with a reason that all can read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pseudonym")

    def handle(self, *, pseudonym: str, **_options: object) -> None:
        member = Member.objects.filter(pseudonym=pseudonym).first()
        if member is None:
            raise CommandError(f"There is no member called {pseudonym}.")
        self.stdout.write(f"{pseudonym} is a moderator now." if appoint(member=member) else f"{pseudonym} is a moderator already.")
