import stat
import threading
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connections

from curbside.anonymous.sealing import actions, queries
from curbside.anonymous.sealing.actions import retire_key, rotate_keys, seal_text, seal_texts, sweep_keys
from curbside.anonymous.sealing.cipher import fresh_key
from curbside.anonymous.sealing.key_service import OperatorKeyMissing, WrappedKey
from curbside.anonymous.sealing.key_service_file import KeyFile
from curbside.anonymous.sealing.models import RingKey, SealedText
from curbside.anonymous.sealing.queries import read_text, read_texts
from curbside.anonymous.sealing.secrecy import KeyId, OperatorKeyId, TextKey
from curbside.kit.clock import today

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
LONG_AGO = date(2020, 1, 1)


def test_rotation_makes_a_new_key_current_and_wraps_every_text_under_it(key_file: Path) -> None:
    text_id = seal_text(document={"text": "before"})
    output = StringIO()
    call_command("rotate_keys", stdout=output)
    assert [line.split()[0] for line in key_file.read_text().splitlines()] == ["1", "2"]
    assert RingKey.objects.get(text_id=text_id).operator_key == "2"
    assert read_text(text_id).text("text") == "before"
    assert "under the operator's key 2; 1 were changed" in output.getvalue()


def test_after_a_rotation_the_old_key_is_needed_no_more(key_file: Path) -> None:
    text_id = seal_text(document={"text": "before"})
    call_command("rotate_keys", stdout=StringIO())
    key_file.write_text(key_file.read_text().splitlines()[1] + "\n")
    assert read_text(text_id).text("text") == "before"


def test_a_rotation_broken_off_is_finished_without_another_key(monkeypatch: pytest.MonkeyPatch, key_file: Path) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    text_ids = seal_texts(documents=[{"text": str(number)} for number in range(5)])
    service = KeyFile()
    service.add_key()
    assert next(rotate_keys(service=service)) == 2
    assert {document.text("text") for document in read_texts(text_ids).values()} == set("01234")
    call_command("rotate_keys", finish=True, stdout=StringIO())
    assert set(RingKey.objects.values_list("operator_key", flat=True)) == {"2"}
    assert len(key_file.read_text().splitlines()) == 2


def test_a_key_erased_during_a_rotation_does_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    text_id = seal_text(document={"text": "before"})
    service = KeyFile()
    service.add_key()
    unwrap = KeyFile.unwrap

    def erase_meanwhile(self: KeyFile, wrapped: list[WrappedKey]) -> object:
        RingKey.objects.filter(text_id=text_id).delete()
        return unwrap(self, wrapped)

    monkeypatch.setattr(KeyFile, "unwrap", erase_meanwhile)
    list(rotate_keys(service=service))
    assert not RingKey.objects.exists()


def test_the_key_file_stays_readable_by_its_owner_only(key_file: Path) -> None:
    KeyFile().add_key()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert [file.name for file in key_file.parent.iterdir() if "operator_keys" in file.name] == ["operator_keys"]


@pytest.mark.parametrize(
    "content", ["", "1\n", "1 short\n", f"1 {'A' * 44}\n", f"1 {'A' * 43}\n1 {'A' * 43}\n", f"a b {'A' * 43}\n"], ids=range(6)
)
def test_a_broken_key_file_is_refused(key_file: Path, content: str) -> None:
    key_file.write_text(content)
    with pytest.raises(ImproperlyConfigured):
        KeyFile().current_key()


def test_a_missing_key_file_says_what_to_do(key_file: Path) -> None:
    key_file.unlink()
    with pytest.raises(ImproperlyConfigured, match="curbside keys make"):
        KeyFile().current_key()


def test_a_key_that_the_service_lacks_is_named() -> None:
    with pytest.raises(OperatorKeyMissing, match="old"):
        KeyFile().unwrap([WrappedKey(KeyId(1), OperatorKeyId("old"), b"")])


def test_nothing_secret_stands_in_a_repr() -> None:
    key = fresh_key()
    assert key.secret.hex() not in repr(key)
    assert repr(key) == "(sealed)"
    assert repr(KeyFile()) == "KeyFile()"


def test_a_writer_that_wrapped_just_before_a_rotation_stores_its_key_under_the_new_one(
    monkeypatch: pytest.MonkeyPatch, key_file: Path
) -> None:
    """The rotation adds its key and looks through the whole ring between this writer's wrapping and its row."""
    wrap, rotated = KeyFile.wrap, []

    def rotate_right_after(self: KeyFile, keys: Mapping[KeyId, TextKey]) -> list[WrappedKey]:
        wrapped = wrap(self, keys)
        if not rotated:
            rotated.append(True)
            call_command("rotate_keys", stdout=StringIO())
            retire_key(operator_key=OperatorKeyId("1"), service=KeyFile())
        return wrapped

    monkeypatch.setattr(KeyFile, "wrap", rotate_right_after)
    text_id = seal_text(document={"text": "meanwhile"})
    assert RingKey.objects.get(text_id=text_id).operator_key == "2"
    assert read_text(text_id).text("text") == "meanwhile"


