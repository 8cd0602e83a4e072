"""Addresses of the named side."""

from django.urls import include, path, register_converter

from curbside.kit.ids import PublicId

register_converter(PublicId, "id")

urlpatterns = [
    path("", include("curbside.kit.comfort.urls")),
    path("", include("curbside.named.doctors.urls")),
    path("verification/", include("curbside.named.verification.urls")),
    path("roll/", include("curbside.named.roll.urls")),
]
