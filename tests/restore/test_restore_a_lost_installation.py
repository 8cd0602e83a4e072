import json
from pathlib import Path
from typing import Any

from tests.restore.town import K, Town

WORDS = ("zyqannaword", "zyqbenword", "zyqcleoword", "zyqremarkword")


def latest(town: Town) -> dict[str, Any]:
    pointer = json.loads((town.data / "named/rolls/latest.json").read_text())
    manifest: dict[str, Any] = json.loads((town.data / f"named/rolls/editions/{pointer['edition']}.json").read_text())
    return manifest | {"digest": pointer["edition"]}


def test_a_lost_installation_comes_back_from_its_backups_and_keys(town: Town, tmp_path: Path) -> None:
    first = latest(town)
    files = {store: town.back_up(store, tmp_path / f"backups-{store}") for store in ("named", "anonymous", "ring")}
    town.destroy("named", "anonymous", "ring")
    town.lose_rolls()
    assert "named database is what" in town.run("restore", "named", str(files["named"]))
    assert "0 texts have no key" in town.run("restore", "ring", str(files["ring"]))
    assert "0 texts have no key" in town.run("restore", "anonymous", str(files["anonymous"]))

    seen = town.on_anonymous("see", who="cleo")  # signs in by passkey
    assert [word for word in WORDS if word not in seen] == []
    for doctor in town.doctors[:K]:
        assert "roll" in town.on_named("see", who=doctor.named_handle)

    town.on_named("duties")
    assert latest(town)["digest"] == first["digest"]  # the lost folder is written anew from the database
    town.pass_days(8)
    town.on_named("duties")
    second = latest(town)
    assert (second["number"], second["previous"]) == (2, first["digest"])
    town.on_anonymous("duties", editions=True)
    town.on_anonymous("see", who="anna")  # sessions are in no backup
    town.tell("anna", "zyqafterword")
    assert "zyqafterword" in town.on_anonymous("see", who="ben")


def test_texts_newer_than_the_restored_ring_are_counted_and_read_as_erased(town: Town, tmp_path: Path) -> None:
    town.on_anonymous("see", who="anna")
    ring = town.back_up("ring", tmp_path / "ring")
    town.tell("anna", "zyqnewerword")
    assert "zyqnewerword" in town.on_anonymous("see", who="ben")
    town.destroy("ring")
    answer = town.run("restore", "ring", str(ring))
    assert "1 texts have no key" in answer
    assert "curbside texts settle --yes" in answer
    seen = town.on_anonymous("see", who="ben")
    assert "zyqnewerword" not in seen
    assert [word for word in WORDS if word not in seen] == []
    assert "1 texts are marked as erased" in town.run("texts", "settle", "--yes")
    assert "0 texts have no key" in town.run("texts", "settle")
    seen = town.on_anonymous("see", who="ben")
    assert [word for word in WORDS if word not in seen] == []


def test_texts_restored_from_an_old_backup_stay_erased_where_their_keys_are_gone(town: Town, tmp_path: Path) -> None:
    texts = town.back_up("anonymous", tmp_path / "texts")
    town.on_anonymous("leave", who="anna")
    town.destroy("anonymous")
    assert "4 texts have no key" in town.run("restore", "anonymous", str(texts))  # hers, her box of notifications and her shelf
    seen = town.on_anonymous("see", who="ben")
    assert "zyqannaword" not in seen
    assert "zyqbenword" in seen
