"""The pictures app."""

from django.apps import AppConfig


class PicturesConfig(AppConfig):
    """Pictures that members show under what they write."""

    name = "curbside.anonymous.pictures"
