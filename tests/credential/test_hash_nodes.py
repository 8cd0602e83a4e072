import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.credential import keccak, poseidon, poseidon_plain
from curbside.credential.field import SCALAR_ORDER, FieldElement

elements = st.integers(0, SCALAR_ORDER - 1).map(FieldElement)
KNOWN = 7853200120776062878684798364095072458815029376092732009249414926327459813530


@pytest.fixture(autouse=True)
def fresh_choice():
    poseidon.fastest_hash.cache_clear()
    yield
    poseidon.fastest_hash.cache_clear()


def test_plain_poseidon_gives_the_javascript_vector():
    assert poseidon_plain.poseidon(FieldElement(1), FieldElement(2)) == KNOWN


def test_compiled_poseidon_is_installed_and_gives_the_javascript_vector():
    compiled = poseidon.compiled_hash()
    assert compiled is not None
    assert compiled(FieldElement(1), FieldElement(2)) == KNOWN


@given(elements, elements)
def test_compiled_and_plain_poseidon_agree(left, right):
    compiled = poseidon.compiled_hash()
    assert compiled is not None
    assert compiled(left, right) == poseidon_plain.poseidon(left, right)


def test_plain_poseidon_is_used_where_the_package_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "light_poseidon_python", None)
    assert poseidon.fastest_hash() is poseidon_plain.poseidon


def test_a_package_that_hashes_wrongly_is_not_used(monkeypatch):
    monkeypatch.setattr(poseidon, "compiled_hash", lambda: lambda left, right: left)
    with pytest.raises(RuntimeError, match="wrong answers"):
        poseidon.fastest_hash()


def test_keccak_of_nothing_is_the_known_digest():
    assert keccak.keccak_256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"


@given(st.integers(0, 2**256 - 1))
def test_every_message_fits_the_circuit(value):
    assert keccak.circuit_input(value) < SCALAR_ORDER
