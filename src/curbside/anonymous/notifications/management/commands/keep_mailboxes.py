"""``curbside mailboxes keep``: boxes for new members, and old notifications gone."""

from django.core.management.base import BaseCommand

from curbside.anonymous.notifications.actions import forget_old_notifications
from curbside.anonymous.notifications.boxes import make_missing_boxes


class Command(BaseCommand):
    help = "Make a box for each member who has none, and forget notifications older than 60 days."

    def handle(self, *_args: object, **_options: object) -> None:
        make_missing_boxes()
        forget_old_notifications()
