"""Addresses of cases, lessons and one-off posts, and the community's home."""

from django.urls import path

from curbside.anonymous.cases import pictures, views
from curbside.anonymous.cases.hubs import views as hubs
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.oneoffs import views as oneoffs

app_name = "cases"

urlpatterns = [
    path("", views.home, name="home"),
    path("lessons/", views.list_lessons, name="list_lessons"),
    path("cases/new/", views.post_case, {"kind": Case.Kind.CASE}, name="post_case"),
    path("lessons/new/", views.post_case, {"kind": Case.Kind.LESSON}, name="post_lesson"),
    path("cases/preview/", views.preview_case, {"kind": Case.Kind.CASE}, name="preview_case"),
    path("lessons/preview/", views.preview_case, {"kind": Case.Kind.LESSON}, name="preview_lesson"),
    path("cases/<id:case_id>/", views.show_case, name="show_case"),
    path("cases/<id:case_id>/list/", views.give_list, name="give_list"),
    path("cases/<id:case_id>/look/", views.look_first, name="look_first"),
    path("cases/<id:case_id>/pictures/<int:number>/", pictures.show_picture, name="show_picture"),
    path("cases/<id:case_id>/edit/", views.edit_case, name="edit_case"),
    path("cases/<id:case_id>/close/", views.close_case, name="close_case"),
    path("cases/<id:case_id>/answered/", views.mark_answered, name="mark_answered"),
    path("cases/<id:case_id>/remove/", views.remove_case, name="remove_case"),
    path("oneoff/", oneoffs.come_back, name="oneoff"),
    path("oneoff/begin/", oneoffs.begin, name="begin_oneoff"),
    path("oneoff/finish/", oneoffs.finish, name="finish_oneoff"),
    path("hubs/", hubs.list_hubs, name="list_hubs"),
    path("hubs/countries/<slug:country>/", hubs.show_country, name="show_country"),
    path("hubs/<slug:specialty>/", hubs.show_hub, name="show_hub"),
    path("hubs/<slug:specialty>/waiting/", hubs.show_waiting, name="show_waiting"),
    path("mine/", views.list_mine, name="list_mine"),
    path("mine/aliases/", views.list_my_aliases, name="list_my_aliases"),
    path("mine/lists/", views.list_my_lists, name="list_my_lists"),
    path("mine/comments/", views.list_my_comments, name="list_my_comments"),
]
