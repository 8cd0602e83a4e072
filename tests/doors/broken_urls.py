"""The site's addresses, and one that breaks."""

from typing import NoReturn

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.urls import include, path

SIDE = settings.WSGI_APPLICATION.split(".")[1]


@login_not_required
def broken(_request: HttpRequest) -> NoReturn:
    raise ZeroDivisionError("words that nobody may read")


urlpatterns = [path("broken/", broken), path("", include(f"curbside.{SIDE}.urls"))]
