"""The steps of docs/keys.md, as commands, on a running installation."""

import json
import time
from pathlib import Path

from tests.restore.test_open_what_is_erased import operator_keys, read_all, text_keys
from tests.restore.town import DIRECTORY, Town


def latest(town: Town) -> dict[str, object]:
    pointer: dict[str, object] = json.loads((town.data / "named/rolls/latest.json").read_text())
    return pointer


def test_a_site_goes_on_writing_and_reading_while_the_operators_keys_rotate(town: Town, tmp_path: Path) -> None:
    stolen, before = operator_keys(town), town.back_up("ring", tmp_path / "before")
    texts = 300
    town.anonymous.tell([{"do": "fill", "number": texts, "at": town.now.isoformat()}])
    began = time.monotonic()
    town.run("keys", "rotate")
    town.run("keys", "retire", "1")
    assert town.anonymous.hear() == [texts]
    assert time.monotonic() - began > 0.5
    listed = town.run("keys", "retire").splitlines()
    told, boxes = 4, 3  # before; a box of notifications for each member
    assert listed == [f"2: current, wraps the keys of {texts + told + boxes} texts"]
    assert "zyqannaword" in town.on_anonymous("see", who="ben")

    backup, after = town.back_up("anonymous", tmp_path / "texts"), town.back_up("ring", tmp_path / "after")
    assert text_keys(town, [after], stolen) == set()  # the old key opens nothing of the present ring
    assert "zyqannaword" in read_all(town, [backup], text_keys(town, [before], stolen))  # what was copied with it stays open
    assert "zyqannaword" in read_all(town, [backup], text_keys(town, [after], operator_keys(town)))


def test_a_stolen_session_or_secret_key_is_worth_nothing_after_its_steps(town: Town) -> None:
    for who in ("anna", "ben"):
        assert not town.on_anonymous("ended", who=who)
    town.run("keys", "replace", "anonymous", "secret_key", "--keep")
    fallback = (town.data / "anonymous/keys/secret_key.former").read_text().strip()
    assert fallback != (town.data / "anonymous/keys/secret_key").read_text().strip()
    assert "sessions ended" in town.run("sessions", "end", "anonymous")
    for who in ("anna", "ben"):
        assert town.on_anonymous("ended", who=who)
    assert "zyqannaword" in town.on_anonymous("see", who="anna")
    town.run("keys", "forget", "anonymous", "secret_key")
    assert "sessions ended" in town.run("sessions", "end", "named")


def test_a_registrar_whose_signing_key_leaked_signs_its_chain_anew(town: Town) -> None:
    town.pass_days(8)
    town.on_named("duties")
    first_key, pointer = town.public_key(), latest(town)
    assert pointer["number"] == 2
    town.run("keys", "replace", "named", "roll_signing_key")
    assert town.public_key() != first_key
    assert f"2 editions are signed by the key {town.public_key()}" in town.run("roll", "rewrite")
    assert latest(town) == pointer  # addresses stay
    assert town.run("roll", "key").strip() == town.public_key()
    refused = town.try_to_run("edition", "fetch")  # the community still has the old key in its settings
    assert "signature" in refused.stdout + refused.stderr
    town.registrar = f"https://{DIRECTORY} {town.public_key()} {town.data / 'named/rolls'}"
    town.run("edition", "fetch")
    audit = town.try_to_run("roll", "audit", str(town.data / "named/rolls"), "--key", town.public_key())
    assert audit.returncode == 0, audit.stdout + audit.stderr


def test_a_named_side_restored_from_before_the_last_edition_takes_it_up(town: Town, tmp_path: Path) -> None:
    backup = town.back_up("named", tmp_path / "named")
    town.pass_days(8)
    town.on_named("duties")
    lost = latest(town)
    town.destroy("named")
    town.run("restore", "named", str(backup))
    refused = town.try_to_run("roll", "publish")
    assert refused.returncode == 1
    assert "curbside roll adopt" in refused.stderr
    assert f"Adopted edition {lost['number']} ({lost['edition']})" in town.run("roll", "adopt")
    assert "no edition that this database does not know" in town.run("roll", "adopt")
    town.pass_days(8)
    town.on_named("duties")
    next_one = latest(town)
    manifest = json.loads((town.data / f"named/rolls/editions/{next_one['edition']}.json").read_text())
    assert (manifest["number"], manifest["previous"]) == (lost["number"] + 1, lost["edition"])
    town.lose_rolls()
    assert f"{next_one['number']} editions" in town.run("roll", "rewrite")
    assert latest(town) == next_one
    town.run("edition", "fetch")
