"""Addresses of one's shelf, as far as they need no thread's name; the others are home's."""

from django.urls import path

from curbside.anonymous.shelf import views

app_name = "shelf"

urlpatterns = [
    path("shelf/muted/", views.show_muted, name="show_muted"),
    path("shelf/notes/", views.show_notes, name="show_notes"),
    path("shelf/put/", views.put, name="put"),
    path("shelf/take/", views.take, name="take"),
    path("shelf/members/<pseudonym:pseudonym>/", views.about, name="about"),
    *(
        path(f"shelf/members/<pseudonym:pseudonym>/{deed}/", views.sort_member, {"deed": deed}, name=deed)
        for deed in ("mute", "unmute", "block", "unblock", "follow", "unfollow")
    ),
]
