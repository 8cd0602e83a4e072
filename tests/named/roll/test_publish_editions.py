import hashlib
import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from curbside.credential.edition import Manifest
from curbside.credential.edition_source import FolderSource, read_latest, read_roll
from curbside.credential.edition_store import EditionStore
from curbside.credential.errors import ChainBroken
from curbside.credential.names import EVERYONE, RollName
from curbside.kit.errors import Conflict
from curbside.named.doctors.models import Licence
from curbside.named.registers.models import Entry, Import, Standing
from curbside.named.roll import publishing
from curbside.named.roll.models import Commitment, Edition, EditionRoll, Place
from curbside.named.roll.signing import public_key, signing_key

from .conftest import DAY, MakeLicence, commitment, hand_in, publish

WEEK = timedelta(days=7)
REPOSITORY = Path(__file__).parents[3]


def latest(settings: LazySettings) -> Manifest:
    return read_latest(FolderSource(settings.ROLL_DIR), signing_key().public_key())


def listed(settings: LazySettings, roll: str = "everyone") -> set[int]:
    entry = latest(settings).roll(RollName(roll))
    return set(read_roll(FolderSource(settings.ROLL_DIR), entry).commitments()) if entry else set()


def test_the_first_edition_waits_for_a_roll_of_k(make_licence: MakeLicence, settings: LazySettings) -> None:
    for number in range(2):
        hand_in(make_licence(), number)
    assert publish() is None
    assert publish(now=True) is None
    assert not (settings.ROLL_DIR / "latest.json").exists()


def test_the_first_edition_is_signed_and_names_all_that_it_must(make_licence: MakeLicence, settings: LazySettings) -> None:
    settings.WALLET_SUMS_FILE.write_bytes(b"sums")
    imported = Import.objects.create(register="uk-gmc", digest="0" * 64)
    for number, standing in enumerate((Standing.IN_FORCE, Standing.IN_FORCE, Standing.ENDED)):
        Entry.objects.create(register="uk-gmc", number=str(number), standing=standing, last_import=imported)
    for number in range(3):
        hand_in(make_licence("gb", ("urology",) if number else ()), number)
    edition = publish()
    manifest = latest(settings)
    assert edition is not None
    assert (edition.digest, edition.number, edition.previous) == (manifest.address, 1, None)
    assert (manifest.registrar, manifest.date, manifest.k, manifest.previous) == (settings.REGISTRAR_HOST, DAY, 3, None)
    assert [(roll.name, roll.size) for roll in manifest.rolls] == [("everyone", 3), ("gb", 3)]
    assert [(register.name, register.size) for register in manifest.registers] == [("uk-gmc", 2)]
    assert manifest.wallet == hashlib.sha256(b"sums").hexdigest()
    assert listed(settings) == {commitment(0), commitment(1), commitment(2)}


def test_no_edition_comes_before_its_day(three_on_the_roll: list[Licence]) -> None:
    assert publish(DAY + WEEK - timedelta(days=1)) is None
    assert publish(DAY + WEEK) is not None


def test_an_edition_comes_on_its_day_even_if_nothing_changed(three_on_the_roll: list[Licence]) -> None:
    first, second = Edition.objects.get(number=1), publish(DAY + WEEK)
    assert second is not None
    assert second.previous == first
    assert second.rolls.get(name="gb").file == first.rolls.get(name="gb").file


def test_now_waives_the_interval_but_not_the_crowd(
    three_on_the_roll: list[Licence], make_licence: MakeLicence, settings: LazySettings
) -> None:
    hand_in(make_licence(), 9)
    assert publish(now=True) is not None
    assert commitment(9) not in listed(settings)


def test_a_single_newcomer_waits_for_a_crowd(three_on_the_roll: list[Licence], make_licence: MakeLicence, settings: LazySettings) -> None:
    hand_in(make_licence(), 9)
    publish(DAY + 40 * WEEK)
    assert commitment(9) not in listed(settings)
    hand_in(make_licence(), 10)
    hand_in(make_licence(), 11)
    publish(DAY + 41 * WEEK)
    assert {commitment(number) for number in (9, 10, 11)} <= listed(settings)


def test_a_single_newcomer_waits_no_longer_than_an_operator_set(
    three_on_the_roll: list[Licence], make_licence: MakeLicence, settings: LazySettings
) -> None:
    settings.ROLL_LONGEST_WAIT_DAYS = 28
    hand_in(make_licence(), 9)
    publish(DAY + WEEK)
    assert commitment(9) not in listed(settings)
    publish(DAY + timedelta(days=28))
    assert commitment(9) in listed(settings)
    assert Place.objects.get(commitment__value=commitment(9).to_bytes(32), roll="gb").edition == 3


