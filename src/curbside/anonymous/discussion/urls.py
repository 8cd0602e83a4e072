"""Addresses of comments, whatever they hang under."""

from django.urls import URLPattern

app_name = "discussion"

urlpatterns: list[URLPattern] = []
