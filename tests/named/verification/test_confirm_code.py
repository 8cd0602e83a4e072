import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from curbside.kit.clock import now
from curbside.kit.ids import public_id
from curbside.named.doctors.models import Licence
from curbside.named.verification.models import AddressCode, Application, Decision
from tests.named.verification.conftest import Cast, MakeVerified, words

ADDRESS = "ana.ruiz@hospital.example"


@pytest.fixture(autouse=True)
def commits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's transaction never commits: run what waits for it at once."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda run: run())


def ask(client: Client, address: str = ADDRESS) -> str:
    assert client.post("/verification/code/send/", {"address": address}).status_code == 302
    found = re.match(r"[0-9]{8}", str(mail.outbox[-1].body))
    assert found is not None
    return found[0]


def answer(client: Client, code: str) -> int:
    return client.post("/verification/code/confirm/", {"code": code}).status_code


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08d}"


def test_right_code_to_an_address_with_the_name_decides_by_itself(cast: Cast) -> None:
    assert answer(cast.applicant, ask(cast.applicant)) == 302
    licence = Licence.objects.get(number="7000001")
    assert (licence.doctor, licence.country, licence.specialties) == (cast.application.doctor, "gb", ["cardiology"])
    decision = Decision.objects.get()
    assert (decision.kind, decision.by) == ("accepted", "system")
    assert not AddressCode.objects.exists()
    assert "You are verified" in words(cast.applicant.get("/verification/").content)


def test_mail_goes_to_the_address_and_names_nobody(cast: Cast) -> None:
    ask(cast.applicant)
    message = mail.outbox[0]
    assert message.to == [ADDRESS]
    assert "Ruiz" not in message.body + message.subject
    assert "7000001" not in message.body + message.subject


def test_neither_code_nor_address_is_readable_in_the_database(cast: Cast) -> None:
    code = ask(cast.applicant)
    row = AddressCode.objects.get()
    stored = bytes(row.sealed_address) + bytes(row.code_hash)
    assert b"ana.ruiz" not in stored
    assert code.encode() not in stored


def test_right_code_to_an_address_without_the_name_goes_to_a_registrar(cast: Cast) -> None:
    answer(cast.applicant, ask(cast.applicant, "reception@hospital.example"))
    cast.application.refresh_from_db()
    assert (cast.application.state, cast.application.control) == ("open", "code")
    page = cast.registrar.get(f"/verification/queue/{public_id(cast.application.pk)}/")
    assert "reception@hospital.example" in words(page.content)


def test_right_code_to_an_address_with_an_initial_goes_to_a_registrar(cast: Cast) -> None:
    answer(cast.applicant, ask(cast.applicant, "a.ruiz@hospital.example"))
    cast.application.refresh_from_db()
    assert (cast.application.state, cast.application.control) == ("open", "code")


def test_words_added_to_an_address_of_somebody_else_open_nothing(cast: Cast) -> None:
    answer(cast.applicant, ask(cast.applicant, "porter+ruiz@hospital.example"))
    assert not Licence.objects.filter(number="7000001").exists()


def test_an_address_asked_for_after_the_right_code_is_not_shown_as_confirmed(cast: Cast) -> None:
    answer(cast.applicant, ask(cast.applicant, "reception@hospital.example"))
    ask(cast.applicant, "ana.ruiz@hospital.example")
    cast.application.refresh_from_db()
    assert cast.application.control == ""
    page = cast.registrar.get(f"/verification/queue/{public_id(cast.application.pk)}/")
    assert "came back right" not in words(page.content)


def test_inexact_name_goes_to_a_registrar(cast: Cast) -> None:
    Application.objects.update(given_names="A. M.")
    answer(cast.applicant, ask(cast.applicant))
    assert Application.objects.get().state == "open"
    assert "A registrar compares your name" in words(cast.applicant.get("/verification/").content)


def test_taken_licence_is_told_only_after_the_right_code(cast: Cast, make_verified: MakeVerified) -> None:
    make_verified("7000001", "Ana María", "Ruiz")
    code = ask(cast.applicant)
    assert "Another account" not in words(cast.applicant.get("/verification/").content)
    assert answer(cast.applicant, code) == 302
    assert "Another account already has this licence" in words(cast.applicant.get("/verification/").content)
    assert Licence.objects.get(number="7000001").doctor != cast.application.doctor


def test_code_ends_after_five_wrong_tries(cast: Cast) -> None:
    code = ask(cast.applicant)
    assert [answer(cast.applicant, another(code)) for _ in range(5)] == [400] * 5
    assert answer(cast.applicant, code) == 400
    assert not Licence.objects.filter(number="7000001").exists()


def test_code_ends_after_thirty_minutes(cast: Cast) -> None:
    code = ask(cast.applicant)
    assert timedelta(minutes=28) < AddressCode.objects.get().ends_at - now() <= timedelta(minutes=30)
    AddressCode.objects.update(ends_at=now())
    assert answer(cast.applicant, code) == 400


def test_new_code_ends_the_former(cast: Cast) -> None:
    former = ask(cast.applicant)
    ask(cast.applicant)
    assert answer(cast.applicant, former) == 400


def test_look_alike_domain_gets_no_mail(cast: Cast) -> None:
    for address in ("ana@evilhospital.example", "ana@hospital.example.evil.example", "ana@h\u043espital.example"):
        answered = cast.applicant.post("/verification/code/send/", {"address": address})
        assert answered.status_code == 400
        assert address in answered.content.decode(), "what was typed is kept"
    assert mail.outbox == []


def test_mails_are_limited(cast: Cast) -> None:
    assert [cast.applicant.post("/verification/code/send/", {"address": ADDRESS}).status_code for _ in range(4)] == [302, 302, 302, 429]


def test_code_of_another_application_opens_nothing(cast: Cast) -> None:
    code = ask(cast.applicant)
    assert answer(cast.stranger, code) == 404


def test_what_is_no_code_is_told_so(cast: Cast) -> None:
    ask(cast.applicant)
    page = cast.applicant.post("/verification/code/confirm/", {"code": "12 34"})
    assert "The code has eight digits" in words(page.content)
    assert AddressCode.objects.get().tries == 0