def test_a_lapsed_licence_leaves_with_the_next_edition_and_takes_nobody_along(
    three_on_the_roll: list[Licence], make_licence: MakeLicence, settings: LazySettings
) -> None:
    hand_in(make_licence(), 4, DAY)
    for number in (5, 6):
        hand_in(make_licence(), number)
    publish(DAY + WEEK)
    hand_in(make_licence(), 7, DAY + WEEK)
    Licence.objects.filter(pk=three_on_the_roll[0].pk).update(ended_on=DAY)
    publish(DAY + 2 * WEEK)
    assert listed(settings) == {commitment(number) for number in (1, 2, 4, 5, 6)}
    assert Commitment.objects.get(licence=three_on_the_roll[0]).left_on == DAY + 2 * WEEK


def test_a_licence_in_force_again_comes_back_with_its_commitment(three_on_the_roll: list[Licence], settings: LazySettings) -> None:
    licence = three_on_the_roll[0]
    settings.ROLL_LEAST = 2
    Licence.objects.filter(pk=licence.pk).update(ended_on=DAY)
    publish(DAY + WEEK)
    Licence.objects.filter(pk=licence.pk).update(ended_on=None)
    publish(DAY + 2 * WEEK)
    assert commitment(0) not in listed(settings)
    settings.ROLL_LONGEST_WAIT_DAYS = 28
    publish(DAY + 6 * WEEK)
    assert commitment(0) in listed(settings)
    assert Commitment.objects.get(licence=licence).left_on is None


def test_a_licence_in_force_again_before_the_edition_never_leaves(three_on_the_roll: list[Licence], settings: LazySettings) -> None:
    licences = Licence.objects.filter(pk=three_on_the_roll[0].pk)
    licences.update(ended_on=DAY)
    publish(DAY + timedelta(days=1))
    assert Place.objects.filter(leaves=True).count() == 2
    licences.update(ended_on=None)
    publish(DAY + WEEK)
    assert listed(settings) == {commitment(0), commitment(1), commitment(2)}


def test_a_roll_that_falls_below_k_is_not_in_the_edition(three_on_the_roll: list[Licence], settings: LazySettings) -> None:
    Licence.objects.filter(pk=three_on_the_roll[0].pk).update(ended_on=DAY)
    edition = publish(DAY + WEEK)
    assert edition is not None
    assert not edition.rolls.exists()
    assert latest(settings).rolls == ()


def test_a_waiting_commitment_of_a_lapsed_licence_loses_its_place(make_licence: MakeLicence) -> None:
    licence = make_licence()
    hand_in(licence, 1)
    Licence.objects.filter(pk=licence.pk).update(ended_on=DAY)
    publish()
    assert not Place.objects.exists()


def test_a_new_specialty_waits_from_the_day_it_is_seen(three_on_the_roll: list[Licence]) -> None:
    Licence.objects.filter(pk=three_on_the_roll[0].pk).update(specialties=["urology"])
    publish(DAY + WEEK)
    assert Place.objects.get(roll="gb/urology").waits_from == DAY + WEEK


def test_leaving_one_specialty_is_not_leaving_the_roll(make_licence: MakeLicence) -> None:
    licences = [make_licence("gb", ("urology",)) for _ in range(4)]
    for number, licence in enumerate(licences):
        hand_in(licence, number)
    publish()
    Licence.objects.filter(pk=licences[0].pk).update(specialties=["oncology"])
    edition = publish(DAY + WEEK)
    assert edition is not None
    assert {roll.name: roll.size for roll in edition.rolls.all()} == {"everyone": 4, "gb": 4, "gb/urology": 3}
    assert Commitment.objects.get(licence=licences[0]).left_on is None


def test_old_and_new_commitment_of_a_licence_never_share_an_edition(
    three_on_the_roll: list[Licence], make_licence: MakeLicence, settings: LazySettings
) -> None:
    """Even if no edition came for longer than a term, the new one waits a term from the edition that drops the old one."""
    settings.ROLL_LONGEST_WAIT_DAYS = 28
    for number in (5, 6, 7):
        hand_in(make_licence(), number)
    hand_in(three_on_the_roll[0], 9, replace=True)
    late = DAY + timedelta(days=200)
    publish(late)
    assert commitment(0) not in listed(settings)
    assert commitment(9) not in listed(settings)
    publish(late + timedelta(days=92))
    publish(late + timedelta(days=92 + 28))
    assert commitment(9) in listed(settings)


