"""A doctor with licences in two countries is one member: wherever the name is verified already, a registrar decides."""

import pytest
from django.test import Client

from curbside.kit.clock import today
from curbside.kit.ids import public_id
from curbside.named.doctors.models import Doctor, Licence
from curbside.named.verification import actions
from curbside.named.verification.models import Decision
from curbside.named.verification.queries import same_name_elsewhere
from tests.named.verification.conftest import PDF, Cast, MakeVerified, signed_in, words
from tests.named.verification.test_vouch_for_colleague import link_of, vouch


def abroad(given_names: str = "Ana", family_name: str = "RUIZ") -> Licence:
    doctor = Doctor.objects.create(given_names=given_names, family_name=family_name)
    return Licence.objects.create(doctor=doctor, register="fr-rpps", number="10000000001", country="fr")


def accept(cast: Cast, **fields: str) -> str:
    answer = cast.registrar.post(f"/verification/queue/{public_id(cast.application.pk)}/accept/", fields, follow=True)
    return words(answer.content)


def let_vouch(cast: Cast, other: Client) -> None:
    link = link_of(cast.applicant)
    assert [vouch(cast.verified, link), vouch(other, link)] == [302, 302]


@pytest.mark.parametrize("ended", [False, True])
def test_two_vouches_do_not_verify_a_name_that_is_verified_abroad(cast: Cast, make_verified: MakeVerified, ended: bool) -> None:
    Licence.objects.filter(pk=abroad().pk).update(ended_on=today() if ended else None)
    let_vouch(cast, signed_in(make_verified("7000098")))
    cast.application.refresh_from_db()
    assert (cast.application.state, cast.application.control) == ("open", "vouches")


def test_another_given_name_is_another_person(cast: Cast, make_verified: MakeVerified) -> None:
    abroad(given_names="Pedro")
    let_vouch(cast, signed_in(make_verified("7000098")))
    assert Licence.objects.filter(number="7000001").exists()


@pytest.mark.parametrize(
    ("given_names", "family_name", "alike"),
    [
        ("Ana", "Ruiz", True),
        ("A. M.", "Ruiz", True),
        ("Ana", "Ruiz García", True),
        ("Ana María", "ruíz", True),
        ("Pedro", "Ruiz", False),
        ("Ana", "Ruizmann", False),
    ],
)
def test_spellings_of_one_name_are_found_on_any_register(cast: Cast, given_names: str, family_name: str, alike: bool) -> None:
    actions.keep_document(application=cast.application, content=PDF, media_type="application/pdf")
    actions.accept(application=cast.application, registrar=cast.registrar_doctor, move=False)
    other = Doctor.objects.create()
    application = other.applications.create(register="fr-rpps", number="1", given_names=given_names, family_name=family_name)
    assert ([licence.number for licence in same_name_elsewhere(application)] == ["7000001"]) is alike


def test_a_registrar_ticks_that_it_is_another_person(cast: Cast) -> None:
    abroad()
    actions.keep_document(application=cast.application, content=PDF, media_type="application/pdf")
    page = words(cast.registrar.get(f"/verification/queue/{public_id(cast.application.pk)}/").content)
    assert "Ana RUIZ" in page
    assert "other persons. I have compared" in page
    assert "Tick that it is another person" in accept(cast)
    assert not Licence.objects.filter(number="7000001").exists()
    accept(cast, other_person="on")
    assert Licence.objects.filter(number="7000001", doctor=cast.application.doctor).exists()
    assert "not the doctor of fr-rpps 10000000001" in Decision.objects.get(kind="accepted").reason


def test_once_the_other_licence_is_ended_the_doctor_moves(cast: Cast) -> None:
    """Somebody who changes country: the registrar ends the former licence first."""
    former = abroad()
    actions.keep_document(application=cast.application, content=PDF, media_type="application/pdf")
    actions.end_licence(licence=former, registrar=cast.registrar_doctor, reason="The doctor asked for it.")
    accept(cast)
    assert Licence.objects.filter(number="7000001").exists()


def test_a_name_nobody_else_has_needs_no_tick(cast: Cast) -> None:
    actions.keep_document(application=cast.application, content=PDF, media_type="application/pdf")
    page = words(cast.registrar.get(f"/verification/queue/{public_id(cast.application.pk)}/").content)
    assert "I have compared" not in page
    accept(cast)
    assert Licence.objects.filter(number="7000001").exists()
