"""Addresses of pictures: a sender's own, and those that hang somewhere."""

from django.urls import path

from curbside.anonymous.pictures import views

app_name = "pictures"

urlpatterns = [
    path("pictures/", views.receive, name="receive"),
    path("pictures/held/<slug:held_id>/", views.decide, name="decide"),
    path("pictures/held/<slug:held_id>/status/", views.show_status, name="status"),
    path("pictures/held/<slug:held_id>/drop/", views.drop, name="drop"),
    path("pictures/held/<slug:held_id>/frames/<int:number>/", views.held_frame, name="held_frame"),
    path("pictures/held/<slug:held_id>/<slug:size>/", views.held_bytes, name="held_bytes"),
    path("pictures/<id:picture_id>/frames/<int:number>/", views.shown_frame, name="frame"),
    path("pictures/<id:picture_id>/<slug:size>/", views.shown_bytes, name="bytes"),
]
