"""Addresses that both sites have."""

from django.urls import path

from curbside.kit.comfort import installing, views

app_name = "kit"
urlpatterns = [
    path("comfort/", views.comfort, name="comfort"),
    path("language/", views.set_language, name="set_language"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("worker.js", installing.worker, name="worker"),
    path("offline/", installing.offline, name="offline"),
]
