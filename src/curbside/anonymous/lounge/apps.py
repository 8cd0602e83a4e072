"""The lounge app. Its threads are rows of cases of a kind of their own: so export, leaving, reports and notifications hold for them."""

from django.apps import AppConfig


class LoungeConfig(AppConfig):
    """Talk apart from cases."""

    name = "curbside.anonymous.lounge"
