"""The shelf app; on start it says what happens to a shelf when its member leaves."""

from django.apps import AppConfig


class ShelfConfig(AppConfig):
    """What members keep for themselves."""

    name = "curbside.anonymous.shelf"

    def ready(self) -> None:
        """A shelf goes with its member."""
        from curbside.anonymous.membership.leaving import on_export, on_leaving
        from curbside.anonymous.shelf.actions import erase_shelf_of
        from curbside.anonymous.shelf.queries import export_shelf

        on_leaving(erase_shelf_of)
        on_export(export_shelf)
