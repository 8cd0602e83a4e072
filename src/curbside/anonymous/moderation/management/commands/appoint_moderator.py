"""``curbside moderator appoint PSEUDONYM``."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.actions import appoint
from curbside.kit.countries import country_codes
from curbside.kit.specialties import SPECIALTIES


class Command(BaseCommand):
    help = "Make a member a moderator: one who can remove posts and comments, each with a reason that all can read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pseudonym")
        parser.add_argument("--specialty", default="", choices=["", *SPECIALTIES], help="whose posts they judge; without it, all")

        parser.add_argument(
            "--country", default="", choices=["", *country_codes()], metavar="CODE", help="likewise, as gb; with both, of both"
        )

    def handle(self, *, pseudonym: str, specialty: str, country: str, **_options: object) -> None:
        member = Member.objects.filter(pseudonym=pseudonym).first()
        if member is None:
            raise CommandError(f"There is no member called {pseudonym}.")
        is_new = appoint(member=member, specialty=specialty, country=country)
        self.stdout.write(f"{pseudonym} is a moderator now." if is_new else f"{pseudonym} is a moderator already.")
