"""NHS numbers and postcodes are found in every shape in which people write them."""

import random  # noqa: TID251 - a seeded choice of invented numbers, no secret

import pytest

from curbside.deid import checks, find
from curbside.deid.contacts import AREAS

CHANCE = random.Random(20261125)
NHS_SHAPES = ("{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}", "{0}.{1}.{2}")
NHS_PLACES = (
    "NHS number {}",
    "NHS No: {}.",
    "pt nhs {} seen today",
    "({})",
    "His number is {} and he is well.",
    "{}",
    "NHS Number: {}\nAddress: 1 High St",
)
CODE_PLACES = (
    "Lives at 12 Acacia Avenue, Leeds {}.",
    "postcode: {}",
    "from {} originally",
    "Address: 3 The Row\n{}\nTel 020 7946 0000",
    "pt lives {} w/ dog",
)


def nhs_number() -> str:
    while True:
        nine = "".join(CHANCE.choice("0123456789") for _ in range(9))
        for last in "0123456789":
            if checks.nhs_number(nine + last):
                return nine + last


def covered(text: str, value: str, kind: str) -> bool:
    return any(span.type == kind and value in text[span.start : span.end] for span in find(text))


@pytest.mark.parametrize("shape", NHS_SHAPES)
@pytest.mark.parametrize("place", NHS_PLACES)
def test_an_nhs_number_is_found(shape: str, place: str) -> None:
    for _ in range(5):
        number = nhs_number()
        value = shape.format(number[:3], number[3:6], number[6:])
        assert covered(place.format(value), value, "NHS_NUMBER"), value


@pytest.mark.parametrize("place", CODE_PLACES)
def test_a_postcode_of_every_area_is_found_in_either_case(place: str) -> None:
    for area in AREAS.split("|"):
        inward = f"{CHANCE.randint(0, 9)}{CHANCE.choice('ABDEFGHJLN')}{CHANCE.choice('ABDEFGHJLNPQRSTUWXYZ')}"
        value = f"{area}{CHANCE.randint(1, 9)}{CHANCE.choice((' ', ''))}{inward}"
        for written in (value, value.lower() if " " in value else value):
            text = place.format(written)
            assert any(written in text[span.start : span.end] for span in find(text)), text
