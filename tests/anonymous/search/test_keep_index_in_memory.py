from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from curbside.anonymous.search.checks import index_lies_in_memory
from curbside.anonymous.search.place import IndexFolder, Unsafe, lies_in_memory

MOUNTS = """\
1 0 8:1 / / rw - ext4 /dev/sda1 rw
2 1 0:5 / /dev rw - devtmpfs udev rw
3 2 0:6 / /dev/shm rw - tmpfs tmpfs rw
4 1 0:7 / /a\\040place rw shared:1 - tmpfs tmpfs rw
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    file = tmp_path / "mountinfo"
    file.write_text(MOUNTS)
    return file


@pytest.mark.parametrize(
    ("folder", "in_memory"),
    [("/dev/shm/curbside", True), ("/a place/x", True), ("/dev/shmother", False), ("/var/lib", False), ("/", False)],
)
def test_a_folder_is_in_memory_when_its_file_system_is(mounts: Path, folder: str, in_memory: bool) -> None:
    assert lies_in_memory(Path(folder), mounts=mounts) is in_memory


def test_where_mounts_cannot_be_read_nothing_counts_as_memory(tmp_path: Path) -> None:
    assert not lies_in_memory(Path("/dev/shm"), mounts=tmp_path / "absent")


@pytest.mark.parametrize(
    ("mode", "on_disk", "found"),
    [("production", False, "search.E001"), ("production", True, "search.W001"), ("demo", False, "search.W001")],
)
def test_a_folder_on_a_disk_is_an_error_in_production_unless_allowed(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, mode: str, on_disk: bool, found: str
) -> None:
    monkeypatch.setattr("curbside.anonymous.search.checks.lies_in_memory", lambda _folder: False)
    settings.MODE, settings.SEARCH_ON_DISK = mode, on_disk
    assert [message.id for message in index_lies_in_memory(None)] == [found]


def test_a_folder_in_memory_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curbside.anonymous.search.checks.lies_in_memory", lambda _folder: True)
    assert index_lies_in_memory(None) == []


def test_the_writing_process_refuses_a_disk_in_production(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curbside.anonymous.search.management.commands.index_texts.lies_in_memory", lambda _folder: False)
    settings.MODE = "production"
    with pytest.raises(CommandError, match="not in memory"):
        call_command("index_texts")


def test_the_folder_is_for_this_account_alone(tmp_path: Path) -> None:
    place = IndexFolder(tmp_path / "index")
    place.prepare()
    assert (tmp_path / "index").stat().st_mode & 0o777 == 0o700
    place.clear()


def test_a_folder_that_others_can_look_into_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir(mode=0o755)
    with pytest.raises(Unsafe):
        IndexFolder(tmp_path / "index").prepare()


def test_a_link_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "index").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unsafe):
        IndexFolder(tmp_path / "index").prepare()


def test_there_is_one_writer(tmp_path: Path) -> None:
    first = IndexFolder(tmp_path / "index")
    first.prepare()
    with pytest.raises(Unsafe, match="only one"):
        IndexFolder(tmp_path / "index").prepare()
    first.clear()
    IndexFolder(tmp_path / "index").prepare()