def test_a_demo_publishes_after_each_commitment_and_not_without_one(
    three_on_the_roll: list[Licence], make_licence: MakeLicence, settings: LazySettings
) -> None:
    settings.PUBLISH_AT_ONCE = True
    publishing.publish_if_at_once(day=DAY)
    assert Edition.objects.count() == 1
    hand_in(make_licence(), 9)
    publishing.publish_if_at_once(day=DAY)
    assert commitment(9) in listed(settings)


def test_outside_a_demo_nothing_is_published_at_once(make_licence: MakeLicence) -> None:
    for number in range(3):
        hand_in(make_licence(), number)
    publishing.publish_if_at_once(day=DAY)
    assert not Edition.objects.exists()


def test_a_run_cut_short_after_the_decision_is_finished_by_the_next(
    make_licence: MakeLicence, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        hand_in(make_licence(), number)
    with monkeypatch.context() as broken:
        broken.setattr(EditionStore, "publish", _lose_power)
        with pytest.raises(KeyboardInterrupt):
            publish()
    assert not (settings.ROLL_DIR / "latest.json").exists()
    Licence.objects.filter(commitments__value=commitment(0).to_bytes(32)).update(ended_on=DAY)
    outcome = publishing.publish_edition(day=DAY)
    assert (outcome.finished_former, outcome.edition) == (True, None)
    assert latest(settings).number == 1
    assert listed(settings) == {commitment(0), commitment(1), commitment(2)}


def test_a_run_cut_short_before_the_pointer_is_finished_by_the_next(
    three_on_the_roll: list[Licence], settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = EditionStore._write

    def write_all_but_the_pointer(store: EditionStore, path: str, data: bytes) -> None:
        if path == "latest.json":
            raise KeyboardInterrupt
        write(store, path, data)

    with monkeypatch.context() as broken:
        broken.setattr(EditionStore, "_write", write_all_but_the_pointer)
        with pytest.raises(KeyboardInterrupt):
            publish(DAY + WEEK)
    assert latest(settings).number == 1
    assert publishing.finish_former()
    assert latest(settings).address == Edition.objects.get(number=2).digest
    assert not publishing.finish_former()


def test_a_run_cut_short_before_the_decision_leaves_nothing(make_licence: MakeLicence, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        hand_in(make_licence(), number)
    with monkeypatch.context() as broken:
        broken.setattr(publishing, "_hold", _lose_power)
        with pytest.raises(KeyboardInterrupt):
            publish()
    assert not Edition.objects.exists()
    assert not EditionRoll.objects.exists()
    assert publish() is not None


def test_a_roll_file_that_got_lost_is_written_again(three_on_the_roll: list[Licence], settings: LazySettings) -> None:
    shutil.rmtree(settings.ROLL_DIR / "files")
    publish(DAY + WEEK)
    assert len(listed(settings, "gb")) == 3


def test_a_folder_that_is_ahead_of_its_database_is_not_written_over(three_on_the_roll: list[Licence]) -> None:
    Edition.objects.all().delete()
    with pytest.raises(publishing.FolderAhead, match="edition 1"):
        publish(DAY + WEEK)
    with pytest.raises(CommandError, match="edition 1"):
        call_command("publish_roll")


def test_another_edition_of_the_same_number_is_not_written_over(three_on_the_roll: list[Licence]) -> None:
    Edition.objects.update(digest="0" * 64)
    with pytest.raises(publishing.FolderAhead):
        publish(DAY + WEEK)


def test_a_lost_folder_is_said_and_not_begun_anew(three_on_the_roll: list[Licence], settings: LazySettings) -> None:
    publish(DAY + WEEK)
    shutil.rmtree(settings.ROLL_DIR)
    with pytest.raises(ChainBroken):
        publish(DAY + 2 * WEEK)
    with pytest.raises(CommandError, match="do not fit together"):
        call_command("publish_roll")


def test_the_second_of_two_publishers_finds_the_number_taken(three_on_the_roll: list[Licence]) -> None:
    newest = Edition.objects.get()
    plan = publishing.queries.coming_edition(DAY + WEEK)
    drafts = [publishing._draft(plan, newest, DAY + WEEK, 1) for _ in range(2)]
    publishing._decide(drafts[0], newest)
    with pytest.raises(Conflict, match="Another process"):
        publishing._decide(drafts[1], newest)
    assert Edition.objects.count() == 2


def test_a_commitment_withdrawn_while_trees_were_built_stops_the_edition(make_licence: MakeLicence) -> None:
    licences = [make_licence() for _ in range(3)]
    for number, licence in enumerate(licences):
        hand_in(licence, number)
    draft = publishing._draft(publishing.queries.coming_edition(DAY), None, DAY, 1)
    hand_in(licences[0], 9, replace=True)
    with pytest.raises(Conflict, match="withdrawn"):
        publishing._decide(draft, None)
    assert not Edition.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_publishers_at_once_one_publishes(make_licence: MakeLicence, settings: LazySettings) -> None:
    for number in range(3):
        hand_in(make_licence(), number)

    def run(_turn: int) -> bool:
        try:
            return publish() is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(run, range(4))) == [False, False, False, True]
    assert latest(settings).number == 1


def test_a_licence_with_a_commitment_cannot_be_deleted(three_on_the_roll: list[Licence]) -> None:
    with pytest.raises(Exception, match="protected"):
        three_on_the_roll[0].delete()


def test_the_javascript_group_finds_the_same_root(three_on_the_roll: list[Licence], settings: LazySettings) -> None:
    entry = latest(settings).roll(EVERYONE)
    assert entry is not None
    leaves = json.dumps([str(value) for value in read_roll(FolderSource(settings.ROLL_DIR), entry).commitments()])
    script = f"import {{ Group }} from '@semaphore-protocol/group';console.log(new Group({leaves}.map(BigInt)).root.toString());"
    answer = subprocess.run(["node", "--input-type=module", "-e", script], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == str(entry.root)


def test_the_command_says_what_it_did(make_licence: MakeLicence, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("publish_roll")
    assert "no roll has 3 commitments" in capsys.readouterr().out
    for number in range(3):
        hand_in(make_licence("gb", ("urology",) if number else ()), number)
    call_command("publish_roll")
    out = capsys.readouterr().out
    assert "Published edition 1" in out
    assert "  everyone: 3 (+3 -0)\n" in out
    assert "  gb/urology: not published, fewer than 3 (+0 -0)\n" in out
    call_command("publish_roll")
    assert "The next edition is due on" in capsys.readouterr().out
    call_command("publish_roll", "--now")
    assert "Published edition 2" in capsys.readouterr().out


def test_the_command_says_that_a_demo_has_nothing_new(
    three_on_the_roll: list[Licence], settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PUBLISH_AT_ONCE = True
    call_command("publish_roll")
    assert "Nothing changed" in capsys.readouterr().out


def test_the_command_says_that_it_finished_a_former_edition(
    make_licence: MakeLicence, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        hand_in(make_licence(), number)
    with monkeypatch.context() as broken:
        broken.setattr(EditionStore, "publish", _lose_power)
        with pytest.raises(KeyboardInterrupt):
            call_command("publish_roll")
    call_command("publish_roll")
    assert "Finished the former edition" in capsys.readouterr().out


def test_the_key_command_prints_the_public_half(settings: LazySettings, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("print_roll_key")
    assert capsys.readouterr().out.strip() == public_key() == "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg"


@pytest.mark.parametrize("content", ["", "not base64url!", "AAAA"])
def test_a_key_file_without_a_key_is_refused(settings: LazySettings, content: str) -> None:
    settings.ROLL_SIGNING_KEY_FILE.write_text(content)
    with pytest.raises(ImproperlyConfigured):
        signing_key()
    with pytest.raises(CommandError):
        call_command("print_roll_key")


def test_a_missing_key_file_is_refused(settings: LazySettings) -> None:
    settings.ROLL_SIGNING_KEY_FILE.unlink()
    with pytest.raises(ImproperlyConfigured, match="keys make"):
        signing_key()


def _lose_power(*_args: object) -> None:
    raise KeyboardInterrupt


def test_whoever_stands_on_a_specialty_stands_on_its_country_too(make_licence: MakeLicence, settings: LazySettings) -> None:
    for number in range(4):
        hand_in(make_licence("gb", ("urology",) if number < 2 else ()), number)
    publish()
    for number in (4, 5):  # with the two from before they are k for the specialty, and not for the country
        hand_in(make_licence("gb", ("urology",)), number)
    publish(DAY + WEEK)
    assert len(listed(settings, "gb")) == 4
    assert not listed(settings, "gb/urology")
    hand_in(make_licence("gb", ()), 6)
    publish(DAY + 2 * WEEK)
    assert len(listed(settings, "gb/urology")) == 4
    assert listed(settings, "gb/urology") < listed(settings, "gb")


def test_a_specialty_of_k_who_stand_on_the_country_leaves_the_others_waiting(make_licence: MakeLicence, settings: LazySettings) -> None:
    licences = [make_licence("gb", ()) for _ in range(3)]
    for number, licence in enumerate(licences):
        hand_in(licence, number)
    publish()
    Licence.objects.update(specialties=["urology"])
    hand_in(make_licence("gb", ("urology",)), 3)
    publish(DAY + WEEK)
    assert listed(settings, "gb/urology") == listed(settings, "gb")
    assert len(listed(settings, "gb")) == 3
