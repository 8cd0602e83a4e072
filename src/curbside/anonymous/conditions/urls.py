"""Addresses of conditions."""

from django.urls import path

from curbside.anonymous.conditions import views

app_name = "conditions"

urlpatterns = [path("conditions/suggest/", views.suggest, name="suggest")]
