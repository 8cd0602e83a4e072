import pytest

from curbside.named.verification.institutions import carries_name, institution_of

LISTED = ["hospital.example", "NHS.example"]


@pytest.mark.parametrize("address", ["ana@hospital.example", "ana.ruiz@ward.hospital.example", "ANA@HOSPITAL.EXAMPLE", "a@nhs.example"])
def test_address_at_a_listed_domain_or_below_it_counts(address: str) -> None:
    assert institution_of(address, LISTED) is not None


@pytest.mark.parametrize(
    "address",
    [
        "ana@evilhospital.example",
        "ana@hospital.example.evil.example",
        "ana@hospital-example",
        "ana@hosp\u0131tal.example",
        "ana@h\u043espital.example",
        "ana@hospital.example.",
        "ana@.hospital.example",
        "ana@a..hospital.example",
        "ana@evil.example@hospital.example",
        '"ana@evil.example"@hospital.example',
        "ana@hospital.example\n",
        "ana@hospital.example, eve@evil.example",
        "ana",
        "@hospital.example",
        "",
    ],
)
def test_look_alikes_and_broken_addresses_do_not(address: str) -> None:
    assert institution_of(address, LISTED) is None


def test_no_list_means_no_institution() -> None:
    assert institution_of("ana@hospital.example", []) is None


@pytest.mark.parametrize(
    ("address", "family_name", "carries"),
    [
        ("ana.ruiz@hospital.example", "Ruiz", True),
        ("aruiz3@hospital.example", "Ruiz", True),
        ("jmuller@hospital.example", "Müller", True),
        ("ana@ruiz.hospital.example", "Ruiz", False),
        ("info@hospital.example", "Ruiz", False),
        ("xi@hospital.example", "Xi", False),
    ],
)
def test_address_carries_the_family_name_before_the_at(address: str, family_name: str, carries: bool) -> None:
    assert carries_name(address, family_name) is carries
