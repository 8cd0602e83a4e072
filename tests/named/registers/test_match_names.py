"""Spellings of one person agree; another person's initial or family name never does."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.named.registers.names import Name, fold, same_person


@pytest.mark.parametrize(
    ("register", "typed"),
    [
        (("DAVID A", "WIEBE"), ("David", "Wiebe")),
        (("DAVID A", "WIEBE"), ("David Allen", "Wiebe")),
        (("DAVID A", "WIEBE"), ("D.", "Wiebe")),
        (("DAVID A", "WIEBE"), ("D. A.", "Wiebe")),
        (("DAVID A", "WIEBE"), ("Wiebe", "David")),
        (("DAVID A", "WIEBE"), ("Dr David", "Wiebe MD")),
        (("WP", "CRANE"), ("William Peter", "Crane")),
        (("WP", "CRANE"), ("W P", "Crane")),
        (("WP", "CRANE"), ("W.", "Crane")),
        (("JEAN-PIERRE", "D'ARCY"), ("Jean Pierre", "d\u2019Arcy")),
        (("JEAN-PIERRE", "D ARCY"), ("J.-P.", "D'Arcy")),
        (("JEANPIERRE", "LE GOFFIC"), ("Jean-Pierre", "Legoffic")),
        (("ISABELLE", "DE RUIJTER"), ("Isabelle", "Ruijter")),
        (("Isabelle", "Van Der Berg"), ("ISABELLE", "VANDERBERG")),
        (("JUERGEN", "MUELLER"), ("Jürgen", "Müller")),
        (("JURGEN", "MULLER"), ("Jürgen", "Müller")),
        (("HELENE", "COEURDOUX"), ("Hélène", "Cœurdoux")),
        (("SOREN", "SONDERGARD"), ("Søren", "Søndergård")),
        (("Groß", "Strauss"), ("Gross", "Strauß")),
        (("LUKASZ", "ZOLADZ"), ("Łukasz", "Żołądź")),
        (("MARIA DEL CARMEN", "GARCIA LOPEZ"), ("María", "García López")),
        (("MARIA DEL CARMEN", "GARCIA LOPEZ"), ("Maria", "Garcia")),
        (("Harold Leroy", "Smitson II"), ("Harold", "Smitson")),
        (("JOHN", "ST. JAMES"), ("John", "Saint James")),
        (("MING LI", "CHEN"), ("Li Ming", "Chen")),
        (("Anne Marie", "Okonkwo-Reed"), ("Annemarie", "Okonkwo Reed")),
    ],
)
def test_spellings_of_one_name_agree(register: tuple[str, str], typed: tuple[str, str]) -> None:
    assert same_person(Name(*register), Name(*typed))
    assert same_person(Name(*typed), Name(*register))


@pytest.mark.parametrize(
    ("register", "typed"),
    [
        (("ADAM", "SMITH"), ("J", "Smith")),
        (("ADAM JAMES", "SMITH"), ("J", "Smith")),
        (("JOHN A", "SMITH"), ("John B", "Smith")),
        (("JANE", "SMITH"), ("John", "Smith")),
        (("JOHN", "SMITH"), ("", "Smith")),
        (("JOHN", "SMITH"), ("Smith", "")),
        (("JOHN", "SMITH"), ("Smith", "Smith")),
        (("JOHN", "SMITH"), ("J", "S")),
        (("JOHN", "SMITH-JONES"), ("J", "Smith")),
        (("JOHN", "SMITHSON"), ("John", "Smith")),
        (("JOHN", "VAN DYKE"), ("John", "van")),
        (("WP", "CRANE"), ("Peter", "Crane")),
        (("ANN", "LEE"), ("Anna", "Lee")),
        (("", ""), ("", "")),
        (("田中", "太郎"), ("John", "Smith")),
    ],
)
def test_names_of_two_people_never_agree(register: tuple[str, str], typed: tuple[str, str]) -> None:
    assert not same_person(Name(*register), Name(*typed))
    assert not same_person(Name(*typed), Name(*register))


def test_family_names_are_folded_to_one_key_for_looking_up() -> None:
    assert fold("D\u2019Arcy") == fold("d'ARCY") == "darcy"
    assert fold("Søndergård") == "sondergard"
    assert fold("Van der Berg") == "vanderberg"


words = st.text(st.characters(whitelist_categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=2, max_size=9)


@given(words, words, words, words)
def test_agreeing_is_symmetric(a: str, b: str, c: str, d: str) -> None:
    assert same_person(Name(a, b), Name(c, d)) == same_person(Name(c, d), Name(a, b))


@given(
    st.lists(st.sampled_from(["Ana", "B", "Jean-Luc", "Zoë", "JP", "C."]), min_size=1, max_size=3).map(" ".join),
    st.sampled_from(["Smith", "De Wit", "O'Neill", "Smith Wit"]),
    st.lists(st.sampled_from(["ANA", "B", "JEAN LUC", "ZOE", "J P", "CARL"]), min_size=1, max_size=3).map(" ".join),
    st.sampled_from(["SMITH", "WIT", "ONEILL", "WIT SMITH"]),
)
def test_agreeing_is_symmetric_under_noise(a: str, b: str, c: str, d: str) -> None:
    assert same_person(Name(a, b), Name(c, d)) == same_person(Name(c, d), Name(a, b))


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_compared_without_an_error(a: str, b: str, c: str, d: str) -> None:
    assert same_person(Name(a, b), Name(c, d)) in {True, False}


@given(words, words)
def test_case_order_and_an_initial_change_nothing(given_name: str, family: str) -> None:
    name = Name(given_name, family)
    for typed in (
        Name(given_name.lower(), family.upper()),
        Name(family, given_name),
        Name(f"{given_name} X", family),
        Name(given_name[0], family),
    ):
        assert same_person(name, typed), typed


def real_names(folder: Path) -> list[Name]:
    names = []
    with (folder / "us" / "nppes_fhir_dev.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if row["resourceType"] == "Practitioner":
                names.append(Name(" ".join(row["name"][0]["given"]), row["name"][0]["family"]))
    return names


def test_every_real_practitioner_is_found_by_each_way_of_writing_the_name(real_data: Path) -> None:
    names = real_names(real_data)
    assert len(names) == 592
    for name in names:
        first = name.given.split()[0]
        for typed in (
            Name(name.given.title(), name.family.title()),
            Name(first.lower(), name.family.lower()),
            Name(name.family, name.given),
            Name(first[0] + ".", name.family),
            Name(name.given, name.family.replace("-", " ")),
            Name("Dr " + first, name.family + ", M.D."),
        ):
            assert same_person(name, typed), (name, typed)


def test_no_real_practitioner_is_taken_for_another(real_data: Path) -> None:
    names = real_names(real_data)
    confused = [
        (one, other)
        for index, one in enumerate(names)
        for other in names[index + 1 :]
        if same_person(one, other) and (one.given.split()[0], one.family) != (other.given.split()[0], other.family)
    ]
    assert len(confused) <= 3, confused
    assert all(one.given[0] in other.given + other.family for one, other in confused)


def test_real_british_practitioners_are_found_by_initials_and_not_by_wrong_ones(real_data: Path) -> None:
    with (real_data / "uk" / "nhs_gp_practitioners_sample.csv").open(encoding="utf-8") as file:
        listed = [line.split(",")[1].strip('"').rsplit(" ", 1) for line in file]
    people = [
        (family, initials)
        for family, initials in (parts for parts in listed if len(parts) == 2)
        if initials.isalpha() and len(initials) <= 4
    ]
    assert len(people) > 900
    for family, initials in people:
        wrong = "X" if initials[0] != "X" else "Y"
        assert same_person(Name(initials, family), Name(" ".join(initials), family.title()))
        assert same_person(Name(initials, family), Name(initials[0], family.title()))
        assert not same_person(Name(initials, family), Name(wrong, family.title()))
