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
    ("local", "family_name"),
    [("ana.ruiz", "Ruiz"), ("aruiz3", "Ruiz"), ("ruiz", "Ruiz"), ("ruiz_am", "Ruiz"), ("anamaria.ruiz", "Ruiz"), ("amuller", "Müller")],
)
def test_an_address_of_the_name_alone_carries_it(local: str, family_name: str) -> None:
    assert carries_name(f"{local}@hospital.example", "Ana María", family_name)


@pytest.mark.parametrize(
    "address",
    [
        "porter+ruiz@hospital.example",
        "porter-ruiz@hospital.example",
        "ruiz+porter@hospital.example",
        "ruiz%porter@hospital.example",
        "bruizer@hospital.example",
        "peter.ruiz@hospital.example",
        "ana@ruiz.hospital.example",
        "info@hospital.example",
    ],
)
def test_an_address_with_anything_besides_the_name_does_not_carry_it(address: str) -> None:
    assert not carries_name(address, "Ana María", "Ruiz")


def test_a_name_of_two_letters_is_no_proof() -> None:
    assert not carries_name("xi@hospital.example", "Li", "Xi")
