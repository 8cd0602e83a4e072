"""The doctors app; on start it adds the check of the key files."""

from django.apps import AppConfig


class DoctorsConfig(AppConfig):
    """Doctors, their passkeys and licences."""

    name = "curbside.named.doctors"

    def ready(self) -> None:
        """Register the check."""
        from curbside.named.doctors import checks  # noqa: F401 - it registers itself
