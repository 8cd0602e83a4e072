"""The membership app; on start it adds the check of the editions' age."""

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    """Members, their passkeys and badges."""

    name = "curbside.anonymous.membership"

    def ready(self) -> None:
        """Register the checks."""
        from curbside.anonymous.membership import checks  # noqa: F401 - they register themselves
