"""The conditions app."""

from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    """Medical conditions by code and by any of their terms."""

    name = "curbside.anonymous.conditions"
