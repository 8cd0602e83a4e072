from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from curbside.credential.field import SCALAR_ORDER
from curbside.kit.errors import Conflict, NotAllowed
from curbside.named.doctors.models import Licence
from curbside.named.roll.actions import HandIn, WouldReplace, may_join_from
from curbside.named.roll.models import Commitment, Place

from .conftest import DAY, MakeLicence, commitment, hand_in, publish


def rolls(number: int) -> set[str]:
    return set(Place.objects.filter(commitment__value=commitment(number).to_bytes(32)).values_list("roll", flat=True))


def of(licence: Licence) -> Commitment:
    return Commitment.objects.current().get(licence=licence)


def test_a_commitment_waits_for_everyone_its_country_and_its_specialties(make_licence: MakeLicence) -> None:
    assert hand_in(make_licence("gb", ("urology", "oncology")), 1) is HandIn.ACCEPTED
    assert rolls(1) == {"everyone", "gb", "gb/urology", "gb/oncology"}


def test_a_specialty_that_no_list_knows_makes_no_roll(make_licence: MakeLicence) -> None:
    hand_in(make_licence("gb", ("astrology",)), 1)
    assert rolls(1) == {"everyone", "gb"}


def test_the_same_commitment_again_changes_nothing(make_licence: MakeLicence) -> None:
    licence = make_licence()
    hand_in(licence, 1)
    assert hand_in(licence, 1, DAY + timedelta(days=3)) is HandIn.KNOWN
    assert of(licence).handed_in_on == DAY


def test_a_lapsed_licence_hands_nothing_in(make_licence: MakeLicence) -> None:
    with pytest.raises(NotAllowed):
        hand_in(make_licence(ended_on=DAY), 1)


def test_a_commitment_of_another_licence_is_refused(make_licence: MakeLicence) -> None:
    hand_in(make_licence(), 1)
    with pytest.raises(Conflict, match="another licence"):
        hand_in(make_licence(), 1)


def test_a_former_commitment_of_another_licence_is_refused(make_licence: MakeLicence) -> None:
    first = make_licence()
    hand_in(first, 1)
    hand_in(first, 2, replace=True)
    with pytest.raises(Conflict, match="another licence"):
        hand_in(make_licence(), 1)


def test_a_second_commitment_needs_the_doctors_word(make_licence: MakeLicence) -> None:
    licence = make_licence()
    hand_in(licence, 1)
    with pytest.raises(WouldReplace):
        hand_in(licence, 2)
    assert rolls(2) == set()


def test_a_commitment_that_no_edition_held_is_replaced_at_once(make_licence: MakeLicence) -> None:
    licence = make_licence()
    hand_in(licence, 1)
    assert hand_in(licence, 2, replace=True) is HandIn.REPLACED
    assert (rolls(1), rolls(2)) == (set(), {"everyone", "gb"})
    assert of(licence).joins_from == DAY


def test_a_commitment_that_an_edition_held_is_replaced_after_a_term(three_on_the_roll: list[Licence]) -> None:
    licence = three_on_the_roll[0]
    assert may_join_from(licence=licence, value=commitment(9), day=DAY) == DAY + timedelta(days=92)
    hand_in(licence, 9, replace=True)
    assert of(licence).joins_from == DAY + timedelta(days=92)
    assert rolls(9) == set()


def test_the_term_counts_from_the_edition_that_dropped_the_old_one(three_on_the_roll: list[Licence], make_licence: MakeLicence) -> None:
    licence = three_on_the_roll[0]
    for number in (5, 6, 7):
        hand_in(make_licence(), number)
    hand_in(licence, 9, replace=True)
    dropped_on = DAY + timedelta(days=12)
    publish(dropped_on)
    assert Commitment.objects.get(value=commitment(0).to_bytes(32)).left_on == dropped_on
    assert of(licence).joins_from == dropped_on + timedelta(days=92)


def test_a_third_commitment_inherits_the_wait_of_the_first(three_on_the_roll: list[Licence]) -> None:
    licence = three_on_the_roll[0]
    hand_in(licence, 8, replace=True)
    publish(DAY + timedelta(days=7))
    hand_in(licence, 9, DAY + timedelta(days=10), replace=True)
    assert of(licence).joins_from == DAY + timedelta(days=7 + 92)


def test_who_finds_the_old_secret_again_goes_back_without_a_wait(three_on_the_roll: list[Licence]) -> None:
    licence = three_on_the_roll[0]
    hand_in(licence, 9, replace=True)
    assert hand_in(licence, 0, DAY + timedelta(days=1), replace=True) is HandIn.REPLACED
    assert of(licence).joins_from == DAY + timedelta(days=1)
    edition = publish(DAY + timedelta(days=7))
    assert edition is not None
    assert edition.rolls.get(name="everyone").size == 3
    assert Place.objects.held().filter(commitment=of(licence)).count() == 2


@pytest.mark.parametrize("value", [bytes(32), SCALAR_ORDER.to_bytes(32), b"\xff" * 32, b"\x01" * 31, b"\x01" * 33])
def test_the_database_refuses_what_is_no_field_element(make_licence: MakeLicence, value: bytes) -> None:
    licence = make_licence()
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.create(licence=licence, value=value, handed_in_on=DAY, joins_from=DAY)


def test_the_database_refuses_a_second_current_commitment(make_licence: MakeLicence) -> None:
    licence = make_licence()
    hand_in(licence, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.create(licence=licence, value=commitment(2).to_bytes(32), handed_in_on=DAY, joins_from=DAY)


def test_a_commitment_taken_by_another_at_the_same_moment_is_refused_with_a_sentence(
    make_licence: MakeLicence, monkeypatch: pytest.MonkeyPatch
) -> None:
    def arrive_first(*_args: object) -> None:
        raise IntegrityError

    monkeypatch.setattr("curbside.named.roll.actions._begin", arrive_first)
    with pytest.raises(Conflict, match="another licence"):
        hand_in(make_licence(), 1)
