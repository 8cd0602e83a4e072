"""Addresses that both sites have."""

from django.urls import path

from curbside.kit.comfort import views

app_name = "kit"
urlpatterns = [
    path("comfort/", views.comfort, name="comfort"),
    path("language/", views.set_language, name="set_language"),
]
