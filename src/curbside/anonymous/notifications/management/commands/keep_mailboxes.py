"""``curbside mailboxes keep``: boxes for new members, held notices told, and old notifications gone."""

from django.core.management.base import BaseCommand

from curbside.anonymous.notifications.actions import forget_old_notifications
from curbside.anonymous.notifications.boxes import make_missing_boxes
from curbside.anonymous.notifications.held import deliver_held


class Command(BaseCommand):
    help = "Make a box for each member who has none, tell what was held back, and forget notifications older than 60 days."

    def handle(self, *_args: object, **_options: object) -> None:
        make_missing_boxes()
        deliver_held()
        forget_old_notifications()
