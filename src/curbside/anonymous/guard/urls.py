"""Addresses of the guard."""

from django.urls import path

from curbside.anonymous.guard import views

app_name = "guard"

urlpatterns = [path("guard/", views.mark, name="mark")]
