"""The site's settings in production: what they refuse, and the host they keep to."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as site_settings
from django.core.exceptions import ImproperlyConfigured

from curbside.kit import common_settings
from curbside.kit.environment import Origin
from curbside.kit.hosts import LastingHost, refuse_other_host, remember_host
from curbside.kit.keys import make_missing_keys
from tests.doors.conftest import SIDE, side
from tests.doors.places import Cast, fresh_browser_of, new_passkey

SETTINGS = Path(__file__).parents[2] / "src" / "curbside" / SIDE / "settings.py"
OWN = {"named": "CURBSIDE_DIRECTORY_ORIGIN", "anonymous": "CURBSIDE_COMMUNITY_ORIGIN"}[SIDE]
SOUND = {
    "CURBSIDE_MODE": "production",
    "CURBSIDE_DIRECTORY_ORIGIN": "https://directory.curbside.health",
    "CURBSIDE_COMMUNITY_ORIGIN": "https://community.curbside.health",
    "CURBSIDE_WALLET_ORIGIN": "https://wallet.curbside.health",
}


def read_settings(folder: Path, **changes: str | None) -> dict[str, object]:
    """The settings as a fresh process would have them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("CURBSIDE_")]:
            patch.delenv(name)
        for name, value in {**SOUND, "CURBSIDE_DATA_DIR": str(folder), **changes}.items():
            if value is not None:
                patch.setenv(name, value)
        patch.delitem(sys.modules, common_settings.__name__)
        return runpy.run_path(str(SETTINGS))


def production_settings(folder: Path, **changes: str | None) -> dict[str, object]:
    make_missing_keys(folder)
    return read_settings(folder, **changes)


def test_a_sound_installation_starts(tmp_path: Path) -> None:
    found = production_settings(tmp_path)
    assert (found["DEBUG"], found["SESSION_COOKIE_SECURE"], found["CSRF_COOKIE_SECURE"]) == (False, True, True)
    assert found["ALLOWED_HOSTS"] == [str(found["ORIGIN"]).removeprefix("https://")]


@pytest.mark.parametrize("variable", [OWN, "CURBSIDE_WALLET_ORIGIN"])
@pytest.mark.parametrize(
    ("origin", "reason"),
    [
        ("http://place.curbside.health", "must begin with https"),
        ("https://localhost", "looks temporary"),
        ("https://place.localhost", "looks temporary"),
        ("https://127.0.0.1", "looks temporary"),
        ("https://203.0.113.7", "looks temporary"),
        ("https://place.ngrok.io", "looks temporary"),
        ("https://place.trycloudflare.com", "looks temporary"),
        ("https://intranet", "looks temporary"),
        ("https://place.curbside.health/path", "must be an origin"),
        (None, "Set CURBSIDE"),
    ],
)
def test_an_open_or_passing_host_is_refused(variable: str, origin: str | None, reason: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=reason):
        production_settings(tmp_path, **{variable: origin})


def test_without_keys_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="curbside keys make"):
        read_settings(tmp_path)


@pytest.mark.parametrize("key", sorted((Path(SIDE) / "keys").joinpath(name) for name in ["secret_key"]))
def test_each_missing_key_is_named(key: Path, tmp_path: Path) -> None:
    make_missing_keys(tmp_path)
    (tmp_path / key).unlink()
    with pytest.raises(ImproperlyConfigured, match=key.name):
        read_settings(tmp_path)


def test_no_key_is_shared_or_a_default(tmp_path: Path) -> None:
    one, other = (production_settings(tmp_path / name)["SECRET_KEY"] for name in ("one", "other"))
    assert one != other
    assert len(str(one)) >= 43


@pytest.mark.parametrize("variable", ["DEBUG", "DJANGO_DEBUG", "CURBSIDE_DEBUG"])
def test_nothing_turns_debugging_on(variable: str, tmp_path: Path) -> None:
    for value in ("1", "yes", "True"):
        assert production_settings(tmp_path, **{variable: value})["DEBUG"] is False


