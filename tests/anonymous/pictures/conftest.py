"""The cast of cases, a folder of files for each test, and pictures to send."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from curbside.anonymous.membership.models import Member
from curbside.anonymous.pictures.actions import SEND_LIMIT, receive_picture
from curbside.anonymous.pictures.models import Picture
from tests.anonymous.cases.conftest import (  # noqa: F401 - pytest finds fixtures by their place
    as_author,
    as_other,
    as_read_only,
    author,
    case,
    fresh_memory,
    other,
    read_only,
)
from tests.anonymous.pictures.cast import a_png


@pytest.fixture(autouse=True)
def files(settings: LazySettings, tmp_path: Path) -> Path:
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    }
    SEND_LIMIT._uses.clear()
    return tmp_path / "files"


@pytest.fixture
def picture(author: Member) -> Picture:  # noqa: F811 - the fixture
    return receive_picture(sender=author, data=a_png())
