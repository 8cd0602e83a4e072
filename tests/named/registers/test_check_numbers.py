"""Numbers are checked by their rule before any look-up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.kit.errors import PublicError
from curbside.named.registers.catalogue import REGISTERS, register_named
from curbside.named.registers.formats import NumberRefused, luhn_sum

NPPES, RPPS, GMC = REGISTERS["us-nppes"], REGISTERS["fr-rpps"], REGISTERS["gb-gmc"]


@pytest.mark.parametrize("typed", ["1679576722", " 1679 576 722 ", "1679-576-722", "\uff11679576722"])
def test_npi_is_accepted_in_the_spellings_people_use(typed: str) -> None:
    assert NPPES.check_number(typed) == "1679576722"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1679576723", "check digit"),
        ("167957672", "ten digits"),
        ("16795767222", "ten digits"),
        ("", "ten digits"),
        ("3679576722", "begins with"),
        ("\u0661679576722", "ten digits"),
    ],
)
def test_npi_that_cannot_be_one_is_refused_with_what_to_do(typed: str, says: str) -> None:
    with pytest.raises(NumberRefused, match=says):
        NPPES.check_number(typed)


@given(body=st.integers(100_000_000, 299_999_999), place=st.integers(1, 9), change=st.integers(1, 9))
def test_one_wrong_digit_never_passes_as_an_npi(body: int, place: int, change: int) -> None:
    npi = next(f"{body}{d}" for d in range(10) if (luhn_sum(f"{body}{d}") + 24) % 10 == 0)
    wrong = npi[:place] + str((int(npi[place]) + change) % 10) + npi[place + 1 :]
    assert NPPES.check_number(npi) == npi
    with pytest.raises(NumberRefused):
        NPPES.check_number(wrong)


@pytest.mark.parametrize("typed", ["10001045367", "810001045367", "1000 1045 367"])
def test_rpps_number_is_accepted_with_and_without_the_national_8(typed: str) -> None:
    assert RPPS.check_number(typed) == "10001045367"


@pytest.mark.parametrize("typed", ["1000104536", "100010453671", "1000104536x", ""])
def test_rpps_number_of_another_length_is_refused(typed: str) -> None:
    with pytest.raises(NumberRefused, match="eleven digits"):
        RPPS.check_number(typed)


def test_rpps_number_that_fails_luhn_is_warned_of_and_not_refused() -> None:
    body = "9990000001"
    good = next(f"{body}{d}" for d in range(10) if luhn_sum(f"{body}{d}") % 10 == 0)
    odd = body + str((int(good[-1]) + 1) % 10)
    assert RPPS.check_number(odd) == odd
    assert RPPS.number_warning(good) == ""
    assert "check each digit" in RPPS.number_warning(odd)


@pytest.mark.parametrize("typed", ["1393398", "C1393398", "c1393398", "139 3398"])
def test_gmc_number_is_accepted_with_and_without_the_c(typed: str) -> None:
    assert GMC.check_number(typed) == "1393398"


@pytest.mark.parametrize("typed", ["C12345678", "139339", "G0324090", "CC393398"])
def test_gmc_number_that_is_not_seven_digits_is_refused(typed: str) -> None:
    with pytest.raises(NumberRefused, match="seven digits"):
        GMC.check_number(typed)


def test_unknown_register_is_refused_with_a_sentence() -> None:
    with pytest.raises(PublicError, match="no such register"):
        register_named("xx-none")


def test_each_register_is_named_after_its_country() -> None:
    assert all(name == read.name and name.partition("-")[0] == read.country for name, read in REGISTERS.items())
