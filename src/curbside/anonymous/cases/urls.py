"""Addresses of cases, and the community's home."""

from django.urls import URLPattern

app_name = "cases"

urlpatterns: list[URLPattern] = []
