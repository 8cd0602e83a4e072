"""The first path, whole: a licence is checked, a proof admits, a case is discussed, a passkey is lost and replaced.

Afterwards no two databases can tell who it was.
"""

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, Installation
from tests.browser.person import Person
from tests.browser.steps import (
    accept_application,
    apply_for,
    become_registrar,
    choose_pseudonym,
    comment,
    follow,
    hand_in_commitment,
    heading,
    make_community_passkey,
    post_case,
    press,
    prove,
    sign_up,
    upload_document,
)
from tests.wall.shared_values import Haul, haul_of, shared

pytestmark = pytest.mark.browser

COSE_HEADS = (bytes.fromhex("a5010203262001215820"), bytes.fromhex("a4010103272006215820"))  # RFC 9053: ES256, EdDSA
STORY = "A man of 54 with chest pain at rest for two hours, relieved by leaning forward. *Troponin* normal twice, diffuse ST elevation."
QUESTION = "Would you still send him to the catheter laboratory?"
ANSWER = "Pericarditis first. Look for PR depression, repeat the echo, and start colchicine."


def real_rows() -> list[list[str]]:
    """The rows of a real NPPES file, where CURBSIDE_REAL_DATA names a folder that has one."""
    folder = os.environ.get("CURBSIDE_REAL_DATA")
    if not folder:
        return []
    with (Path(folder) / "registers" / "us" / "npidata_pfile_sample.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


@pytest.fixture(scope="session")
def register(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A licence to verify: a real row beside the demo's where there is one, else one of the demo's own."""
    rows = real_rows()
    if not rows:
        return {"number": "2000158388", "given": "James", "family": "Marlowe"}
    grown = tmp_path_factory.mktemp("register") / "npidata_pfile.csv"
    grown.write_text((ROOT / "demo" / "registers" / "us-nppes.csv").read_text(encoding="utf-8"), encoding="utf-8")
    with grown.open("a", newline="", encoding="utf-8") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    installation.curbside("register", "import", "us-nppes", str(grown))
    row = next(row for row in rows if row[0] == "1679576722")
    return {"number": row[0], "given": row[6].title(), "family": row[5].title()}


def verified(person: Person, registrar: Person, place: Installation, licence: dict[str, str]) -> None:
    sign_up(person, place)
    apply_for(person, place, **{"register": "us-nppes", **licence})
    upload_document(person)
    accept_application(registrar, place, family=licence["family"])


@pytest.mark.parametrize("width", [1280, 390])
def test_doctor_joins_discusses_loses_the_passkey_and_comes_back(
    installation: Installation, register: dict[str, str], person: Callable[..., Person], width: int
) -> None:
    place, first, second, registrar = installation, person(width), person(width, prf=False, dark=True), person(width)
    own = register if width == 1280 else {"number": "2000237570", "given": "Carlos", "family": "Abara"}
    colleague = {"number": "2000079196" if width == 1280 else "2000316762", "given": "Ruth" if width == 1280 else "Kevin"}
    colleague["family"] = "Navarrete" if width == 1280 else "Quimby"
    become_registrar(registrar, place)

    verified(first, registrar, place, own)
    hand_in_commitment(first, place)
    verified(second, registrar, place, colleague)
    words = hand_in_commitment(second, place, with_passkey=False)

    pseudonym = choose_pseudonym(first, place)
    make_community_passkey(first)
    prove(first, place)
    expect(first.page.locator(".site-who")).to_have_text(f"{pseudonym}, nobody here knows more")
    first.look("community-home")
    case = post_case(first, place, title=f"Chest pain, seen at {width}", story=STORY, question=QUESTION)

    other = choose_pseudonym(second, place, badges=("directory.localhost:us",))
    make_community_passkey(second)
    prove(second, place, words=words)
    assert other != pseudonym
    comment(second, case, ANSWER)
    second.look("community-case-answered")

    first.lose_passkeys("community.localhost")
    first.context.clear_cookies()
    first.page.goto(f"{place.community}/recover/")
    first.look("community-recover")
    press(first.page, "Go on")
    make_community_passkey(first)
    prove(first, place)
    expect(first.page.locator(".site-who")).to_have_text(f"{pseudonym}, nobody here knows more")
    first.page.goto(case)
    expect(first.page.get_by_text(ANSWER)).to_be_visible()

    first.page.goto(f"{place.community}/membership/")
    first.look("community-membership")
    press(first.page, "Sign out")
    follow(first.page, "Sign in")
    first.look("community-sign-in")
    press(first.page, "Sign in with a passkey")
    heading(first.page, "Cases")


def test_second_join_with_the_same_secret_opens_the_same_member(installation: Installation, person: Callable[..., Person]) -> None:
    place, doctor, registrar = installation, person(), person()
    become_registrar(registrar, place)
    verified(doctor, registrar, place, {"register": "gb-gmc", "number": "9905894", "given": "Charlotte", "family": "Birtwhistle"})
    hand_in_commitment(doctor, place)
    pseudonym = choose_pseudonym(doctor, place)
    make_community_passkey(doctor)
    prove(doctor, place)
    press(doctor.page, "Sign out")
    expect(doctor.page.locator(".site-who")).to_have_text("Nobody here knows who you are.")
    doctor.lose_passkeys("directory.localhost")  # Chromium's virtual authenticator has room for three
    choose_pseudonym(doctor, place, pseudonym="a-second-voice")
    make_community_passkey(doctor)
    prove(doctor, place)
    expect(doctor.page.locator(".site-who")).to_have_text(f"{pseudonym}, nobody here knows more")


def hauls(place: Installation) -> tuple[Haul, Haul, Haul]:
    """Both sides' databases as they lie on the disk, and what is public."""
    named = haul_of(databases=[place.data / "named" / "named.sqlite3"])
    anonymous = haul_of(databases=[place.data / "anonymous" / "anonymous.sqlite3", place.data / "anonymous" / "ring.sqlite3"])
    editions = [*(place.data / "named" / "rolls").rglob("*.json")]
    public = haul_of(texts=[*editions, ROOT / "src" / "curbside" / "kit" / "specialties.py"])
    for edition in editions:
        public.add(edition.read_bytes(), "edition")
    for address in (place.directory, place.wallet, place.community):
        public.add_text(address, "the addresses that everybody types")
    public.add_text("curbside.anonymous.membership.backend.PasskeyBackend curbside.named.doctors.backend", "names in the code")
    for head in COSE_HEADS:
        public.add(head, "the same at the head of every passkey's public key")
    return named, anonymous, public


def test_databases_and_logs_share_nothing_after_the_stories(installation: Installation) -> None:
    named, anonymous, public = hauls(installation)
    assert len(named.windows) > 1000
    assert len(anonymous.windows) > 1000
    assert shared(named, anonymous, public=public) == []
    log = haul_of(texts=[installation.log])
    assert shared(log, anonymous, public=public) == []


def test_shared_values_would_catch_a_planted_one(installation: Installation) -> None:
    named, anonymous, public = hauls(installation)
    planted = next(window for window, where in anonymous.windows.items() if "nullifier" in where and window not in public.windows)
    named.add(planted, "planted")
    assert any("planted" in line for line in shared(named, anonymous, public=public))
