"""Addresses of searching."""

from django.urls import path

from curbside.anonymous.search import views

app_name = "search"

urlpatterns = [path("search/", views.search, name="search")]
