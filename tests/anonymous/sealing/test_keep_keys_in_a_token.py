import os
import subprocess
import sys
import threading
from io import StringIO
from pathlib import Path

import pkcs11
import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from curbside.anonymous.sealing import key_service_pkcs11
from curbside.anonymous.sealing.actions import seal_text, seal_texts
from curbside.anonymous.sealing.cipher import Unreadable, fresh_key
from curbside.anonymous.sealing.key_service import KeyService, OperatorKeyMissing, WrappedKey
from curbside.anonymous.sealing.key_service_pkcs11 import TokenUnreachable
from curbside.anonymous.sealing.key_services import key_service
from curbside.anonymous.sealing.models import RingKey
from curbside.anonymous.sealing.queries import read_text, read_texts
from curbside.anonymous.sealing.secrecy import KeyId, OperatorKeyId
from tests.anonymous.sealing.conftest import PIN


@pytest.fixture
def service(token: str) -> KeyService:
    made = key_service()
    assert made.add_key() == "token-1"
    return made


def fifty_one(service: KeyService) -> list[WrappedKey]:
    return service.wrap({KeyId(number): fresh_key() for number in range(1, 52)})


def test_what_the_token_wraps_it_unwraps(service: KeyService) -> None:
    keys = {KeyId(1): fresh_key(), KeyId(2): fresh_key()}
    wrapped = service.wrap(keys)
    assert {row.operator_key for row in wrapped} == {"token-1"}
    assert all(keys[row.key_id].secret not in row.data for row in wrapped)
    assert {key_id: key.secret for key_id, key in service.unwrap(wrapped).items()} == {key_id: key.secret for key_id, key in keys.items()}


def test_a_wrapped_key_moved_to_another_id_does_not_open_and_the_session_goes_on(service: KeyService) -> None:
    (row,) = service.wrap({KeyId(1): fresh_key()})
    another = bytes([row.data[-1] ^ 1])
    for key_id, data in ((KeyId(2), row.data), (row.key_id, row.data[:-1] + another), (row.key_id, b"")):
        with pytest.raises(Unreadable):
            service.unwrap([WrappedKey(key_id, row.operator_key, data)])
    assert len(service.unwrap([row])) == 1


def test_the_operators_key_cannot_leave_the_token(service: KeyService, module: str) -> None:
    service.current_key()
    ((_place, opened),) = key_service_pkcs11._process.sessions.items()
    (key,) = opened.keys.values()
    assert key[pkcs11.Attribute.EXTRACTABLE] is False
    assert key[pkcs11.Attribute.SENSITIVE] is True
    with pytest.raises(pkcs11.AttributeSensitive):
        key[pkcs11.Attribute.VALUE]


def test_a_missing_module_token_pin_or_key_is_named(token: str, module: str, settings: LazySettings) -> None:
    settings.KEY_SERVICE = ["pkcs11:/nowhere/module.so?token=curbside"]
    with pytest.raises(ImproperlyConfigured, match="no PKCS#11 module at /nowhere/"):
        key_service().current_key()
    settings.KEY_SERVICE = [f"pkcs11:{module}?token=nobody"]
    with pytest.raises(ImproperlyConfigured, match="no token with the label 'nobody'"):
        key_service().current_key()
    settings.KEY_SERVICE = [token]
    with pytest.raises(ImproperlyConfigured, match="curbside keys rotate"):
        key_service().current_key()


def test_a_library_that_is_no_module_is_named(settings: LazySettings, tmp_path: Path) -> None:
    (tmp_path / "module.so").write_text("nothing")
    settings.KEY_SERVICE = [f"pkcs11:{tmp_path / 'module.so'}?token=curbside"]
    with pytest.raises(ImproperlyConfigured, match="could not be loaded"):
        key_service().current_key()


@pytest.mark.parametrize("place", ["", "vault:x", "pkcs11:module.so?token=a", "pkcs11:/module.so", "pkcs11:/module.so?token=a&token=b"])
def test_a_setting_that_names_no_service_is_refused(settings: LazySettings, place: str) -> None:
    settings.KEY_SERVICE = [place] if place else []
    with pytest.raises(ImproperlyConfigured, match="CURBSIDE_KEY_SERVICE"):
        key_service()


AS_ANOTHER_PROCESS = """
import django
django.setup()
from curbside.anonymous.sealing.key_services import key_service
print({expression})
"""


def elsewhere(token: str, expression: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "curbside.anonymous.settings", "CURBSIDE_KEY_SERVICE": token} | more
    code = AS_ANOTHER_PROCESS.format(expression=expression)
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)


def test_a_wrong_or_missing_pin_is_said_and_not_shown(service: KeyService, token: str, tmp_path: Path) -> None:
    wrong = elsewhere(token, "key_service().current_key()", CURBSIDE_KEY_PIN="9753")
    assert "The PIN of the token 'curbside' is wrong" in wrong.stderr
    assert "9753" not in wrong.stderr
    missing = elsewhere(token, "key_service().current_key()", CURBSIDE_KEY_PIN_FILE=str(tmp_path / "absent"))
    assert f"Write the token's PIN into {tmp_path / 'absent'}" in missing.stderr
    (tmp_path / "empty").write_text("\n")
    assert "is empty" in elsewhere(token, "key_service().current_key()", CURBSIDE_KEY_PIN_FILE=str(tmp_path / "empty")).stderr


