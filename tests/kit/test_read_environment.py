"""Settings are read strictly: what is unsafe in production stops the start, with the variable's name."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from curbside.kit import environment


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("CURBSIDE_MODE", "production")
    return monkeypatch


def test_mode_is_production_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CURBSIDE_MODE")
    assert environment.mode() == "production"


def test_unknown_mode_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURBSIDE_MODE", "prod")
    with pytest.raises(ImproperlyConfigured, match="CURBSIDE_MODE"):
        environment.mode()


@pytest.mark.parametrize(
    "value",
    [
        "http://community.example.org",
        "https://localhost",
        "https://10.0.0.7",
        "https://a.ngrok.io",
        "https://intranet",
        "community.example.org",
        "https://community.example.org/path",
    ],
)
def test_production_refuses_origin_that_is_open_or_looks_temporary(production: pytest.MonkeyPatch, value: str) -> None:
    production.setenv("ORIGIN", value)
    with pytest.raises(ImproperlyConfigured, match="ORIGIN"):
        environment.origin("ORIGIN", "http://demo.localhost:8001")


def test_production_has_no_default_origin(production: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="Set ORIGIN"):
        environment.origin("ORIGIN", "http://demo.localhost:8001")


def test_production_takes_lasting_origin(production: pytest.MonkeyPatch) -> None:
    production.setenv("ORIGIN", "https://community.hospital.net:8443")
    read = environment.origin("ORIGIN", "http://demo.localhost:8001")
    assert (str(read), read.host, read.secure) == ("https://community.hospital.net:8443", "community.hospital.net", True)


def test_production_has_no_default_secret(production: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="keys make"):
        environment.secret("SOME_KEY", tmp_path / "absent")


def test_secret_comes_from_its_file(production: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("abc\n")
    assert environment.secret("SOME_KEY", tmp_path / "key") == "abc"


@pytest.mark.parametrize("value", ["", "-1", "1.5", "many"])
def test_number_must_be_whole(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("NUMBER", value)
    if value:
        with pytest.raises(ImproperlyConfigured, match="NUMBER"):
            environment.integer("NUMBER", 3)
    else:
        assert environment.integer("NUMBER", 3) == 3


def test_number_has_a_least_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBER", "1")
    with pytest.raises(ImproperlyConfigured, match="at least 2"):
        environment.integer("NUMBER", 3, least=2)


def test_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLAG", "true")
    with pytest.raises(ImproperlyConfigured, match="yes or no"):
        environment.flag("FLAG", default=False)


def test_sqlite_overwrites_what_it_frees() -> None:
    options = environment.database("UNSET", Path("/data/site.sqlite3"))["OPTIONS"]
    assert isinstance(options, dict)
    assert "secure_delete=ON" in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"


def test_postgresql_url_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASE", "postgresql://me:p%40ss@db.example.org:5433/site")
    read = environment.database("BASE", Path("unused"))
    assert (read["NAME"], read["USER"], read["PASSWORD"], read["HOST"], read["PORT"]) == ("site", "me", "p@ss", "db.example.org", "5433")


def test_other_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASE", "mysql://db/site")
    with pytest.raises(ImproperlyConfigured, match="BASE"):
        environment.database("BASE", Path("unused"))
