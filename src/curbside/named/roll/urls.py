"""Addresses below /roll/. The files' addresses are the wire format's."""

from django.urls import path, re_path

from curbside.named.roll import serving, views

app_name = "roll"
urlpatterns = [
    path("", views.index, name="index"),
    path("wallet/", views.open_wallet, name="open_wallet"),
    path("commitment/", views.commitment, name="commitment"),
    path("standing/", views.standing, name="standing"),
    path("pending/", views.pending, name="pending"),
    path("latest.json", serving.latest, name="latest"),
    re_path(r"^editions/(?P<digest>[0-9a-f]{64})\.json\Z", serving.manifest, name="manifest"),
    re_path(r"^editions/(?P<digest>[0-9a-f]{64})\.sig\Z", serving.signature, name="signature"),
    re_path(r"^files/(?P<digest>[0-9a-f]{64})\.roll\Z", serving.roll_file, name="file"),
]
