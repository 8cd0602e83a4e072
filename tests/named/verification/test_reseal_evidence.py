from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from curbside.kit.clock import now
from curbside.named.verification import actions, evidence
from curbside.named.verification.models import AddressCode, Document
from tests.named.verification.conftest import PDF, Cast

NEW = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"


@pytest.fixture
def shown(cast: Cast) -> int:
    """What an applicant showed under the old key; gives the application's id."""
    application = cast.application
    actions.keep_document(application=application, content=PDF, media_type="application/pdf")
    address = evidence.seal(b"ana@hospital.example", application_id=application.pk)
    AddressCode.objects.create(application=application, sealed_address=address, code_hash=bytes(32), ends_at=now())
    return application.pk


def opened(application_id: int) -> tuple[bytes, bytes]:
    document, code = Document.objects.get(), AddressCode.objects.get()
    return tuple(evidence.unseal(bytes(sealed), application_id=application_id) for sealed in (document.sealed, code.sealed_address))  # type: ignore[return-value]


def test_evidence_opens_by_a_kept_key_and_after_resealing_without_it(shown: int, settings: LazySettings) -> None:
    settings.EVIDENCE_KEY_FALLBACKS = [settings.EVIDENCE_KEY]
    settings.EVIDENCE_KEY = NEW
    assert opened(shown) == (PDF, b"ana@hospital.example")
    output = StringIO()
    call_command("reseal_evidence", stdout=output)
    assert "2 pieces of evidence are under the present key" in output.getvalue()
    settings.EVIDENCE_KEY_FALLBACKS = []
    assert opened(shown) == (PDF, b"ana@hospital.example")


def test_evidence_whose_key_is_gone_is_said(shown: int, settings: LazySettings) -> None:
    settings.EVIDENCE_KEY = NEW
    with pytest.raises(CommandError, match="a key that is not here any more"):
        call_command("reseal_evidence")
