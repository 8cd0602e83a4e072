"""A number and a name belong together, or a sentence says what to do."""

from pathlib import Path

import pytest

from curbside.kit.errors import PublicError
from curbside.named.registers.actions import import_file
from curbside.named.registers.catalogue import REGISTERS
from curbside.named.registers.matching import Matched, Refused, match_licence
from curbside.named.registers.models import Entry, Import, Standing
from tests.named.registers.conftest import WriteNppes, nppes_doctor

pytestmark = pytest.mark.django_db

NUMBER = "9900001"


def enter(standing: Standing = Standing.IN_FORCE, **names: str) -> Entry:
    imported, _made = Import.objects.get_or_create(register="gb-gmc", digest="0" * 64)
    names = {"given_names": "Gwen Jane", "family_name": "Ferncliffe"} | names
    return Entry.objects.create(register="gb-gmc", number=NUMBER, standing=standing, last_import=imported, **names)


def match(number: str = NUMBER, given: str = "Gwen", family: str = "Ferncliffe") -> Matched | Refused:
    return match_licence(register="gb-gmc", number=number, given_names=given, family_name=family)


def test_entry_in_force_with_an_agreeing_name_matches() -> None:
    assert match() == Refused(
        "No entry was found for this number in the copy of the register kept here. Check the number; "
        "if you were registered recently, try again after the next import."
    )
    entry = enter()
    assert match() == match(number="c990 0001", given="FERNCLIFFE", family="gwen j.") == Matched(entry)


def test_former_family_name_matches() -> None:
    entry = enter(other_family_name="Okafore")
    assert match(family="Okafore") == Matched(entry)


def test_other_name_is_refused_whatever_the_standing() -> None:
    entry = enter(Standing.SUSPENDED)
    refused = match(given="Harriet")
    assert isinstance(refused, Refused)
    assert refused.entry == entry
    assert "name does not agree" in refused.sentence


@pytest.mark.parametrize("standing", [standing for standing in Standing if standing != Standing.IN_FORCE])
def test_each_standing_that_is_not_in_force_is_refused_with_what_to_do(standing: Standing) -> None:
    entry = enter(standing)
    refused = match()
    assert isinstance(refused, Refused)
    assert refused.entry == entry
    assert "name does not agree" not in refused.sentence
    assert "%(" not in refused.sentence
    assert "United Kingdom: GMC" in refused.sentence


def test_each_standing_has_a_sentence_of_its_own() -> None:
    entry = enter()
    sentences = set()
    for standing in Standing:
        if standing != Standing.IN_FORCE:
            Entry.objects.filter(pk=entry.pk).update(standing=standing)
            outcome = match()
            assert isinstance(outcome, Refused)
            sentences.add(outcome.sentence)
    assert len(sentences) == len(Standing) - 1


def test_number_of_another_profession_is_told_so_although_its_name_is_not_kept() -> None:
    enter(Standing.OTHER_PROFESSION, given_names="", family_name="")
    refused = match(given="Any", family="Body")
    assert isinstance(refused, Refused)
    assert "another profession" in refused.sentence


def test_number_that_breaks_its_rule_is_refused_before_any_look_up(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator] # pytest-django's fixture
        refused = match(number="12")
    assert isinstance(refused, Refused)
    assert "seven digits" in refused.sentence


def test_probably_mistyped_french_number_is_told_so() -> None:
    refused = match_licence(register="fr-rpps", number="99900000013", given_names="A", family_name="B")
    assert isinstance(refused, Refused)
    assert "unusual check digit" in refused.sentence


def test_unknown_register_is_refused() -> None:
    with pytest.raises(PublicError, match="no such register"):
        match_licence(register="xx-none", number="1", given_names="A", family_name="B")


def test_row_of_a_real_file_matches_its_own_name_alone(write_nppes: WriteNppes) -> None:
    import_file(register=REGISTERS["us-nppes"], path=write_nppes([nppes_doctor("2000000010", given="ANA", middle="R", family="O'HANLON")]))
    found = match_licence(register="us-nppes", number="2000000010", given_names="Ana Rosa", family_name="O\u2019Hanlon")
    assert isinstance(found, Matched)
    assert isinstance(match_licence(register="us-nppes", number="2000000010", given_names="B", family_name="O'Hanlon"), Refused)


def test_real_rows_match_their_own_names(real_data: Path) -> None:
    import_file(register=REGISTERS["us-nppes"], path=real_data / "us" / "npidata_pfile_sample.csv")
    for number, given, family in (
        ("1679576722", "David", "Wiebe"),
        ("1588667638", "W. C.", "Pilcher"),
        ("1215930367", "Gressot", "Laurent"),
        ("1932102084", "Ravi K.", "ADUSUMILLI"),
    ):
        assert isinstance(match_licence(register="us-nppes", number=number, given_names=given, family_name=family), Matched)
    for number, says in (("1306849450", "deactivated"), ("1841293990", "another profession"), ("1497758544", "organisation")):
        refused = match_licence(register="us-nppes", number=number, given_names="Susan", family_name="Wortsman")
        assert isinstance(refused, Refused)
        assert says in refused.sentence
