"""Files of pictures are copied as they lie, without times, and come back; what is no such copy is refused."""

import io
import tarfile
from pathlib import Path

import pytest
from django.core.management import call_command

from curbside.anonymous.pictures import vault
from curbside.anonymous.pictures.models import Picture
from curbside.anonymous.pictures.queries import count_fileless, picture_text
from curbside.backup.files import BackupRefused, digest
from curbside.backup.stores import STORES
from curbside.backup.work import back_up, prune, restore

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
PICTURES = STORES["pictures"]


def _renamed_sums(backup: Path) -> None:
    backup.with_name(backup.name + ".sha256").write_text(f"{digest(backup)}  {backup.name}\n", encoding="utf-8")


def test_pictures_come_back_after_their_files_are_lost(picture: Picture, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    backup = back_up(PICTURES, tmp_path / "backups")
    vault.erase(picture.file_id)
    assert count_fileless() == 1
    restore(PICTURES, backup, overwrite=False)
    call_command("settle_pictures")
    assert capsys.readouterr().out == "0 pictures have no files.\n"
    assert vault.read(file_id=picture.file_id, number=0, key=picture_text(picture).key)[1:4] == b"PNG"
    assert (backup.stat().st_mode & 0o777, prune(PICTURES, backup.parent, days=3).removed) == (0o600, 0)


def test_the_copy_tells_no_time_and_no_pixel(picture: Picture, tmp_path: Path) -> None:
    backup = back_up(PICTURES, tmp_path / "backups")
    with tarfile.open(backup) as tar:
        assert {(member.mtime, member.uid, member.uname) for member in tar} == {(946_684_800, 0, "")}
    assert b"PNG" not in backup.read_bytes()


def test_pictures_are_not_replaced_unasked(picture: Picture, tmp_path: Path) -> None:
    backup = back_up(PICTURES, tmp_path / "backups")
    with pytest.raises(BackupRefused, match="--yes"):
        restore(PICTURES, backup, overwrite=False)
    restore(PICTURES, backup, overwrite=True)
    assert count_fileless() == 0


@pytest.mark.parametrize("inside", ["../outside", "0123456789abc/0/../../x", "/etc/passwd"])
def test_a_file_that_would_leave_the_folder_is_refused(picture: Picture, tmp_path: Path, inside: str) -> None:
    backup = back_up(PICTURES, tmp_path / "backups")
    with tarfile.open(backup, "w") as tar:
        member = tarfile.TarInfo(inside)
        member.size = 4
        tar.addfile(member, io.BytesIO(b"evil"))
    with pytest.raises(BackupRefused):
        restore(PICTURES, backup, overwrite=True)
    _renamed_sums(backup)
    with pytest.raises(BackupRefused, match="something else"):
        restore(PICTURES, backup, overwrite=True)
    assert count_fileless() == 0


def test_what_is_no_tar_is_refused(picture: Picture, tmp_path: Path) -> None:
    backup = back_up(PICTURES, tmp_path / "backups")
    backup.write_bytes(b"no tar" * 200)
    _renamed_sums(backup)
    with pytest.raises(BackupRefused, match="no backup of pictures"):
        restore(PICTURES, backup, overwrite=True)
