"""Addresses below /roll/."""

from django.urls import URLPattern

app_name = "roll"
urlpatterns: list[URLPattern] = []
