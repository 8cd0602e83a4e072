"""The home app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """One's own mix, bookmarks and follows."""

    name = "curbside.anonymous.home"
