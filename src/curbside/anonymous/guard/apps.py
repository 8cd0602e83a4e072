"""The guard app."""

from django.apps import AppConfig


class GuardConfig(AppConfig):
    """What could tell who a patient is, shown before it is published."""

    name = "curbside.anonymous.guard"
