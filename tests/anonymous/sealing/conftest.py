"""A SoftHSM token of the tests' own. The library reads its configuration once a process, so there is one for all tests."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pkcs11
import pytest
from django.conf import LazySettings

PIN = "4711"
PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so", "/opt/homebrew/lib/softhsm/libsofthsm2.so")


def init_token(label: str) -> None:
    command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "12345678", "--pin", PIN]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="session")
def module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """SoftHSM's library, with two tokens: one called curbside, one called other."""
    found = [place for place in PLACES if Path(place).is_file()]
    if not found or shutil.which("softhsm2-util") is None:
        pytest.fail("SoftHSM was not found. Install it (Debian: apt-get install softhsm2).")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    init_token("curbside")
    init_token("other")
    yield found[0]
    pkcs11.unload(found[0])


@pytest.fixture
def token(module: str, settings: LazySettings, tmp_path: Path) -> Iterator[str]:
    """The setting of an empty token, whose PIN lies in a file."""
    settings.KEY_SERVICE = [f"pkcs11:{module}?token=curbside"]
    settings.KEY_PIN = ""
    settings.KEY_PIN_FILE = tmp_path / "token_pin"
    settings.KEY_PIN_FILE.write_text(PIN + "\n")
    yield settings.KEY_SERVICE[0]
    settings.KEY_PIN_FILE.write_text(PIN + "\n")
    empty_token(module)


def empty_token(module: str) -> None:
    """Destroy all that a test made in the token, in whichever session is open."""
    from curbside.anonymous.sealing.key_service_pkcs11 import KeyToken

    KeyToken(module=module, label="curbside")._do(lambda opened: None)
    for slot in pkcs11.lib(module).get_slots(token_present=True):
        if slot.get_token().label == "curbside":
            with slot.get_token().open(rw=True) as session:
                for key in list(session.get_objects()):
                    key.destroy()
