"""Addresses of cases, and the community's home."""

from django.urls import path

from curbside.anonymous.cases import views

app_name = "cases"

urlpatterns = [
    path("", views.home, name="home"),
    path("cases/new/", views.post_case, name="post_case"),
    path("cases/preview/", views.preview_case, name="preview_case"),
    path("cases/<id:case_id>/", views.show_case, name="show_case"),
    path("cases/<id:case_id>/edit/", views.edit_case, name="edit_case"),
    path("cases/<id:case_id>/remove/", views.remove_case, name="remove_case"),
    path("mine/", views.list_mine, name="list_mine"),
    path("mine/comments/", views.list_my_comments, name="list_my_comments"),
]
