"""Addresses of moderation."""

from django.urls import path

from curbside.anonymous.moderation import views

app_name = "moderation"

urlpatterns = [
    path("moderation/", views.show_log, name="show_log"),
    path("moderation/cases/<id:case_id>/remove/", views.remove_case, name="remove_case"),
    path("moderation/cases/<id:case_id>/block/", views.block_quota, name="block_quota"),
    path("moderation/comments/<id:comment_id>/remove/", views.remove_comment, name="remove_comment"),
]
