from datetime import timedelta
from io import StringIO

from django.core.management import call_command

from curbside.kit.clock import now, today
from curbside.named.doctors.models import Doctor
from curbside.named.verification import actions, evidence
from curbside.named.verification.models import AddressCode, Application, Document, Vouch
from tests.named.doctors.conftest import create, new_authenticator
from tests.named.doctors.test_delete_account import delete
from tests.named.verification.conftest import PDF, Cast, MakeVerified, words


def erase() -> str:
    out = StringIO()
    call_command("erase_evidence", stdout=out)
    return out.getvalue()


def test_document_goes_after_thirty_days_and_is_asked_for_again(cast: Cast) -> None:
    document = actions.keep_document(application=cast.application, content=PDF, media_type="application/pdf")
    Document.objects.update(kept_since=today() - timedelta(days=29))
    assert erase() == "erased 0 documents, 0 codes, 0 answers, 0 vouches\n"
    Document.objects.update(kept_since=today() - timedelta(days=30))
    assert erase() == "erased 1 documents, 0 codes, 0 answers, 0 vouches\n"
    assert not Document.objects.filter(pk=document.pk).exists()
    assert "Upload it again" in words(cast.applicant.get("/verification/").content)
    assert Application.objects.get().control == ""


def test_application_with_a_newer_document_stays_in_the_queue(cast: Cast) -> None:
    old = actions.keep_document(application=cast.application, content=PDF, media_type="application/pdf")
    actions.keep_document(application=cast.application, content=PDF, media_type="application/pdf")
    Document.objects.filter(pk=old.pk).update(kept_since=today() - timedelta(days=30))
    erase()
    assert Application.objects.get().state == "open"


def test_code_that_ended_unused_goes_and_a_right_one_stays_as_evidence(cast: Cast) -> None:
    AddressCode.objects.create(
        application=cast.application, sealed_address=evidence.seal(b"a@b", application_id=1), code_hash=bytes(32), ends_at=now()
    )
    Application.objects.update(control=Application.Control.CODE)
    erase()
    assert AddressCode.objects.exists()
    Application.objects.update(control=Application.Control.NONE)
    erase()
    assert not AddressCode.objects.exists()


def test_answer_goes_after_thirty_days(cast: Cast) -> None:
    Application.objects.update(answer="Ward 3.", answered_on=today() - timedelta(days=30))
    erase()
    assert Application.objects.get().answer == ""


def test_vouches_of_decided_applications_go_after_a_month(cast: Cast, make_verified: MakeVerified) -> None:
    voucher = Doctor.objects.get(licence__number="7000099")
    Vouch.objects.create(application=cast.application, voucher=voucher, vouched_on=today() - timedelta(days=31))
    erase()
    assert Vouch.objects.exists()
    Application.objects.update(state=Application.State.ACCEPTED)
    erase()
    assert not Vouch.objects.exists()


def test_deleted_account_takes_its_evidence_along(cast: Cast) -> None:
    actions.keep_document(application=cast.application, content=PDF, media_type="application/pdf")
    passkey = new_authenticator()
    assert create(cast.applicant, passkey, "/account/passkeys/").status_code == 200
    assert delete(cast.applicant, passkey, sure="on").status_code == 200
    assert not Document.objects.exists()
    assert not Application.objects.exists()
