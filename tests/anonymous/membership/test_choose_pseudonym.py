import re
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from curbside.anonymous.membership.models import Member
from curbside.anonymous.membership.pseudonyms import _WORDS, check_pseudonym, normal_form, skeleton, suggestion
from curbside.anonymous.membership.queries import free_suggestions
from curbside.kit.clock import today

ALLOWED = [
    chr(code)
    for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x180))
    if chr(code) not in "\u00d7\u00f7\u0149\u0138"
]


@pytest.fixture
def heron(db: None) -> Member:
    return Member.objects.create(pseudonym="quiet-heron-41", skeleton=skeleton("quiet-heron-41"), nullifier=bytes(32), term_ends_on=today())


@pytest.mark.parametrize("pseudonym", ["quiet-heron-41", "Otter", "a1b", "Zoë-7", "drake", "Profound-Owl", "doctrine"])
def test_these_may_be_taken(pseudonym: str) -> None:
    check_pseudonym(pseudonym)


@pytest.mark.parametrize(
    "pseudonym",
    [
        "ab",
        "a" * 25,
        "123",
        "quiet heron",
        "quiet--heron",
        "-heron",
        "heron-",
        "heron_1",
        "her.on",
        "heron\u200b1",
        "heron\n",
        "хирург",
        "a\u00d7b",
        "\u0149ab",
    ],
)
def test_these_break_the_rules(pseudonym: str) -> None:
    with pytest.raises(ValidationError):
        check_pseudonym(pseudonym)


@pytest.mark.parametrize(
    "pseudonym",
    [
        "Dr-Heron",
        "DrHeron",
        "dr-heron",
        "heron-MD",
        "Prof-Owl",
        "Médecin-7",
        "admin",
        "Adm1n-2",
        "the-moderator",
        "m0derator",
        "Curbs1de",
        "staff-3",
        "Mod",
    ],
)
def test_titles_and_offices_are_refused(pseudonym: str) -> None:
    with pytest.raises(ValidationError):
        check_pseudonym(pseudonym)


@pytest.mark.parametrize(
    "pseudonym",
    ["Quiet-Heron-41", "quiet-heron-4l", "quietheron41", "qu1et-her0n-41", "quíet-heron-41", "\uff51uiet-heron-41", "qu\u0131et-heron-4I"],
)
def test_nobody_passes_for_another(heron: Member, client: Client, pseudonym: str) -> None:
    response = client.post("/join/check/", {"pseudonym": pseudonym})
    assert "is taken" in response.content.decode()
    page = client.post("/join/", {"pseudonym": pseudonym})
    assert page.status_code == 200
    assert "is taken" in page.content.decode()


def test_rn_looks_like_m() -> None:
    assert skeleton("modern-newt") == skeleton("modem-newt")


def test_every_letter_that_is_allowed_has_a_plain_skeleton() -> None:
    for letter in ALLOWED:
        assert re.fullmatch(r"[a-z0-9]+", skeleton(letter)), f"{letter} {unicodedata.name(letter)}"


def test_different_numbers_do_not_look_alike() -> None:
    assert len({skeleton(f"heron-{number}") for number in range(1000)}) == 1000


def test_a_compatibility_form_is_kept_as_what_it_stands_for() -> None:
    assert normal_form(" \uff48eron ") == "heron"


def test_all_suggestions_follow_the_rules() -> None:
    longest = max(map(len, _WORDS["adjectives"])) + max(map(len, _WORDS["animals"])) + 4
    assert longest <= 24
    for text in (suggestion() for _ in range(300)):
        check_pseudonym(text)
    for word in (*_WORDS["adjectives"], *_WORDS["animals"]):
        check_pseudonym(f"{word}-41")


def test_suggestions_are_free_and_others_can_be_had(heron: Member, client: Client) -> None:
    assert len(free_suggestions(5)) == 5
    first, second = (re.findall(r'data-pseudonym="([^"]+)"', client.get("/join/pseudonyms/").content.decode()) for _ in range(2))
    assert len(first) == len(second) == 5
    assert first != second


def test_a_free_pseudonym_is_said_to_be_free(heron: Member, client: Client) -> None:
    assert "brave-otter-12 is free" in client.post("/join/check/", {"pseudonym": "brave-otter-12"}).content.decode()


def test_the_check_names_a_broken_rule(client: Client, db: None) -> None:
    assert "3 to 24 characters" in client.post("/join/check/", {"pseudonym": "ab"}).content.decode()


def test_the_check_is_limited_so_that_nobody_lists_all_pseudonyms(client: Client, db: None) -> None:
    answers = [client.post("/join/check/", {"pseudonym": "brave-otter-12"}).status_code for _ in range(91)]
    assert answers[:90] == [200] * 90
    assert answers[90] == 429


def test_the_check_is_posted_so_that_no_address_holds_a_pseudonym(client: Client, db: None) -> None:
    assert client.get("/join/check/?pseudonym=heron").status_code == 405
