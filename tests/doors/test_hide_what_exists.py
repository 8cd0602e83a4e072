"""Somebody else's thing and a thing that never was: the same answer, of the same length, after the same queries."""

import json
import re

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.doors.conftest import DOORS, SIDE, address_of, side
from tests.doors.places import Cast, browser, browser_of, new_passkey, patterns

pytestmark = pytest.mark.django_db(databases="__all__")
PRIVATE = [name for name, door in DOORS.items() if door.private]
OWN_HEADERS = {"Content-Length", "Set-Cookie"}


def answer(client: Client, method: str, address: str, form: dict[str, object]) -> tuple[int, dict[str, str], str, list[str]]:
    """All that an observer can tell of an answer, without the tokens that every answer makes anew."""
    with CaptureQueriesContext(connections["default"]) as queries:
        response = client.get(address) if method == "GET" else client.post(address, form)
    body = response.content.decode().replace(address, "ADDRESS")
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)
    asked = [re.sub(r"\b\d{3,}\b|'[^']*'", "?", query["sql"]) for query in queries.captured_queries]
    return response.status_code, dict(response.headers), body, asked


@pytest.mark.parametrize("name", PRIVATE)
def test_anothers_is_the_same_as_none(name: str, cast: Cast) -> None:
    client, door = browser_of(cast.outsider()), DOORS[name]
    theirs, absent = address_of(name, cast.arguments(name)), address_of(name, cast.absent(name))  # type: ignore[attr-defined] # both casts have it
    assert len(theirs) == len(absent)
    for method in door.methods.split():
        there, nowhere = (answer(client, method, address, door.form) for address in (theirs, absent))
        assert there == nowhere
        assert there[0] == 404


@pytest.mark.parametrize("name", PRIVATE)
def test_the_owner_or_registrar_is_let_in_by_the_same_address(name: str, cast: Cast) -> None:
    """Otherwise the test above would hold for an address that leads nowhere."""
    client, door = browser_of(cast.insider()), DOORS[name]
    response = client.generic(door.methods.split()[0], address_of(name, cast.arguments(name)))
    assert response.status_code not in {404, 403}


def test_an_unknown_passkey_and_a_wrong_signature_get_the_same_answer(cast: Cast) -> None:
    known, unknown = new_passkey(), new_passkey()
    side.keep_passkey(cast.insider(), known)
    liar = new_passkey()
    liar._id = known.credential_id
    answers = []
    for passkey in (liar, unknown):
        client = browser()
        options = client.post("/sign-in/options/", "{}", content_type="application/json").json()
        response = client.post("/sign-in/finish/", json.dumps({"passkey": passkey.get(options)}), content_type="application/json")
        answers.append((response.status_code, response.content))
    assert answers[0] == answers[1]


@pytest.mark.skipif(SIDE != "anonymous", reason="there are no pseudonyms on the named side")
class TestPseudonyms:
    """The check must tell which are taken: it costs as much either way, and few may be asked."""

    def test_a_taken_one_costs_as_many_queries_as_a_free_one(self, cast: Cast) -> None:
        counts = []
        for pseudonym in ("quiet-heron-41", "quiet-heron-42"):
            with CaptureQueriesContext(connection) as queries:
                browser().post("/join/check/", {"pseudonym": pseudonym})
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_nobody_lists_them_all(self, cast: Cast) -> None:
        statuses = [browser().post("/join/check/", {"pseudonym": f"quiet-heron-{number}"}).status_code for number in range(100)]
        assert statuses == [200] * 90 + [429] * 10

    def test_asking_by_another_form_counts_as_well(self, cast: Cast) -> None:
        statuses = [browser().post("/join/", {"pseudonym": f"quiet-heron-{number}"}).status_code for number in range(45)]
        statuses += [browser().get("/join/pseudonyms/").status_code for _time in range(46)]
        assert statuses[-1] == 429

    def test_no_address_lists_a_members_posts_to_others(self, cast: Cast) -> None:
        pages = [name for name in DOORS if name.startswith("cases:list_")]
        for name in pages:
            assert b"A title" not in browser_of(cast.outsider()).get(address_of(name, {})).content


@pytest.mark.skipif(SIDE != "anonymous", reason="there are no pseudonyms on the named side")
@pytest.mark.parametrize("name", [name for name, pattern in patterns() if "pseudonym" in pattern.pattern.converters])
def test_no_address_names_pseudonyms_without_a_limit(name: str, cast: Cast) -> None:
    client, door = browser_of(cast.outsider()), DOORS[name]
    addresses = [address_of(name, {"pseudonym": f"quiet-heron-{number}"}) for number in range(121)]
    method = door.methods.split()[0]
    statuses = [client.generic(method, address, "{}", content_type="application/json").status_code for address in addresses]
    assert statuses[-1] == 429
    assert set(statuses) <= {200, 302, 400, 404, 429}
