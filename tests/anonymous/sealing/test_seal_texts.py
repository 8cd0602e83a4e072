import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks

from curbside.anonymous.sealing.actions import NoSuchText, erase_texts, forget_order, reseal_text, seal_text, seal_texts
from curbside.anonymous.sealing.cipher import Unreadable, decrypt_document, encrypt_document, fresh_key
from curbside.anonymous.sealing.models import RingKey, SealedText
from curbside.anonymous.sealing.padding import LEAST, pad, padme, unpad
from curbside.anonymous.sealing.queries import read_text, read_texts
from curbside.anonymous.sealing.secrecy import Document, TextId

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
CONFESSION = {"title": "I mislabelled a sample", "conditions": ["anaemia"], "polls": None, "weight": 71.5}


def test_a_document_comes_back_as_it_went_in() -> None:
    assert dict(read_text(seal_text(document=CONFESSION))) == CONFESSION


def test_a_page_of_texts_takes_two_queries_however_many_they_are() -> None:
    for count in (1, 20):
        text_ids = seal_texts(documents=[{"text": str(number)} for number in range(count)])
        with CaptureQueriesContext(connections["default"]) as texts, CaptureQueriesContext(connections["ring"]) as keys:
            documents = read_texts(text_ids)
        assert [documents[text_id].text("text") for text_id in text_ids] == [str(number) for number in range(count)]
        assert (len(texts), len(keys)) == (1, 1)


def test_no_word_of_a_text_stands_in_either_database() -> None:
    text_id = seal_text(document=CONFESSION)
    row, key = SealedText.objects.get(pk=text_id), RingKey.objects.get(text_id=text_id)
    for stored in (bytes(row.ciphertext), bytes(key.wrapped)):
        assert b"sample" not in stored
        assert b"anaemia" not in stored


def test_repr_of_a_document_says_nothing_of_it() -> None:
    document = read_text(seal_text(document=CONFESSION))
    assert "sample" not in f"{document!r} {document} {[document]}"
    assert "sample" not in repr(SealedText.objects.get())


def test_a_ciphertext_moved_to_another_id_does_not_open() -> None:
    key = fresh_key()
    sealed = encrypt_document(CONFESSION, text_id=TextId(1), key=key)
    with pytest.raises(Unreadable):
        decrypt_document(sealed, text_id=TextId(2), key=key)


@pytest.mark.parametrize("at", [0, 1, 20, -1])
def test_a_changed_ciphertext_does_not_open(at: int) -> None:
    key = fresh_key()
    sealed = bytearray(encrypt_document(CONFESSION, text_id=TextId(1), key=key))
    sealed[at] ^= 1
    with pytest.raises(Unreadable):
        decrypt_document(bytes(sealed), text_id=TextId(1), key=key)


def test_an_erased_text_reads_as_erased_and_its_key_is_gone(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    kept, gone = seal_texts(documents=[CONFESSION, CONFESSION])
    with django_capture_on_commit_callbacks(execute=True):
        erase_texts(text_ids=[gone])
    assert read_texts([gone])[gone].erased
    assert not read_text(kept).erased
    assert not RingKey.objects.filter(text_id=gone).exists()
    assert bytes(SealedText.objects.get(pk=gone).ciphertext) == b""


def test_the_key_stays_until_the_erasure_is_committed() -> None:
    text_id = seal_text(document=CONFESSION)
    erase_texts(text_ids=[text_id])
    assert RingKey.objects.filter(text_id=text_id).exists()


def test_a_backup_of_the_texts_cannot_be_read_after_an_erasure(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    text_id = seal_text(document=CONFESSION)
    backup = SealedText.objects.get(pk=text_id)
    with django_capture_on_commit_callbacks(execute=True):
        erase_texts(text_ids=[text_id])
    backup.save()
    assert read_text(text_id).erased


def test_a_backup_of_the_texts_cannot_be_read_after_an_edit(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    text_id = seal_text(document=CONFESSION)
    backup = SealedText.objects.get(pk=text_id)
    with django_capture_on_commit_callbacks(execute=True):
        reseal_text(text_id=text_id, document={"title": "Anonymised"})
    assert read_text(text_id).text("title") == "Anonymised"
    assert RingKey.objects.filter(text_id=text_id).count() == 1
    backup.save()
    assert read_text(text_id).erased


def test_an_absent_or_erased_text_cannot_be_rewritten() -> None:
    text_id = seal_text(document=CONFESSION)
    erase_texts(text_ids=[text_id])
    for missing in (text_id, TextId(12)):
        with pytest.raises(NoSuchText):
            reseal_text(text_id=missing, document={})


def test_an_absent_text_reads_as_erased() -> None:
    assert read_text(TextId(12)).erased


def test_every_change_moves_the_text_to_the_end_of_the_changes() -> None:
    first, second = seal_text(document=CONFESSION), seal_text(document=CONFESSION)
    reseal_text(text_id=first, document=CONFESSION)
    erase_texts(text_ids=[second])
    rows = list(SealedText.objects.order_by("changed").values_list("pk", "changed"))
    assert rows == [(first, 3), (second, 4)]


@pytest.mark.parametrize("length", [0, 1, 400, 508, 509, 5_000, 70_000])
def test_padding_is_undone(length: int) -> None:
    assert unpad(pad(b"x" * length)) == b"x" * length


def test_short_texts_are_all_of_one_length() -> None:
    sizes = {len(encrypt_document({"text": "x" * length}, text_id=TextId(1), key=fresh_key())) for length in (1, 50, 300, 480)}
    assert len(sizes) == 1


@given(st.integers(min_value=1, max_value=2_000_000))
@settings(max_examples=200, deadline=None)
def test_padding_costs_at_most_12_percent(length: int) -> None:
    assert length <= padme(length) <= max(LEAST, length * 1.12)


@given(st.binary(max_size=2_000), st.binary(min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_trailing_bytes_are_no_padding(data: bytes, excess: bytes) -> None:
    with pytest.raises(ValueError, match="Not padded"):
        unpad(pad(data) + excess)


def test_a_document_is_json() -> None:
    document = Document({"text": "é", "count": 2})
    assert json.loads(json.dumps(dict(document))) == {"text": "é", "count": 2}
    assert document.text("count") == ""


def places() -> list[int]:
    return sorted(SealedText.objects.values_list("changed", flat=True))


def test_the_order_of_changes_is_kept_from_one_forgetting_to_the_next_and_no_longer() -> None:
    first = seal_text(document=CONFESSION)
    assert forget_order() == 0
    assert places() == [1]
    seal_text(document=CONFESSION)
    assert forget_order() == 1
    assert places() == [0, 2]
    reseal_text(text_id=first, document=CONFESSION)
    call_command("forget_order", stdout=(output := StringIO()))
    assert output.getvalue() == "The places of 1 texts were forgotten.\n"
    assert places() == [0, 3]


def test_forgetting_before_the_first_text_does_nothing() -> None:
    assert forget_order() == 0
