"""``curbside moderator list``."""

from django.core.management.base import BaseCommand

from curbside.anonymous.moderation.models import Moderator


class Command(BaseCommand):
    help = "List the moderators, and what each judges."

    def handle(self, **_options: object) -> None:
        for moderator in Moderator.objects.select_related("member").order_by("member__pseudonym"):
            self.stdout.write(f"{moderator.member.pseudonym}  {' '.join(moderator.hub().values()) or 'all'}")
