"""The application's configuration."""

from django.apps import AppConfig


class RollConfig(AppConfig):
    """Registers the checks."""

    name = "curbside.named.roll"

    def ready(self) -> None:
        """Once Django has loaded the models."""
        from curbside.named.roll import checks  # noqa: F401 - it registers itself