def test_a_running_process_notices_a_key_made_by_another(service: KeyService, token: str) -> None:
    (old,) = service.wrap({KeyId(1): fresh_key()})
    assert elsewhere(token, "key_service().add_key()", CURBSIDE_KEY_PIN=PIN).stdout.strip() == "token-2"
    assert service.current_key() == "token-2"
    (new,) = service.wrap({KeyId(2): fresh_key()})
    assert (old.operator_key, new.operator_key) == ("token-1", "token-2")
    assert len(service.unwrap([old, new])) == 2


def test_a_key_that_the_token_lacks_is_named(service: KeyService) -> None:
    with pytest.raises(OperatorKeyMissing, match="token-9"):
        service.unwrap([WrappedKey(KeyId(1), OperatorKeyId("token-9"), b"")])
    with pytest.raises(OperatorKeyMissing, match="token-9"):
        service.remove_key(OperatorKeyId("token-9"))


def test_threads_share_the_token(service: KeyService) -> None:
    wrapped, failures = fifty_one(service), []

    def read() -> None:
        try:
            for _ in range(10):
                assert len(service.unwrap(wrapped)) == 51
        except BaseException as error:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_forked_child_and_its_parent_both_go_on(service: KeyService) -> None:
    wrapped = fifty_one(service)
    child = os.fork()
    if child == 0:
        # The child ends here whatever happens, so that it never runs the parent's tests.
        os._exit(0 if len(service.unwrap(wrapped)) == 51 else 1)
    assert len(service.unwrap(wrapped)) == 51
    assert os.waitpid(child, 0)[1] == 0
    assert len(service.unwrap(wrapped)) == 51


def test_a_session_that_died_is_opened_again(service: KeyService) -> None:
    wrapped = fifty_one(service)
    ((_place, opened),) = key_service_pkcs11._process.sessions.items()
    opened.session.close()
    assert len(service.unwrap(wrapped)) == 51


def test_a_token_that_does_not_answer_says_to_try_again(service: KeyService, monkeypatch: pytest.MonkeyPatch) -> None:
    def removed(_opened: object) -> list[OperatorKeyId]:
        raise pkcs11.DeviceRemoved

    monkeypatch.setattr(key_service_pkcs11, "_list_keys", removed)
    with pytest.raises(TokenUnreachable, match="Try again in a minute"):
        service.current_key()


@pytest.mark.django_db(databases=["default", "ring"])
def test_texts_are_written_and_read_through_the_token(service: KeyService) -> None:
    text_id = seal_text(document={"text": "lesson"})
    assert RingKey.objects.get(text_id=text_id).operator_key == "token-1"
    assert read_text(text_id).text("text") == "lesson"
    call_command("rotate_keys", stdout=StringIO())
    assert RingKey.objects.get(text_id=text_id).operator_key == "token-2"
    call_command("retire_key", "token-1", stdout=StringIO())
    assert service.key_ids() == ["token-2"]
    assert read_text(text_id).text("text") == "lesson"


@pytest.mark.django_db(databases=["default", "ring"])
def test_keys_move_from_a_file_into_a_token_and_back(token: str, settings: LazySettings, key_file: Path) -> None:
    settings.KEY_SERVICE = ["file"]
    text_ids = seal_texts(documents=[{"text": "a"}, {"text": "b"}])
    settings.KEY_SERVICE = [token, "file"]
    call_command("rotate_keys", stdout=StringIO())
    text_ids += seal_texts(documents=[{"text": "c"}])
    assert set(RingKey.objects.values_list("operator_key", flat=True)) == {"token-1"}
    settings.KEY_SERVICE = [token]
    assert {document.text("text") for document in read_texts(text_ids).values()} == set("abc")
    settings.KEY_SERVICE = ["file", token]
    service = key_service()
    assert service.key_ids() == ["token-1", "1"]
    call_command("rotate_keys", finish=True, stdout=StringIO())
    call_command("retire_key", "token-1", stdout=StringIO())
    with pytest.raises(OperatorKeyMissing):
        service.remove_key(OperatorKeyId("token-1"))
    settings.KEY_SERVICE = ["file"]
    assert {document.text("text") for document in read_texts(text_ids).values()} == set("abc")


@pytest.mark.django_db(databases=["default", "ring"])
def test_running_processes_read_on_through_every_step_of_a_move(token: str, settings: LazySettings, key_file: Path) -> None:
    """The steps of docs/keys.md: what processes run with, and with what the operator's commands run meanwhile."""

    def at(places: list[str], *command: str, **options: object) -> None:
        settings.KEY_SERVICE = places
        call_command(*command, **options, stdout=StringIO())

    settings.KEY_SERVICE = ["file"]
    text_ids = seal_texts(documents=[{"text": "a"}, {"text": "b"}])

    def all_read_with(*places: str) -> bool:
        settings.KEY_SERVICE = list(places)
        text_ids.extend(seal_texts(documents=[{"text": "c"}]))
        return {document.text("text") for document in read_texts(text_ids).values()} == set("abc")

    assert all_read_with("file", token)  # the token is empty yet
    at([token, "file"], "rotate_keys")
    assert all_read_with("file", token)
    assert all_read_with(token, "file")
    at([token, "file"], "rotate_keys", finish=True)
    at([token, "file"], "retire_key", "1")
    assert key_file.read_text() == ""
    assert all_read_with(token, "file")
    assert all_read_with(token)
