import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from curbside.named.doctors.models import Doctor, Licence
from curbside.named.registers.models import Standing
from curbside.named.verification.models import Application
from curbside.named.verification.views import applicant as views
from tests.named.verification.conftest import Cast, MakeApplication, MakeEntry, MakeVerified, signed_in, words

CLAIM = {"register": "gb-gmc", "number": "7000001", "given_names": "Ana María", "family_name": "Ruiz"}


@pytest.fixture
def newcomer(db: None) -> Client:
    return signed_in(Doctor.objects.create())


def test_newcomer_is_told_the_first_step(newcomer: Client) -> None:
    assert "Verify your licence" in words(newcomer.get("/verification/").content)


def test_name_matches_without_accents_case_and_order(newcomer: Client, make_entry: MakeEntry) -> None:
    make_entry("7000001")
    answer = newcomer.post("/verification/apply/", CLAIM | {"number": " 700 0001", "given_names": "ANA MARIA", "family_name": "ruiz"})
    assert answer.headers["Location"] == "/verification/"
    application = Application.objects.get()
    assert (application.number, application.state, application.control) == ("7000001", "open", "")


def test_wrong_number_is_told_before_any_look_up(newcomer: Client) -> None:
    answer = newcomer.post("/verification/apply/", CLAIM | {"number": "12"})
    assert answer.status_code == 400
    assert 'value="12"' in answer.content.decode(), "what was typed is kept"
    assert 'id="id_number_error"' in answer.content.decode()


def test_number_that_the_register_lacks_is_refused(newcomer: Client, make_entry: MakeEntry) -> None:
    answer = newcomer.post("/verification/apply/", CLAIM)
    assert answer.status_code == 400
    assert "No entry was found" in words(answer.content)


@pytest.mark.parametrize("standing", [s for s in Standing.values if s != Standing.IN_FORCE])
def test_standing_other_than_in_force_is_refused_with_a_next_step(newcomer: Client, make_entry: MakeEntry, standing: str) -> None:
    make_entry("7000001", standing=standing)
    answer = newcomer.post("/verification/apply/", CLAIM)
    assert answer.status_code == 400
    assert not Application.objects.exists()


def test_other_name_is_refused(newcomer: Client, make_entry: MakeEntry) -> None:
    make_entry("7000001")
    answer = newcomer.post("/verification/apply/", CLAIM | {"family_name": "Gómez"})
    assert "The name does not agree" in words(answer.content)


def _without_ids(content: bytes) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", content.decode())


def test_taken_licence_gives_the_same_answers_with_the_same_queries(make_entry: MakeEntry, make_verified: MakeVerified) -> None:

    make_entry("7000001")
    pages, queries = [], []
    for taken in (False, True):
        if taken:
            Application.objects.all().delete()
            make_verified("7000001", "Ana María", "Ruiz")
        client = signed_in(Doctor.objects.create())
        with CaptureQueriesContext(connection) as captured:
            answer = client.post("/verification/apply/", CLAIM)
            page = client.get("/verification/")
        pages.append((answer.status_code, answer.headers["Location"], _without_ids(page.content)))
        queries.append([re.sub(r"s?\d{5,}(_x\d+)?", "N", q["sql"]).split(" WHERE ")[0].split(" VALUES ")[0] for q in captured])
    assert pages[0] == pages[1]
    assert queries[0] == queries[1]


def test_second_application_at_a_time_is_refused(cast: Cast) -> None:
    assert cast.applicant.post("/verification/apply/", CLAIM).status_code == 409
    assert Application.objects.count() == 1


def test_verified_doctor_applies_no_more(cast: Cast, make_entry: MakeEntry) -> None:
    assert cast.verified.post("/verification/apply/", CLAIM).status_code == 409


def test_look_ups_are_limited(newcomer: Client, make_entry: MakeEntry) -> None:
    for _ in range(views.LOOKUP_LIMIT.times):
        assert newcomer.post("/verification/apply/", CLAIM | {"family_name": "Gómez"}).status_code == 400
    assert newcomer.post("/verification/apply/", CLAIM).status_code == 429


def test_refused_doctor_reads_the_reason_and_can_apply_again(make_application: MakeApplication) -> None:
    application = make_application(state=Application.State.REFUSED, reason="The picture was dark.")
    client = signed_in(application.doctor)
    assert "The picture was dark." in words(client.get("/verification/").content)
    assert client.post("/verification/apply/", CLAIM).status_code == 302


def test_verified_doctor_is_led_to_the_roll(cast: Cast) -> None:
    page = cast.verified.get("/verification/")
    assert "/roll/wallet/" in page.content.decode()


def test_application_and_its_evidence_go_on_withdrawal(cast: Cast) -> None:
    assert "Withdraw" in words(cast.applicant.get("/verification/withdraw/").content)
    cast.applicant.post("/verification/withdraw/")
    assert not Application.objects.exists()
    assert not Licence.objects.filter(number="7000001").exists()
