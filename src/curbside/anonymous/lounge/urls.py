"""Addresses of the lounge."""

from django.urls import path

from curbside.anonymous.lounge import views

app_name = "lounge"

urlpatterns = [
    path("lounge/", views.list_threads, name="list_threads"),
    path("lounge/new/", views.post_thread, name="post_thread"),
    path("lounge/<id:case_id>/edit/", views.edit_thread, name="edit_thread"),
]
