"""Two colluders who are verified must not let in a third who lets in a fourth, and nobody may invent doctors by the dozen."""

from datetime import timedelta

import pytest
from django.conf import LazySettings

from curbside.kit.clock import today
from curbside.named.doctors.models import Licence
from curbside.named.registers.models import Entry
from curbside.named.verification import actions
from curbside.named.verification.models import Application, Decision, Vouch
from tests.named.verification.conftest import PDF, Cast, MakeApplication, MakeVerified, signed_in, words
from tests.named.verification.test_vouch_for_colleague import link_of, vouch


@pytest.fixture
def let_in(cast: Cast, make_verified: MakeVerified) -> Cast:
    """The applicant came in by the words of two colleagues."""
    link = link_of(cast.applicant)
    assert [vouch(cast.verified, link), vouch(signed_in(make_verified("7000098")), link)] == [302, 302]
    return cast


def show_document(cast: Cast) -> Application:
    """Apply again with the same licence, and upload a document."""
    fields = {"register": "gb-gmc", "number": "7000001", "given_names": "Ana María", "family_name": "Ruiz"}
    assert cast.applicant.post("/verification/apply/", fields).headers["Location"] == "/verification/?show=document"
    again = Application.objects.get(state=Application.State.OPEN, number="7000001")
    actions.keep_document(application=again, content=PDF, media_type="application/pdf")
    return again


def test_whoever_came_in_by_vouches_lets_nobody_in(let_in: Cast, make_application: MakeApplication, settings: LazySettings) -> None:
    """Not even after their 90 days."""
    Licence.objects.filter(number="7000001").update(verified_on=today() - timedelta(days=365))
    settings.VOUCH_AFTER_DAYS = 90
    next_one = make_application("7000010")
    link = link_of(signed_in(next_one.doctor))
    page = let_in.applicant.get(link)
    assert page.status_code == 403
    assert "once a registrar has judged a document of yours" in words(page.content)
    assert vouch(let_in.applicant, link) == 403
    assert not next_one.vouches.exists()


def test_a_registrar_who_judged_a_document_lets_them_vouch(let_in: Cast, make_application: MakeApplication) -> None:
    since = Licence.objects.get(number="7000001").verified_on
    assert "show a registrar a document" in words(let_in.applicant.get("/verification/").content)
    again = show_document(let_in)
    page = words(let_in.applicant.get("/verification/").content)
    assert "You are verified" in page
    assert "Your licence stays verified meanwhile" in page
    assert "Upload" in words(let_in.applicant.get("/verification/?show=document").content)
    actions.accept(application=again, registrar=let_in.registrar_doctor, move=False)
    licence = Licence.objects.get(number="7000001")
    assert (licence.verified_by, licence.verified_on) == ("document", since)
    assert vouch(let_in.applicant, link_of(signed_in(make_application("7000010").doctor))) == 302


def test_two_more_vouches_do_not_stand_for_the_document(let_in: Cast, make_verified: MakeVerified) -> None:
    again = show_document(let_in)
    actions.withdraw(application=again)
    fields = {"register": "gb-gmc", "number": "7000001", "given_names": "Ana María", "family_name": "Ruiz"}
    let_in.applicant.post("/verification/apply/", fields)
    link = link_of(let_in.applicant)
    for number in ("7000096", "7000097"):
        vouch(signed_in(make_verified(number)), link)
    assert Licence.objects.get(number="7000001").verified_by == "vouches"


def test_a_registrar_who_saw_vouches_and_no_document_changes_nothing(cast: Cast, make_verified: MakeVerified) -> None:
    Application.objects.update(given_names="A. M.")
    link = link_of(cast.applicant)
    vouch(cast.verified, link)
    vouch(signed_in(make_verified("7000098")), link)
    actions.accept(application=cast.application, registrar=cast.registrar_doctor, move=False)
    assert Licence.objects.get(number="7000001").verified_by == "vouches"


def test_others_verified_doctors_cannot_apply_again(cast: Cast) -> None:
    fields = {"register": "gb-gmc", "number": "7000001", "given_names": "Ana María", "family_name": "Ruiz"}
    assert cast.verified.post("/verification/apply/", fields).status_code == 409


def test_nobody_vouches_in_their_first_ninety_days(cast: Cast, settings: LazySettings) -> None:
    settings.VOUCH_AFTER_DAYS = 90
    link = link_of(cast.applicant)
    Licence.objects.filter(number="7000099").update(verified_on=today() - timedelta(days=89))
    page = cast.verified.get(link)
    assert page.status_code == 403
    assert "Doctors can vouch 90 days after they were verified" in words(page.content)
    assert vouch(cast.verified, link) == 403
    Licence.objects.filter(number="7000099").update(verified_on=today() - timedelta(days=90))
    assert vouch(cast.verified, link) == 302


def test_a_word_given_by_a_way_around_the_page_does_not_count(cast: Cast, make_verified: MakeVerified, settings: LazySettings) -> None:
    fresh = make_verified("7000097")
    Vouch.objects.create(application=cast.application, voucher=fresh)
    settings.VOUCH_AFTER_DAYS = 90
    Licence.objects.exclude(doctor=fresh).update(verified_on=today() - timedelta(days=90))
    vouch(cast.verified, link_of(cast.applicant))
    assert not Licence.objects.filter(number="7000001").exists()


def test_beyond_the_weeks_most_a_registrar_decides(
    cast: Cast, make_verified: MakeVerified, make_application: MakeApplication, settings: LazySettings
) -> None:
    settings.VOUCHED_A_WEEK = 2
    vouchers = [cast.verified, signed_in(make_verified("7000098"))]
    names = {"7000010": "One", "7000011": "Two", "7000012": "Three"}
    applications = [_applies(make_application, number, name) for number, name in names.items()]
    for application in applications:
        link = link_of(signed_in(application.doctor))
        for client in vouchers:
            assert vouch(client, link) == 302
        application.refresh_from_db()
    assert [application.state for application in applications] == ["accepted", "accepted", "open"]
    assert Decision.objects.filter(kind="accepted", by="system").count() == 2
    page = words(signed_in(applications[-1].doctor).get("/verification/").content)
    assert "A registrar compares your name" in page


def test_the_week_passes_and_other_registers_are_counted_apart(cast: Cast, make_verified: MakeVerified, settings: LazySettings) -> None:
    settings.VOUCHED_A_WEEK = 1
    vouched = make_verified("7000050").licence
    Licence.objects.filter(pk=vouched.pk).update(verified_by="vouches", verified_on=today() - timedelta(days=7))
    Licence.objects.filter(pk=make_verified("7000051").licence.pk).update(verified_by="vouches", register="fr-rpps")
    link = link_of(cast.applicant)
    vouch(cast.verified, link)
    vouch(signed_in(make_verified("7000098")), link)
    assert Licence.objects.filter(number="7000001", verified_by="vouches").exists()


def test_the_applicant_reads_the_conditions(cast: Cast, settings: LazySettings) -> None:
    settings.VOUCH_AFTER_DAYS = 90
    page = words(cast.applicant.get("/verification/").content)
    assert "Each must have been verified for 90 days, and not by vouches alone." in page
    assert "Vouches alone let in 10 doctors of a register in a week; beyond it a registrar decides." in page


def _applies(make_application: MakeApplication, number: str, family_name: str) -> Application:
    application = make_application(number, family_name=family_name)
    Entry.objects.filter(number=number).update(family_name=family_name)
    return application
