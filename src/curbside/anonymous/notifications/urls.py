"""Addresses of notifications."""

from django.urls import path

from curbside.anonymous.notifications import views

app_name = "notifications"

urlpatterns = [
    path("notifications/", views.list_notifications, name="list"),
    path("notifications/news/", views.news, name="news"),
    path("notifications/read/", views.mark_all_read, name="mark_all_read"),
    path("notifications/read/<id:thread_id>/", views.mark_read, name="mark_read"),
    path("notifications/choose/", views.choose, name="choose"),
]
