"""``curbside member ban PSEUDONYM --reason REASON``."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from curbside.anonymous.membership.actions import ban_member
from curbside.anonymous.membership.models import BanReason, Member
from curbside.kit.ids import public_id


class Command(BaseCommand):
    help = (
        "Ban a member: they read only, are told why, and can still export and erase what they wrote. The ban holds for their wallet, "
        "also after they left; docs/threat-model.md says where it ends."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pseudonym")
        parser.add_argument("--reason", required=True, choices=BanReason.values, help="told to the member; none says who they might be")

    def handle(self, *, pseudonym: str, reason: str, **_options: object) -> None:
        member = Member.objects.filter(pseudonym=pseudonym).first()
        if member is None:
            raise CommandError(f"There is no member called {pseudonym}.")
        number = public_id(ban_member(member=member, reason=BanReason(reason)).pk)
        self.stdout.write(f"{pseudonym} is banned. To lift it, also after they left: curbside member unban {number}")