def test_forgetting_the_mode_is_production(tmp_path: Path) -> None:
    assert production_settings(tmp_path, CURBSIDE_MODE=None)["MODE"] == "production"


@pytest.mark.parametrize("value", ["Production", "prod", "debug", "demo "])
def test_a_mode_that_is_not_one_is_refused(value: str, tmp_path: Path) -> None:
    if value.strip() == "demo":
        assert production_settings(tmp_path, CURBSIDE_MODE=value)["MODE"] == "demo"
    else:
        with pytest.raises(ImproperlyConfigured):
            production_settings(tmp_path, CURBSIDE_MODE=value)


@pytest.mark.django_db(databases="__all__")
def test_the_first_passkey_writes_the_host_down(cast: Cast, settings: LazySettings) -> None:
    table = passkey_host_table()
    assert not table.objects.exists()
    site = Origin("https", "community.curbside.health", None)
    remember_host(table, site)
    remember_host(table, site)
    assert [row.host for row in table.objects.all()] == [site.host]


@pytest.mark.django_db(databases="__all__")
def test_making_a_passkey_writes_the_host_down(cast: Cast) -> None:
    client = fresh_browser_of(cast.insider())
    options = client.post(f"{passkey_address()}options/", "{}", content_type="application/json").json()
    answer = client.post(f"{passkey_address()}finish/", {"passkey": new_passkey().create(options)}, content_type="application/json")
    assert answer.status_code == 200
    assert [row.host for row in passkey_host_table().objects.all()] == [site_settings.ORIGIN.host]


@pytest.mark.django_db(databases="__all__")
def test_under_another_host_the_site_does_not_start(cast: Cast) -> None:
    table, site = passkey_host_table(), Origin("https", "old.curbside.health", None)
    refuse_other_host(table, site, OWN)
    remember_host(table, site)
    refuse_other_host(table, site, OWN)
    with pytest.raises(
        ImproperlyConfigured, match=rf"{OWN} says new.curbside.health, but people here have passkeys for old.curbside.health"
    ):
        refuse_other_host(table, Origin("https", "new.curbside.health", None), OWN)


def test_the_served_application_keeps_to_its_host(tmp_path: Path) -> None:
    """Whole: migrate, join, move, and the process that would serve does not come up."""
    assert start(tmp_path, "https://old.curbside.health", f"{REMEMBER}") == (0, "")
    assert start(tmp_path, "https://old.curbside.health", SERVE) == (0, "")
    status, complaint = start(tmp_path, "https://new.curbside.health", SERVE)
    assert status != 0
    assert "people here have passkeys for old.curbside.health" in complaint


def test_an_installation_without_tables_yet_is_not_held_up(tmp_path: Path) -> None:
    assert start(tmp_path, "https://old.curbside.health", SERVE) == (0, "")


MODELS = {"named": "curbside.named.doctors.models", "anonymous": "curbside.anonymous.membership.models"}[SIDE]
REMEMBER = f"""
import os
from curbside.upkeep import migrate_command
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()):
    migrate_command(["{SIDE}"])
from django.conf import settings
from curbside.kit.hosts import remember_host
from {MODELS} import PasskeyHost
remember_host(PasskeyHost, settings.ORIGIN)
"""
SERVE = f"import curbside.{SIDE}.wsgi"


def start(folder: Path, origin: str, code: str) -> tuple[int, str]:
    make_missing_keys(folder)
    environment = {**os.environ, **SOUND, OWN: origin, "CURBSIDE_DATA_DIR": str(folder), "PYTHONPATH": str(SETTINGS.parents[2])}
    for name in ("CURBSIDE_NAMED_DATABASE", "CURBSIDE_ANONYMOUS_DATABASE", "CURBSIDE_RING_DATABASE", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    (folder / SIDE).mkdir(exist_ok=True)
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def passkey_host_table() -> type[LastingHost]:
    table: type[LastingHost] = side.PasskeyHost
    return table


def passkey_address() -> str:
    return {"named": "/account/passkeys/", "anonymous": "/membership/passkeys/"}[SIDE]
