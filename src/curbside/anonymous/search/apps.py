"""The search app; on start it adds the check that the index lies in memory."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search over cases, polls and comments."""

    name = "curbside.anonymous.search"

    def ready(self) -> None:
        """Register the check."""
        from curbside.anonymous.search import checks  # noqa: F401 - it registers itself
