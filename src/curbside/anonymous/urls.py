"""Addresses of the anonymous side."""

from django.urls import include, path, register_converter

from curbside.anonymous.membership.pseudonyms import PseudonymInAddress
from curbside.kit.ids import PublicId

register_converter(PublicId, "id")
register_converter(PseudonymInAddress, "pseudonym")

urlpatterns = [
    path("", include("curbside.kit.comfort.urls")),
    path("", include("curbside.anonymous.conditions.urls")),
    path("", include("curbside.anonymous.guard.urls")),
    path("", include("curbside.anonymous.membership.urls")),
    path("", include("curbside.anonymous.shelf.urls")),
    path("", include("curbside.anonymous.notifications.urls")),
    path("", include("curbside.anonymous.discussion.urls")),
    path("", include("curbside.anonymous.messages.urls")),
    path("", include("curbside.anonymous.pictures.urls")),
    path("", include("curbside.anonymous.polls.urls")),
    path("", include("curbside.anonymous.cases.urls")),
    path("", include("curbside.anonymous.home.urls")),
    path("", include("curbside.anonymous.lounge.urls")),
    path("", include("curbside.anonymous.search.urls")),
    path("", include("curbside.anonymous.moderation.urls")),
]
