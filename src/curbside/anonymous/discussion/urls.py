"""Addresses of comments, whatever they hang under."""

from django.urls import path

from curbside.anonymous.discussion import reaction_views, views

app_name = "discussion"

urlpatterns = [
    path("threads/<id:thread_id>/comments/", views.post_comment, name="post_comment"),
    path("threads/<id:thread_id>/react/", reaction_views.react_to_thread, name="react_to_thread"),
    path("comments/<id:comment_id>/react/", reaction_views.react_to_comment, name="react_to_comment"),
    path("comments/preview/", views.preview_comment, name="preview_comment"),
    path("comments/<id:comment_id>/", views.show_comment, name="show_comment"),
    path("comments/<id:comment_id>/edit/", views.edit_comment, name="edit_comment"),
    path("comments/<id:comment_id>/warn/", views.warn_of_comment, name="warn_of_comment"),
    path("comments/<id:comment_id>/remove/", views.remove_comment, name="remove_comment"),
]
