"""Addresses of one's own pages."""

from django.urls import path

from curbside.anonymous.home import views

app_name = "home"

urlpatterns = [
    path("home/", views.show_home, name="show_home"),
    path("home/waiting/", views.show_waiting, name="show_waiting"),
    path("shelf/", views.list_bookmarks, name="list_bookmarks"),
    path("shelf/follows/", views.list_follows, name="list_follows"),
]
