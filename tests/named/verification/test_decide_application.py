import pytest
from django.test import Client

from curbside.kit.ids import public_id
from curbside.named.doctors.models import Doctor, Licence
from curbside.named.registers.models import Entry, Standing
from curbside.named.roll.models import Commitment
from curbside.named.verification import actions
from curbside.named.verification.models import AppendOnlyError, Application, Decision, Document
from tests.named.verification.conftest import PDF, Cast, MakeVerified, signed_in, words


@pytest.fixture
def shown(cast: Cast) -> Cast:
    """The applicant has uploaded a document."""
    actions.keep_document(application=cast.application, content=PDF, media_type="application/pdf")
    return cast


def path(cast: Cast, step: str = "") -> str:
    return f"/verification/queue/{public_id(cast.application.pk)}/{step}"


def decide(client: Client, cast: Cast, step: str, **fields: str) -> int:
    return client.post(path(cast, f"{step}/"), fields).status_code


def test_accepted_doctor_is_verified_under_the_registers_name(shown: Cast) -> None:
    Application.objects.update(given_names="ana maria", family_name="RUIZ")
    assert decide(shown.registrar, shown, "accept") == 302
    doctor = Doctor.objects.get(pk=shown.application.doctor_id)
    assert str(doctor) == "Ana María Ruiz"
    assert doctor.licence.in_force
    assert Decision.objects.get().by == "Rita Registrar"


@pytest.mark.parametrize(("step", "fields"), [("accept", {}), ("refuse", {"refuse-usual": "0"})])
def test_evidence_is_erased_with_the_decision(shown: Cast, step: str, fields: dict[str, str]) -> None:
    decide(shown.registrar, shown, step, **fields)
    assert not Document.objects.exists()
    application = Application.objects.get()
    assert (application.answer, application.question) == ("", "")


def test_nothing_shown_cannot_be_accepted(cast: Cast) -> None:
    page = cast.registrar.post(path(cast, "accept/"), follow=True)
    assert "Nothing shows yet" in words(page.content)
    assert not Decision.objects.exists()


def test_licence_that_lapsed_meanwhile_cannot_be_accepted(shown: Cast) -> None:
    Entry.objects.update(standing=Standing.SUSPENDED)
    page = shown.registrar.post(path(shown, "accept/"), follow=True)
    assert "suspended" in words(page.content)
    assert not Licence.objects.filter(number="7000001").exists()


def test_refusal_needs_a_reason_and_keeps_what_was_typed(shown: Cast) -> None:
    assert decide(shown.registrar, shown, "refuse") == 400
    assert decide(shown.registrar, shown, "refuse", **{"refuse-usual": "77", "refuse-words": "So."}) == 400
    assert decide(shown.registrar, shown, "refuse", **{"refuse-usual": "0", "refuse-words": "The badge is another's."}) == 302
    page = words(shown.applicant.get("/verification/").content)
    assert "The document does not show the name on the register. The badge is another&#x27;s." in page


def test_doctor_answers_and_uploads_again_when_more_is_asked(shown: Cast) -> None:
    decide(shown.registrar, shown, "ask", **{"ask-words": "Which ward?"})
    assert "Which ward?" in words(shown.applicant.get("/verification/").content)
    assert shown.applicant.post("/verification/answer/", {"answer": "Ward 3."}).status_code == 302
    assert "Ward 3." in words(shown.registrar.get(path(shown)).content)
    assert shown.applicant.post("/verification/answer/", {"answer": "Ward 4."}).status_code == 409


def test_every_decision_stands_in_the_log(shown: Cast) -> None:
    decide(shown.registrar, shown, "ask", **{"ask-usual": "0"})
    decide(shown.registrar, shown, "refuse", **{"refuse-words": "No answer."})
    page = words(shown.registrar.get("/verification/log/").content)
    assert "asked for more" in page
    assert "No answer." in page
    assert "Ruiz" not in page


