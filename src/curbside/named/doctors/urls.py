"""Addresses of doctors: start page, sign-up, sign-in, passkeys, account."""

from django.urls import URLPattern

app_name = "doctors"
urlpatterns: list[URLPattern] = []
