"""Addresses of polls."""

from django.urls import path

from curbside.anonymous.polls import views

app_name = "polls"

urlpatterns = [
    path("polls/", views.list_polls, name="list_polls"),
    path("polls/new/", views.post_poll, name="post_poll"),
    path("polls/<id:poll_id>/", views.show_poll, name="show_poll"),
    path("polls/<id:poll_id>/edit/", views.edit_poll, name="edit_poll"),
    path("polls/<id:poll_id>/vote/", views.vote, name="vote"),
    path("polls/<id:poll_id>/close/", views.close_poll, name="close_poll"),
    path("polls/<id:poll_id>/remove/", views.remove_poll, name="remove_poll"),
    path("mine/polls/", views.list_mine, name="list_mine"),
]
