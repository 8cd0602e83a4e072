from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.core.management.base import CommandError

from curbside.named.doctors.models import Doctor, Licence, Passkey
from curbside.named.roll.models import Commitment, Edition


@pytest.fixture(autouse=True)
def demo(settings: LazySettings, tmp_path: Path, db: None) -> None:
    settings.MODE = "demo"
    settings.DATA_DIR = tmp_path
    settings.PUBLISH_AT_ONCE = True
    settings.ROLL_LEAST = 5


def test_a_demo_gets_crowds_of_k_in_several_countries_and_specialties(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("seed_demo")
    rolls = {roll.name: roll.size for roll in Edition.objects.get(number=1).rolls.all()}
    assert rolls["everyone"] == rolls["us"] + rolls["fr"] + rolls["gb"] == Licence.objects.count()
    assert max(size for name, size in rolls.items() if "/" in name) >= 12
    assert min(rolls.values()) >= 5
    assert "edition 1 published" in capsys.readouterr().out


def test_nobody_can_sign_in_as_a_demo_doctor() -> None:
    call_command("seed_demo")
    assert not Passkey.objects.exists()
    assert not Doctor.objects.filter(is_registrar=True).exists()


def test_some_entries_stay_free_and_are_named_with_name_and_number(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    call_command("seed_demo")
    rows = (tmp_path / "try_these").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 12
    assert rows[0] in capsys.readouterr().out
    numbers = set(Licence.objects.values_list("number", flat=True))
    assert not any(number in row for row in rows for number in numbers)


def test_a_second_run_makes_only_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("seed_demo")
    made = set(Commitment.objects.values_list("pk", flat=True))
    gone = Licence.objects.first()
    assert gone is not None
    gone.commitments.all().delete()
    gone.delete()
    capsys.readouterr()
    call_command("seed_demo")
    assert "1 invented doctors enrolled" in capsys.readouterr().out
    assert len(set(Commitment.objects.values_list("pk", flat=True)) - made) == 1


def test_an_entry_that_a_visitor_took_is_no_longer_offered(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    call_command("seed_demo")
    taken = (tmp_path / "try_these").read_text(encoding="utf-8").splitlines()[-1]
    number = next(word for word in taken.split() if word.isdecimal())
    Licence.objects.create(doctor=Doctor.objects.create(), register="us-nppes", number=number, country="us")
    call_command("seed_demo")
    assert number not in (tmp_path / "try_these").read_text(encoding="utf-8")


def test_production_is_never_filled_with_invented_doctors(settings: LazySettings) -> None:
    settings.MODE = "production"
    with pytest.raises(CommandError, match="production"):
        call_command("seed_demo")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"us-nppes\.csv"):
        call_command("seed_demo", registers=tmp_path)
