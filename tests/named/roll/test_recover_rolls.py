import base64
import shutil
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from curbside.credential.edition_source import FolderSource, read_latest
from curbside.named.doctors.models import Licence
from curbside.named.roll.models import Edition
from curbside.named.roll.signing import signing_key

from .conftest import DAY, publish

WEEK = timedelta(days=7)


def run(command: str, *words: str) -> str:
    output = StringIO()
    call_command(command, *words, stdout=output)
    return output.getvalue()


@pytest.fixture
def two_editions(three_on_the_roll: list[Licence]) -> Edition:
    """Gives the newer."""
    edition = publish(DAY + WEEK)
    assert edition is not None
    return edition


def restore_to_the_first(settings: LazySettings) -> None:
    """The database as a backup from before the second edition has it."""
    Edition.objects.get(number=2).delete()


def test_a_changed_key_signs_the_whole_chain(two_editions: Edition, settings: LazySettings) -> None:
    settings.ROLL_SIGNING_KEY_FILE.write_text(base64.urlsafe_b64encode(bytes(range(1, 33))).decode().rstrip("="))
    assert "2 editions are signed by" in run("rewrite_roll")
    latest = read_latest(FolderSource(settings.ROLL_DIR), signing_key().public_key())
    assert latest.address == two_editions.digest
    assert publish(DAY + 2 * WEEK) is not None


def test_a_lost_folder_of_several_editions_is_written_again(two_editions: Edition, settings: LazySettings) -> None:
    shutil.rmtree(settings.ROLL_DIR)
    run("rewrite_roll")
    assert read_latest(FolderSource(settings.ROLL_DIR), signing_key().public_key()).number == 2


def test_nothing_is_rewritten_before_the_first_edition(db: None) -> None:
    with pytest.raises(CommandError, match="no edition yet"):
        run("rewrite_roll")


def test_a_folder_ahead_of_the_database_is_adopted_and_not_overwritten(two_editions: Edition, settings: LazySettings) -> None:
    restore_to_the_first(settings)
    with pytest.raises(CommandError, match="roll adopt"):
        run("rewrite_roll")
    assert f"Adopted edition 2 ({two_editions.digest})" in run("adopt_roll")
    assert "no edition that this database does not know" in run("adopt_roll")
    third = publish(DAY + 2 * WEEK)
    assert third is not None
    assert third.previous is not None
    assert (third.number, third.previous.digest) == (3, two_editions.digest)


def test_an_empty_database_adopts_the_whole_chain(two_editions: Edition, settings: LazySettings) -> None:
    Edition.objects.get(number=2).delete()
    Edition.objects.get(number=1).delete()
    assert run("adopt_roll", str(settings.ROLL_DIR)).count("Adopted edition") == 2


def test_editions_that_another_key_signed_are_not_adopted(two_editions: Edition, settings: LazySettings, tmp_path: Path) -> None:
    restore_to_the_first(settings)
    settings.ROLL_SIGNING_KEY_FILE.write_text(base64.urlsafe_b64encode(bytes(range(1, 33))).decode().rstrip("="))
    with pytest.raises(CommandError, match="signature"):
        run("adopt_roll")
    with pytest.raises(CommandError, match="Not adopted"):
        run("adopt_roll", str(tmp_path / "nowhere"))
    assert Edition.objects.count() == 1
