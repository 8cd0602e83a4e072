import pytest

from curbside.named.verification.institutions import carries_name, institution_of

LISTED = ["hospital.example", "NHS.example"]


@pytest.mark.parametrize("address", ["ana@hospital.example", "ANA@HOSPITAL.EXAMPLE", "a@nhs.example"])
def test_address_at_a_listed_domain_counts(address: str) -> None:
    assert institution_of(address, LISTED) is not None


@pytest.mark.parametrize(
    "address",
    [
        "ana@evilhospital.example",
        "ana@students.hospital.example",
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


def test_domains_below_count_where_the_operator_wrote_so() -> None:
    listed = ["*.hospital.example"]
    assert institution_of("ana@ward.hospital.example", listed) == "*.hospital.example"
    assert institution_of("ana@a.ward.hospital.example", listed) is not None
    assert institution_of("ana@hospital.example", listed) is None
    assert institution_of("ana@evilhospital.example", listed) is None
    assert institution_of("ana@.hospital.example", listed) is None


def test_no_list_means_no_institution() -> None:
    assert institution_of("ana@hospital.example", []) is None


@pytest.mark.parametrize(
    ("local", "family_name"),
    [("ana.ruiz", "Ruiz"), ("anaruiz3", "Ruiz"), ("ruiz_maria", "Ruiz"), ("anamaria.ruiz", "Ruiz"), ("ana.muller", "Müller")],
)
def test_an_address_of_the_full_name_alone_carries_it(local: str, family_name: str) -> None:
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


@pytest.mark.parametrize("local", ["j.smith", "jsmith", "smith", "smith.j", "ja.smith", "j.a.smith", "smith2"])
@pytest.mark.parametrize("given_names", ["Jane Ann", "J A", "JA", "J."])
def test_an_initial_or_the_family_name_alone_is_everybodys_who_shares_it(local: str, given_names: str) -> None:
    assert not carries_name(f"{local}@hospital.example", given_names, "Smith")


def test_a_name_of_two_letters_is_no_proof() -> None:
    assert not carries_name("xi@hospital.example", "Li", "Xi")
