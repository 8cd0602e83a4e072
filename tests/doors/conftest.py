"""The site under test: the one whose settings pytest was started with (--ds). Run once for each side."""

from collections.abc import Callable, Iterator
from importlib import import_module  # noqa: TID251 - one side's tests must not load the other
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import LazySettings
from django.conf import settings as site_settings
from django.urls import reverse

from curbside.kit.limits import RateLimit
from tests.doors.places import Cast, Door, patterns

SIDE = site_settings.ROOT_URLCONF.split(".")[1]
side: ModuleType = import_module(f"tests.doors.{SIDE}_side")
DOORS: dict[str, Door] = side.DOORS


@pytest.fixture(autouse=True)
def own_place(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and rolls of this test's own, an institution to write to, and limits that begin anew."""
    if SIDE == "anonymous":
        files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
        settings.STORAGES = settings.STORAGES | {"default": files}
        settings.KEY_FILE = tmp_path / "operator_keys"
        settings.KEY_FILE.write_text("1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n", encoding="ascii")
    else:
        settings.EVIDENCE_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
        settings.ROLL_SIGNING_KEY_FILE = tmp_path / "roll_signing_key"
        settings.ROLL_SIGNING_KEY_FILE.write_text("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n", encoding="ascii")
        settings.ROLL_DIR = tmp_path / "rolls"
        settings.INSTITUTION_DOMAINS = ["hospital.example"]
    monkeypatch.setattr(RateLimit, "count", _fresh_count(RateLimit.count))


def _fresh_count(count: object) -> object:
    seen: set[int] = set()

    def counted(limit: RateLimit, subject: str) -> None:
        if id(limit) not in seen:
            seen.add(id(limit))
            limit._uses.clear()
        count(limit, subject)  # type: ignore[operator] # RateLimit.count

    return counted


@pytest.fixture
def build_index(settings: LazySettings, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Has what was written be found by searching from now on."""
    from curbside.anonymous.search.following import IndexKeeper
    from curbside.anonymous.search.place import IndexFolder

    settings.SEARCH_DIR = tmp_path / "index"
    keepers: list[IndexKeeper] = []

    def build() -> None:
        if not keepers:
            place = IndexFolder(tmp_path / "index")
            place.prepare()
            keepers.append(IndexKeeper(place))
        keepers[0].build()

    yield build
    for keeper in keepers:
        keeper.clear()


@pytest.fixture
def cast(transactional_db_for_side: None) -> Cast:
    made: Cast = getattr(side, f"{SIDE.title()}Cast")()
    return made


@pytest.fixture
def transactional_db_for_side(request: pytest.FixtureRequest) -> None:
    """The databases of the side, as the marks say."""
    request.getfixturevalue("db")


def address_of(name: str, arguments: dict[str, object]) -> str:
    """The address, from those of the arguments that it takes."""
    pattern = dict(patterns())[name].pattern
    taken = {key: arguments[key] for key in pattern.converters} if pattern.converters else {}
    if "digest" in getattr(getattr(pattern, "regex", None), "groupindex", {}):
        taken["digest"] = arguments["digest"]
    return reverse(name, kwargs=taken)