def test_log_is_append_only(shown: Cast) -> None:
    decide(shown.registrar, shown, "accept")
    line = Decision.objects.get()
    with pytest.raises(AppendOnlyError):
        line.save()
    with pytest.raises(AppendOnlyError):
        line.delete()


def test_decided_application_takes_no_second_decision(shown: Cast) -> None:
    decide(shown.registrar, shown, "accept")
    assert decide(shown.registrar, shown, "refuse", **{"refuse-words": "Late."}) == 409
    assert Application.objects.get().state == "accepted"


def test_registrar_does_not_decide_on_their_own_application(shown: Cast) -> None:
    Application.objects.update(doctor=shown.registrar_doctor)
    assert decide(shown.registrar, shown, "accept") == 403
    assert decide(shown.registrar, shown, "refuse", **{"refuse-words": "x"}) == 403
    assert decide(shown.registrar, shown, "ask", **{"ask-words": "x"}) == 403


def test_taken_licence_moves_only_on_the_registrars_word(shown: Cast, make_verified: MakeVerified) -> None:
    former = make_verified("7000001", "Ana María", "Ruiz")
    Application.objects.create(doctor=former, register="gb-gmc", number="7000001", state=Application.State.ACCEPTED)
    assert "Another account holds this licence: Ana María Ruiz" in words(shown.registrar.get(path(shown)).content)
    decide(shown.registrar, shown, "accept")
    assert Licence.objects.get(number="7000001").doctor == former
    decide(shown.registrar, shown, "accept", move="on")
    assert Licence.objects.get(number="7000001").doctor == shown.application.doctor
    assert Decision.objects.get().kind == "moved"
    assert "moved this licence to another account" in words(signed_in(former).get("/verification/").content)


def test_moved_licence_keeps_its_commitment(shown: Cast, make_verified: MakeVerified) -> None:
    make_verified("7000001", "Ana María", "Ruiz")
    commitment = Commitment.objects.create(licence=Licence.objects.get(number="7000001"), value=(7).to_bytes(32))
    decide(shown.registrar, shown, "accept", move="on")
    commitment.refresh_from_db()
    assert commitment.licence.doctor == shown.application.doctor


def test_licence_of_a_deleted_account_is_taken_up_again(shown: Cast) -> None:
    ended = Licence.objects.create(doctor=None, register="gb-gmc", number="7000001", country="gb", ended_on="2026-01-01")
    decide(shown.registrar, shown, "accept")
    ended.refresh_from_db()
    assert ended.in_force
    assert ended.doctor == shown.application.doctor


def test_doctor_who_changes_country_leaves_the_former_licence(shown: Cast) -> None:
    Licence.objects.create(doctor=shown.application.doctor, register="fr-rpps", number="1", country="fr", ended_on="2026-01-01")
    decide(shown.registrar, shown, "accept")
    assert Licence.objects.get(doctor=shown.application.doctor).number == "7000001"
    assert not Licence.objects.filter(register="fr-rpps").exists()


def test_differences_are_marked(shown: Cast) -> None:
    assert "names differs" not in words(shown.registrar.get(path(shown)).content)
    Application.objects.update(given_names="A.")
    assert "Given names differs A. Ana María" in words(shown.registrar.get(path(shown)).content)


@pytest.mark.parametrize("step", ["", "accept/", "refuse/", "ask/"])
def test_registrars_pages_do_not_exist_for_others(shown: Cast, step: str) -> None:
    method = "post" if step else "get"
    answers = [getattr(c, method)(path(shown, step)) for c in (shown.applicant, shown.stranger, shown.verified)]
    assert [a.status_code for a in answers] == [404] * 3
    assert getattr(shown.registrar, method)(f"/verification/queue/{public_id(5)}/{step}").status_code == 404
    assert getattr(shown.signed_out, method)(path(shown, step)).status_code == 302
    assert Application.objects.get().state == "open"


@pytest.mark.parametrize("step", ["accept/", "refuse/", "ask/"])
def test_decisions_are_posts(shown: Cast, step: str) -> None:
    assert shown.registrar.get(path(shown, step)).status_code == 405
