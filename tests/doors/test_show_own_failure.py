"""The page for an error of ours stands when everything else has fallen."""

from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views.defaults import server_error

MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.fixture
def request_of_a_visitor(settings: LazySettings, tmp_path: Path) -> HttpRequest:
    """On a site whose styles were never gathered."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": MANIFEST}}
    return RequestFactory().get("/")


def test_it_needs_neither_styles_nor_the_frame_nor_the_database(request_of_a_visitor: HttpRequest) -> None:
    response = server_error(request_of_a_visitor)
    words = response.content.decode()
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "Something broke on our side." in words
    assert "/static/" not in words


def test_other_pages_would_not_stand(request_of_a_visitor: HttpRequest) -> None:
    """So the test above tries what it says."""
    with pytest.raises(ValueError, match="manifest"):
        render_to_string("404.html", request=request_of_a_visitor)
