"""The wallet's configuration, and where it finds rolls, come from the settings."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from curbside.credential.edition import public_key_text
from curbside.serve import roll_folder
from curbside.wallet import write_configuration

KEY = Ed25519PrivateKey.generate()
OTHER_KEY = Ed25519PrivateKey.generate()


@pytest.fixture
def settings_of_two(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("CURBSIDE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CURBSIDE_COMMUNITY_ORIGIN", "https://community.example.org")
    first = f"https://directory.example.org {public_key_text(KEY.public_key())} /srv/rolls"
    second = f"https://annuaire.example.fr {public_key_text(OTHER_KEY.public_key())} https://annuaire.example.fr/roll"
    monkeypatch.setenv("CURBSIDE_REGISTRARS", f"{first}, {second}")
    return tmp_path


def test_configuration_names_community_and_every_registrar(settings_of_two: Path) -> None:
    written = json.loads(write_configuration().read_text())
    assert written["community"] == {"host": "community.example.org", "origin": "https://community.example.org"}
    assert [registrar["host"] for registrar in written["registrars"]] == ["directory.example.org", "annuaire.example.fr"]
    assert [registrar["rolls"] for registrar in written["registrars"]] == ["/rolls/directory.example.org/", "/rolls/annuaire.example.fr/"]
    key = base64.urlsafe_b64decode(written["registrars"][1]["public_key"] + "=")
    assert key == OTHER_KEY.public_key().public_bytes_raw()


def test_rolls_of_another_host_have_a_folder_of_their_own(settings_of_two: Path) -> None:
    assert roll_folder("directory.example.org", "/srv/rolls") == Path("/srv/rolls")
    assert (
        roll_folder("annuaire.example.fr", "https://annuaire.example.fr/roll")
        == settings_of_two / "wallet" / "rolls" / "annuaire.example.fr"
    )
