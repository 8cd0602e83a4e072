"""The notifications app; on start it says what happens to a box when its member leaves."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What members are told inside the site."""

    name = "curbside.anonymous.notifications"

    def ready(self) -> None:
        """A box goes with its member."""
        from curbside.anonymous.membership.leaving import on_export, on_leaving
        from curbside.anonymous.notifications.actions import erase_notifications_of
        from curbside.anonymous.notifications.queries import export_notifications

        on_leaving(erase_notifications_of)
        on_export(export_notifications)
