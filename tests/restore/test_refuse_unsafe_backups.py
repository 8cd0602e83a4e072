import re
import stat
from pathlib import Path

import pytest

from tests.restore.town import Town


def test_backups_are_private_whole_and_hold_neither_sessions_evidence_nor_keys(town: Town, tmp_path: Path) -> None:
    spare = town.doctors[6]
    fields = {"register": spare.register, "number": spare.number, "given": spare.given, "family": spare.family}
    town.on_named("upload", who="applicant", **fields)
    files = {store: town.back_up(store, tmp_path / store) for store in ("named", "anonymous", "ring")}
    for store, file in files.items():
        assert re.fullmatch(rf"{store}-\d{{4}}-\d\d-\d\d-\d{{6}}\.(sqlite3|dump)", file.name)
        assert sorted(path.name for path in file.parent.iterdir()) == [file.name, f"{file.name}.sha256"]  # no log, nothing half done
        assert {stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()} == {0o600}
    assert town.rows(files["named"], "SELECT count(*) FROM verification_application WHERE state = 'open'") == [(1,)]
    for store, table in (("named", "doctors_session"), ("named", "verification_document"), ("anonymous", "membership_session")):
        assert town.rows(files[store], f"SELECT count(*) FROM {table}") == [(0,)]
    held = {store: town.plain_bytes(file) for store, file in files.items()}
    assert b"sealing_ringkey" in held["ring"]
    assert b"CREATE TABLE" in held["anonymous"]
    for keys in ("named", "anonymous"):
        for key in (town.data / keys / "keys").iterdir():
            secret = key.read_bytes().split()[-1]
            assert not [store for store, data in held.items() if secret in data]
    wrapped = [bytes(row[0]) for row in town.rows(files["ring"], "SELECT wrapped FROM sealing_ringkey")]
    assert [(len(wrapped),)] == town.rows(files["anonymous"], "SELECT count(key_id) FROM sealing_sealedtext")
    assert len(wrapped) >= 4
    assert not [blob for blob in wrapped if blob in held["anonymous"] or blob.hex().encode() in held["anonymous"]]

    mixed = town.try_to_run("backup", "ring", str(tmp_path / "anonymous"))
    assert mixed.returncode == 1
    assert "belong in places apart" in mixed.stderr
    refuse_what_cannot_be_restored(town, files, tmp_path)
    keep_the_last_ring(town, files["ring"])


def refuse_what_cannot_be_restored(town: Town, files: dict[str, Path], tmp_path: Path) -> None:
    def refused(*words: str) -> str:
        done = town.try_to_run("restore", *words)
        assert done.returncode == 1, done.stdout + done.stderr
        return done.stderr

    ring, texts = files["ring"], files["anonymous"]
    assert "is not empty" in refused("ring", str(ring))
    disguised = tmp_path / ring.name.replace("ring", "anonymous")
    disguised.write_bytes(ring.read_bytes())
    disguised.with_name(disguised.name + ".sha256").write_text(ring.with_name(ring.name + ".sha256").read_text())
    assert "is not a backup of the anonymous database" in refused("anonymous", str(disguised), "--yes")
    changed = tmp_path / "changed" / texts.name
    changed.parent.mkdir()
    whole = texts.read_bytes()
    changed.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert "the hash" in refused("anonymous", str(changed), "--yes")
    changed.with_name(changed.name + ".sha256").write_text(texts.with_name(texts.name + ".sha256").read_text())
    assert "is not what was backed up" in refused("anonymous", str(changed), "--yes")
    assert "There is no file" in refused("ring", str(ring.with_name("ring-2020-01-01-000000" + ring.suffix)), "--yes")
    assert "is not called as backups are" in refused("ring", str(tmp_path / "ring.sqlite3"), "--yes")
    if town.server is None:
        assert "is in use" in refused("anonymous", str(texts), "--yes")  # the site's process has it open
        town.anonymous.ask([{"do": "let_go", "at": town.now.isoformat()}])
    assert "zyqannaword" in town.on_anonymous("see", who="ben")  # nothing was changed
    town.anonymous.ask([{"do": "let_go", "at": town.now.isoformat()}])
    assert "0 texts have no key" in town.run("restore", "anonymous", str(texts), "--yes")
    assert "zyqannaword" in town.on_anonymous("see", who="ben")


def keep_the_last_ring(town: Town, ring: Path) -> None:
    days_ago = [ring.with_name(f"ring-2020-01-0{day}-000000{ring.suffix}") for day in (1, 2)]
    for file in days_ago:
        file.write_bytes(ring.read_bytes())
        file.with_name(file.name + ".sha256").write_text("")
    assert "2 backups of the ring database were removed" in town.run("backup", "prune", "ring", str(ring.parent), "--days", "7")
    assert sorted(path.name for path in ring.parent.iterdir()) == [ring.name, f"{ring.name}.sha256"]
    old = ring.rename(days_ago[0])
    last = town.try_to_run("backup", "prune", "ring", str(ring.parent), "--days", "7")
    assert last.returncode == 1
    assert "the last there is" in last.stderr
    assert old.exists()


@pytest.mark.parametrize("words", [("named",), ("texts", "x"), ("prune", "ring", "x")])
def test_a_command_without_what_it_needs_says_how_it_is_called(tmp_path: Path, words: tuple[str, ...]) -> None:
    import subprocess
    import sys

    from tests.drill.world import ROOT

    settings = {"PYTHONPATH": str(ROOT / "src"), "CURBSIDE_MODE": "demo", "CURBSIDE_DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-m", "curbside", "backup", *words], env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "usage: curbside backup" in done.stderr
