"""``curbside member unban PSEUDONYM_OR_NUMBER``."""

from contextlib import suppress

from django.core.management.base import BaseCommand, CommandError, CommandParser

from curbside.anonymous.membership.actions import lift_ban
from curbside.anonymous.membership.models import Ban, Member
from curbside.kit.ids import PublicId


class Command(BaseCommand):
    help = "Lift a ban, by the member's pseudonym, or by the number that `curbside member ban` printed, where the member has left since."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("member", metavar="PSEUDONYM_OR_NUMBER")

    def handle(self, *, member: str, **_options: object) -> None:
        ban = _ban_of(member) or _ban_numbered(member)
        if ban is None:
            raise CommandError(f"There is no ban of a member called {member}, and none with this number.")
        lift_ban(ban=ban)
        self.stdout.write("The ban is lifted.")


def _ban_of(pseudonym: str) -> Ban | None:
    member = Member.objects.filter(pseudonym=pseudonym).first()
    return Ban.objects.filter(nullifier=bytes(member.nullifier)).first() if member else None


def _ban_numbered(number: str) -> Ban | None:
    with suppress(ValueError):
        return Ban.objects.filter(pk=PublicId().to_python(number)).first()
    return None