def test_a_reader_that_looked_just_before_a_key_was_retired_looks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text_id = seal_text(document={"text": "before"})
    unwrap, calls = KeyFile.unwrap, []

    def rotate_right_before(self: KeyFile, wrapped: Sequence[WrappedKey]) -> dict[KeyId, TextKey]:
        calls.append([row.operator_key for row in wrapped])
        if len(calls) == 1:
            call_command("rotate_keys", stdout=StringIO())
            retire_key(operator_key=OperatorKeyId("1"), service=KeyFile())
        return unwrap(self, wrapped)

    monkeypatch.setattr(KeyFile, "unwrap", rotate_right_before)
    assert read_text(text_id).text("text") == "before"
    assert calls[0] == ["1"]
    assert calls[-1] == ["2"]


def test_a_key_is_retired_only_when_it_is_not_current_and_wraps_nothing(key_file: Path) -> None:
    seal_text(document={"text": "before"})
    service = KeyFile()
    with pytest.raises(CommandError, match="is the current key"):
        call_command("retire_key", "1")
    service.add_key()
    with pytest.raises(CommandError, match="still wraps the keys of 1 texts"):
        call_command("retire_key", "1")
    list(rotate_keys(service=service))
    output = StringIO()
    call_command("retire_key", stdout=output)
    assert output.getvalue().splitlines() == ["1: wraps the keys of 0 texts", "2: current, wraps the keys of 1 texts"]
    call_command("retire_key", "1", stdout=StringIO())
    assert [line.split()[0] for line in key_file.read_text().splitlines()] == ["2"]
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="no operator's key 1"):
        call_command("retire_key", "1")


def test_two_rotations_at_once_lose_neither_key(key_file: Path) -> None:
    """A key that wraps must never drop out of the file."""
    threads = [threading.Thread(target=KeyFile().add_key) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert KeyFile().key_ids() == [str(number) for number in range(1, 10)]


def test_the_sweep_removes_old_keys_that_no_text_names_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "BATCH", 2)
    named, orphaned, fresh_orphan = seal_texts(documents=[{}, {}, {}])
    SealedText.objects.filter(pk__in=[orphaned, fresh_orphan]).delete()
    RingKey.objects.exclude(text_id=fresh_orphan).update(made_on=LONG_AGO)
    RingKey.objects.filter(text_id=fresh_orphan).update(made_on=today() - timedelta(days=1))
    assert sweep_keys() == 1
    assert set(RingKey.objects.values_list("text_id", flat=True)) == {named, fresh_orphan}
    output = StringIO()
    call_command("sweep_keys", stdout=output)
    assert output.getvalue() == ""


def test_the_sweep_refuses_to_empty_the_ring_of_a_site_whose_texts_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts restored later would find their keys gone."""
    monkeypatch.setattr(actions, "FEW_KEYS", 2)
    text_ids = seal_texts(documents=[{"text": str(number)} for number in range(4)])
    rows = list(SealedText.objects.all())
    SealedText.objects.all().delete()
    RingKey.objects.update(made_on=LONG_AGO)
    with pytest.raises(CommandError, match="4 keys have no text"):
        call_command("sweep_keys")
    SealedText.objects.bulk_create(rows)
    assert {document.text("text") for document in read_texts(text_ids).values()} == set("0123")


def test_settling_says_first_and_marks_and_removes_only_when_told() -> None:
    kept, keyless, textless = seal_texts(documents=[{"text": "kept"}, {"text": "keyless"}, {"text": "textless"}])
    RingKey.objects.filter(text_id=keyless).delete()
    SealedText.objects.filter(pk=textless).delete()
    RingKey.objects.update(made_on=LONG_AGO)
    output = StringIO()
    call_command("settle_texts", stdout=output)
    assert "1 texts have no key" in output.getvalue()
    assert "1 keys have no text" in output.getvalue()
    assert read_text(keyless).erased
    assert SealedText.objects.get(pk=keyless).key_id is not None
    assert RingKey.objects.filter(text_id=textless).exists()
    call_command("settle_texts", yes=True, stdout=StringIO())
    assert SealedText.objects.get(pk=keyless).key_id is None
    assert set(RingKey.objects.values_list("text_id", flat=True)) == {kept}
    assert read_text(kept).text("text") == "kept"


def test_the_ring_lives_in_a_database_of_its_own() -> None:
    tables = {name: set(connections[name].introspection.table_names()) for name in ("default", "ring")}
    assert "sealing_ringkey" in tables["ring"]
    assert "sealing_ringkey" not in tables["default"]
    assert tables["ring"] <= {"sealing_ringkey", "django_migrations"}
