"""The sealing app; on start it adds the checks of keys and of the ring's place."""

from django.apps import AppConfig


class SealingConfig(AppConfig):
    """Sealed texts and the key ring."""

    name = "curbside.anonymous.sealing"

    def ready(self) -> None:
        """Register the checks."""
        from curbside.anonymous.sealing import checks  # noqa: F401 - they register themselves
