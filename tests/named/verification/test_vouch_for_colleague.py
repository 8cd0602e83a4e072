import re

import pytest
from django.test import Client

from curbside.kit.clock import today
from curbside.named.doctors.models import Licence
from curbside.named.verification.actions import ask_for_more, end_licence
from curbside.named.verification.models import Application, Decision, Vouch, VouchLink
from tests.named.verification.conftest import Cast, MakeApplication, MakeVerified, signed_in, words


def link_of(client: Client) -> str:
    page = client.post("/verification/colleagues/").content.decode()
    found = re.search(r"http://[^<\s]+(/verification/vouch/[^<\s]+/)", page)
    assert found is not None
    return found[1]


def vouch(client: Client, link: str) -> int:
    return client.post(link, {"known": "on"}).status_code


def test_two_verified_doctors_let_a_third_in(cast: Cast, make_verified: MakeVerified) -> None:
    link = link_of(cast.applicant)
    assert vouch(cast.verified, link) == 302
    assert not Licence.objects.filter(number="7000001").exists()
    assert "1 of 2 have vouched" in words(cast.applicant.get("/verification/").content)
    assert vouch(signed_in(make_verified("7000098")), link) == 302
    assert Licence.objects.get(number="7000001").doctor == cast.application.doctor


def test_the_word_of_a_doctor_whose_licence_ended_since_does_not_count(cast: Cast, make_verified: MakeVerified) -> None:
    link = link_of(cast.applicant)
    vouch(cast.verified, link)
    Licence.objects.filter(number="7000099").update(ended_on=today())
    vouch(signed_in(make_verified("7000098")), link)
    assert not Licence.objects.filter(number="7000001").exists()
    assert "1 of 2 have vouched" in words(cast.applicant.get("/verification/").content)


def test_once_a_registrar_asked_two_vouches_do_not_decide(cast: Cast, make_verified: MakeVerified) -> None:
    link = link_of(cast.applicant)
    ask_for_more(application=cast.application, registrar=cast.registrar_doctor, question="An identity document, please.")
    vouch(cast.verified, link)
    vouch(signed_in(make_verified("7000098")), link)
    cast.application.refresh_from_db()
    assert (cast.application.state, cast.application.control) == ("open", "vouches")


def test_a_licence_that_a_registrar_ended_does_not_come_back_by_vouches(
    cast: Cast, make_verified: MakeVerified, make_application: MakeApplication
) -> None:
    doctor = make_verified("7000050", "Ana María", "Ruiz")
    end_licence(licence=doctor.licence, registrar=cast.registrar_doctor, reason="It was verified by mistake.")
    again = make_application("7000050", doctor=doctor)
    link = link_of(signed_in(doctor))
    vouch(cast.verified, link)
    vouch(signed_in(make_verified("7000098")), link)
    again.refresh_from_db()
    assert again.state == "open"


def test_vouchers_stand_in_the_log(cast: Cast, make_verified: MakeVerified) -> None:
    link = link_of(cast.applicant)
    vouch(cast.verified, link)
    vouch(signed_in(make_verified("7000098")), link)
    assert sorted(Decision.objects.values_list("kind", "by")) == [
        ("accepted", "system"), ("vouched", "gb-gmc 7000098"), ("vouched", "gb-gmc 7000099")
    ]  # fmt: skip


def test_voucher_sees_name_and_licence_first(cast: Cast) -> None:
    page = words(cast.verified.get(link_of(cast.applicant)).content)
    assert "Ana María Ruiz" in page
    assert "7000001" in page


def test_without_the_tick_nobody_vouches(cast: Cast) -> None:
    answer = cast.verified.post(link_of(cast.applicant))
    assert answer.status_code == 400
    assert not Vouch.objects.exists()


def test_one_doctor_vouches_once(cast: Cast) -> None:
    link = link_of(cast.applicant)
    assert [vouch(cast.verified, link), vouch(cast.verified, link)] == [302, 409]
    assert Vouch.objects.count() == 1


def test_nobody_vouches_for_oneself(cast: Cast, make_verified: MakeVerified) -> None:
    link = link_of(cast.applicant)
    Licence.objects.create(doctor=cast.application.doctor, register="gb-gmc", number="7000050", country="gb")
    assert "This is your own link" in words(cast.applicant.get(link).content)
    assert vouch(cast.applicant, link) == 403
    assert vouch(signed_in(make_verified("7000001")), link) == 403, "the licence's present holder is oneself, too"


def test_unverified_colleague_is_told_to_verify_first(cast: Cast) -> None:
    answer = cast.stranger.get(link_of(cast.applicant))
    assert answer.status_code == 403
    assert "Verify yours first" in words(answer.content)
    assert cast.stranger.get("/verification/vouch/guess/").status_code == 403


def test_doctor_whose_licence_ended_cannot_vouch(cast: Cast) -> None:
    link = link_of(cast.applicant)
    Licence.objects.update(ended_on=today())
    assert vouch(cast.verified, link) == 403


def test_guessed_link_is_not_there(cast: Cast) -> None:
    assert cast.verified.get("/verification/vouch/guess/").status_code == 404


def test_new_link_ends_the_former(cast: Cast) -> None:
    former = link_of(cast.applicant)
    link_of(cast.applicant)
    assert cast.verified.get(former).status_code == 404


def test_link_ends_with_its_days_and_with_the_decision(cast: Cast) -> None:
    link = link_of(cast.applicant)
    VouchLink.objects.update(ends_on=today().replace(year=2000))
    assert cast.verified.get(link).status_code == 404
    VouchLink.objects.update(ends_on=today())
    assert cast.verified.get(link).status_code == 200
    Application.objects.update(state=Application.State.REFUSED)
    assert cast.verified.get(link).status_code == 404


def test_link_is_stored_as_its_hash(cast: Cast) -> None:
    token = link_of(cast.applicant).split("/")[3]
    assert token.encode() not in bytes(VouchLink.objects.get().token_hash)


def test_doctor_vouches_three_times_a_month_at_most(cast: Cast, make_application: MakeApplication) -> None:
    answers = [vouch(cast.verified, link_of(signed_in(make_application(str(7_000_010 + n)).doctor))) for n in range(4)]
    assert answers == [302, 302, 302, 429]


def test_colleague_who_is_signed_out_comes_back_after_signing_in(cast: Cast) -> None:
    link = link_of(cast.applicant)
    assert cast.signed_out.get(link).headers["Location"] == f"/sign-in/?next={link}"


@pytest.mark.parametrize("taken", [True, False])
def test_two_vouches_never_take_a_licence_from_another_account(cast: Cast, make_verified: MakeVerified, taken: bool) -> None:
    if taken:
        make_verified("7000001", "Ana María", "Ruiz")
    link = link_of(cast.applicant)
    vouch(cast.verified, link)
    vouch(signed_in(make_verified("7000098")), link)
    assert (Licence.objects.get(number="7000001").doctor == cast.application.doctor) is not taken
