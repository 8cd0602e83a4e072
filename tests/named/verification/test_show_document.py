import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from curbside.kit.ids import public_id
from curbside.named.verification import evidence
from curbside.named.verification.models import Application, Document
from tests.named.verification.conftest import JPEG, PDF, PNG, Cast, words


def upload(client: Client, content: bytes, name: str = "passport.pdf", media_type: str = "application/pdf") -> int:
    return client.post("/verification/document/", {"document": SimpleUploadedFile(name, content, media_type)}).status_code


def path_of(document: Document) -> str:
    return f"/verification/queue/{public_id(document.application_id)}/documents/{public_id(document.pk)}/"


@pytest.mark.parametrize(("content", "media_type"), [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")])
def test_document_is_kept_encrypted_and_shown_to_the_registrar(cast: Cast, content: bytes, media_type: str) -> None:
    assert upload(cast.applicant, content, "anything.exe", "text/html") == 302
    document = Document.objects.get()
    assert document.media_type == media_type
    assert content not in bytes(document.sealed)
    shown = cast.registrar.get(path_of(document))
    assert (shown.content, shown.headers["Content-Type"]) == (content, media_type)


def test_document_is_served_so_that_nothing_in_it_can_run(cast: Cast) -> None:
    upload(cast.applicant, PDF)
    upload(cast.applicant, PNG)
    for document in Document.objects.all():
        headers = cast.registrar.get(path_of(document)).headers
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Content-Disposition"].startswith("inline" if document.media_type == "image/png" else "attachment")


def test_upload_puts_the_application_into_the_queue(cast: Cast) -> None:
    upload(cast.applicant, PDF)
    cast.application.refresh_from_db()
    assert (cast.application.state, cast.application.control) == ("open", "document")
    assert "Waiting for a registrar" in words(cast.applicant.get("/verification/").content)


@pytest.mark.parametrize(
    "content", [b"", b"<html><script>1</script>", b"%PDF-1.4 and no end", PNG[:-6], b"GIF89a" + bytes(20), b"\xff\xd8\xffcut"]
)
def test_anything_else_is_refused_by_its_content(cast: Cast, content: bytes) -> None:
    assert upload(cast.applicant, content) == 400
    assert not Document.objects.exists()


def test_document_above_ten_megabytes_is_refused(cast: Cast) -> None:
    assert upload(cast.applicant, PDF + bytes(evidence.LARGEST_DOCUMENT)) == 400
    answer = cast.applicant.post("/verification/document/", {"document": SimpleUploadedFile("big.pdf", bytes(12_000_000))})
    assert answer.status_code == 400
    assert "up to 10 MB" in words(answer.content)


def test_no_more_than_four_documents_are_kept(cast: Cast) -> None:
    assert [upload(cast.applicant, PDF) for _ in range(5)] == [302] * 4 + [409]


def test_only_registrars_see_a_document(cast: Cast) -> None:
    upload(cast.applicant, PDF)
    path = path_of(Document.objects.get())
    assert [c.get(path).status_code for c in (cast.applicant, cast.stranger, cast.verified)] == [404] * 3
    assert cast.signed_out.get(path).status_code == 302


def test_document_is_not_served_under_another_application(cast: Cast) -> None:
    upload(cast.applicant, PDF)
    document = Document.objects.get()
    assert cast.registrar.get(f"/verification/queue/{public_id(5)}/documents/{public_id(document.pk)}/").status_code == 404


def test_stranger_without_application_cannot_upload(cast: Cast) -> None:
    assert upload(cast.stranger, PDF) == 404
    assert Application.objects.get().control == ""
