import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from curbside.named.verification.evidence import EvidenceUnreadable, code_hash, evidence_key, seal, unseal


@given(st.binary(max_size=200), st.integers(1, (1 << 63) - 1))
def test_sealed_content_opens_again(content: bytes, application_id: int) -> None:
    assert unseal(seal(content, application_id=application_id), application_id=application_id) == content


def test_each_sealing_has_a_nonce_of_its_own() -> None:
    assert seal(b"same", application_id=1) != seal(b"same", application_id=1)


def test_sealed_content_is_bound_to_its_application() -> None:
    with pytest.raises(EvidenceUnreadable):
        unseal(seal(b"passport", application_id=1), application_id=2)


@pytest.mark.parametrize("at", [0, 12, -1])
def test_changed_byte_is_noticed(at: int) -> None:
    sealed = bytearray(seal(b"passport", application_id=1))
    sealed[at] ^= 1
    with pytest.raises(EvidenceUnreadable):
        unseal(bytes(sealed), application_id=1)


@pytest.mark.parametrize("length", [0, 5, 12, 20])
def test_short_bytes_are_noticed(length: int) -> None:
    with pytest.raises(EvidenceUnreadable):
        unseal(bytes(length), application_id=1)


def test_code_hash_is_bound_to_its_application() -> None:
    assert code_hash("12345678", application_id=1) != code_hash("12345678", application_id=2)


@pytest.mark.parametrize("text", ["", "short", "A" * 44, "!" * 43])
def test_key_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        evidence_key(text)
