from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks

from curbside.anonymous.sealing.checks import _place

POSTGRES = {"ENGINE": "django.db.backends.postgresql", "HOST": "db.example.org", "PORT": "", "NAME": "community"}


def found(settings: LazySettings, *, deploy: bool = True) -> set[str | None]:
    return {message.id for message in run_checks(include_deployment_checks=deploy)}


@pytest.fixture(autouse=True)
def data_dir(settings: LazySettings, tmp_path: Path, key_file: Path) -> Path:
    settings.DATA_DIR = tmp_path
    key_file.chmod(0o600)
    return tmp_path


def put_ring(settings: LazySettings, monkeypatch: pytest.MonkeyPatch, **ring: str) -> None:
    monkeypatch.setitem(settings.DATABASES, "default", POSTGRES)
    monkeypatch.setitem(settings.DATABASES, "ring", POSTGRES | ring)


def test_a_ring_on_another_server_satisfies(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    put_ring(settings, monkeypatch, HOST="ring.example.org")
    assert not found(settings) & {"sealing.E001", "sealing.E002", "sealing.W001", "kit.E001", "kit.W001"}


@pytest.mark.parametrize("other", [{"NAME": "ring"}, {"NAME": "ring", "PORT": "5432"}])
def test_a_ring_on_the_same_server_is_warned_of_at_deployment(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, other: dict[str, str]
) -> None:
    put_ring(settings, monkeypatch, **other)
    assert "sealing.W001" in found(settings)
    assert not found(settings, deploy=False) & {"sealing.W001", "sealing.E001"}


def test_a_ring_in_the_texts_own_database_is_an_error(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    put_ring(settings, monkeypatch)
    assert "sealing.E001" in found(settings, deploy=False)


def test_files_in_one_folder_lie_side_by_side(tmp_path: Path) -> None:
    texts, ring = ({"ENGINE": "curbside.kit.sqlite", "NAME": tmp_path / name} for name in ("texts.sqlite3", "ring.sqlite3"))
    assert _place(texts)[0] == _place(ring)[0]
    assert _place(texts) != _place(ring)


@pytest.mark.parametrize(("mode", "wrong"), [(0o600, False), (0o640, True), (0o604, True)])
def test_a_key_file_that_others_may_read_is_an_error(settings: LazySettings, key_file: Path, mode: int, wrong: bool) -> None:
    key_file.chmod(mode)
    assert ("kit.E001" in found(settings, deploy=False)) is wrong


def test_every_file_beside_the_keys_is_looked_at(settings: LazySettings, data_dir: Path) -> None:
    (data_dir / "keys").mkdir()
    (data_dir / "keys/secret_key").write_text("x")
    (data_dir / "keys/secret_key").chmod(0o644)
    assert "kit.E001" in found(settings, deploy=False)


def test_backups_beside_the_data_are_warned_of(settings: LazySettings, data_dir: Path) -> None:
    (data_dir / "backups").mkdir()
    (data_dir / "backups/anonymous-2026-11-23-120000.sqlite3.sha256").write_text("")
    assert "kit.W001" in found(settings, deploy=False)


def test_keys_that_cannot_be_used_are_an_error_at_deployment(settings: LazySettings, key_file: Path) -> None:
    key_file.unlink()
    assert "sealing.E002" in found(settings)
