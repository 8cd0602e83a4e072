"""Files become entries; bad rows are named by line; an import goes on where it stopped; what a full file lacks lapses."""

import gzip
import zipfile
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curbside.kit.errors import Conflict
from curbside.named.registers import actions
from curbside.named.registers.actions import TooManyLapse, import_file
from curbside.named.registers.catalogue import REGISTERS
from curbside.named.registers.formats import FileRefused, RowRefused
from curbside.named.registers.models import BadRow, Entry, Import, Standing
from curbside.named.registers.queries import counts_in_force, entries_by_family_name, last_import, numbers_not_in_force
from curbside.named.registers.storing import COLUMNS
from curbside.named.registers.uk_gmc import read_date, standing_of
from curbside.named.registers.us_nppes import Nppes
from tests.named.registers.conftest import DEMO, FIXTURES, WriteNppes, gmc_doctor, nppes_doctor

pytestmark = pytest.mark.django_db

A, B, C = "2000000010", "2000000028", "2000000036"


def standings(register: str) -> dict[str, str]:
    return dict(Entry.objects.filter(register=register).values_list("number", "standing"))


def bring_in(register: str, path: Path, **options: bool) -> Import:
    return import_file(register=REGISTERS[register], path=path, **options)


def test_invented_numbers_of_these_tests_hold() -> None:
    assert [Nppes().check_number(number) for number in (A, B, C)] == [A, B, C]


def test_physician_with_a_state_licence_is_in_force(write_nppes: WriteNppes) -> None:
    bring_in("us-nppes", write_nppes([nppes_doctor(A, given="ANA", middle="R", family="O'HANLON", code="2080P0202X")]))
    entry = Entry.objects.get()
    assert (entry.number, entry.given_names, entry.family_name, entry.family_key) == (A, "ANA R", "O'HANLON", "ohanlon")
    assert entry.in_force
    assert entry.specialties == ["cardiology", "paediatrics"]
    assert entry.remark == "NY D1"


@pytest.mark.parametrize(
    ("change", "standing"),
    [
        ({"Provider License Number_1": ""}, Standing.NO_LICENCE),
        ({"Provider License Number State Code_1": ""}, Standing.NO_LICENCE),
        ({"Healthcare Provider Taxonomy Code_1": "163W00000X"}, Standing.OTHER_PROFESSION),
        ({"Healthcare Provider Taxonomy Code_1": "2085R0205X"}, Standing.OTHER_PROFESSION),
        ({"Healthcare Provider Taxonomy Code_1": "204E00000X"}, Standing.OTHER_PROFESSION),
        ({"Healthcare Provider Taxonomy Code_1": "390200000X"}, Standing.IN_TRAINING),
        ({"Entity Type Code": "2"}, Standing.ORGANISATION),
        ({"NPI Deactivation Date": "03/03/2021"}, Standing.DEACTIVATED),
        ({"NPI Deactivation Date": "03/03/2021", "NPI Reactivation Date": "01/01/2020"}, Standing.DEACTIVATED),
        ({"NPI Deactivation Date": "03/03/2021", "NPI Reactivation Date": "04/03/2021"}, Standing.IN_FORCE),
    ],
)
def test_npi_alone_proves_no_licence(write_nppes: WriteNppes, change: dict[str, str], standing: Standing) -> None:
    bring_in("us-nppes", write_nppes([nppes_doctor(A) | change]))
    assert standings("us-nppes") == {A: standing}


def test_names_of_those_who_are_no_doctors_are_not_kept(write_nppes: WriteNppes) -> None:
    bring_in("us-nppes", write_nppes([nppes_doctor(A, code="163W00000X"), nppes_doctor(B) | {"NPI Deactivation Date": "03/03/2021"}]))
    assert set(Entry.objects.values_list("given_names", "family_name", "remark")) == {("", "", "")}


def test_columns_are_found_by_name_wherever_they_stand(write_nppes: WriteNppes) -> None:
    path = write_nppes([nppes_doctor(A)])
    lines = [line.split(",") for line in path.read_text().splitlines()]
    path.write_text("\n".join(",".join(reversed(line)) for line in lines) + "\n")
    bring_in("us-nppes", path)
    assert standings("us-nppes") == {A: Standing.IN_FORCE}


def test_bad_row_is_reported_with_line_and_reason_and_the_import_goes_on(write_nppes: WriteNppes) -> None:
    rows = [nppes_doctor(A), nppes_doctor("2000000011"), nppes_doctor(B) | {"Entity Type Code": "7"}, nppes_doctor(C, family="")]
    path = write_nppes([*rows, nppes_doctor(B)])
    with path.open("a") as file:
        file.write('"2000000044","1"\n')
    imported = bring_in("us-nppes", path)
    assert standings("us-nppes") == {A: Standing.IN_FORCE, B: Standing.IN_FORCE}
    assert list(BadRow.objects.values_list("line", "reason")) == [
        (3, "the NPI is not ten digits, or its check digit does not fit"),
        (4, "the entity type is neither 1 nor 2"),
        (5, "the last name is empty"),
        (7, "the row has 2 columns where the header has 330"),
    ]
    assert (imported.rows, imported.entries, imported.bad_rows) == (6, 2, 4)


def test_reasons_never_quote_the_row(write_nppes: WriteNppes) -> None:
    bring_in("us-nppes", write_nppes([nppes_doctor(A, family="TELLTALE") | {"NPI": "telltale"}]))
    assert "telltale" not in BadRow.objects.get().reason.lower()


def test_value_over_several_lines_keeps_the_line_numbers_right(write_nppes: WriteNppes) -> None:
    address = {"Provider First Line Business Mailing Address": "1 LONG\nROAD"}
    bring_in("us-nppes", write_nppes([nppes_doctor(A) | address, nppes_doctor("bad") | address, nppes_doctor("bad")]))
    assert list(BadRow.objects.values_list("line", flat=True)) == [4, 6]


def test_quote_never_closed_costs_rows_and_not_the_import(write_nppes: WriteNppes) -> None:
    path = write_nppes([nppes_doctor(A)])
    filler = "".join(f'"{number}",' + '"",' * 328 + '""\n' for number in range(400))
    path.write_text(path.read_text() + '"never closed\n' + filler.replace('"', "") + path.read_text().splitlines()[1].replace(A, B) + "\n")
    imported = bring_in("us-nppes", path)
    assert imported.bad_rows > 0
    assert standings("us-nppes")[A] == Standing.IN_FORCE


def test_bytes_that_are_no_utf8_are_read_as_windows_1252(write_nppes: WriteNppes) -> None:
    path = write_nppes([nppes_doctor(A, family="MUNOZ")])
    path.write_bytes(path.read_bytes().replace(b"MUNOZ", b"MU\xd1OZ\x00"))
    bring_in("us-nppes", path)
    assert Entry.objects.get().family_name == "MUÑOZ"


def test_wrong_file_is_refused_naming_the_missing_columns(write_gmc: WriteNppes) -> None:
    with pytest.raises(FileRefused, match=r"lacks “NPI”, “Entity Type Code”.* and 49 more"):
        bring_in("us-nppes", write_gmc([gmc_doctor("9900001")]))
    assert not Entry.objects.exists()


def test_empty_file_and_missing_file_are_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    with pytest.raises(FileRefused, match="is empty"):
        bring_in("gb-gmc", tmp_path / "empty.csv")
    with pytest.raises(FileRefused, match="no file"):
        bring_in("gb-gmc", tmp_path / "absent.csv")
    with pytest.raises(FileRefused, match="cannot be read"):
        bring_in("gb-gmc", tmp_path)


def test_file_of_which_no_row_can_be_read_is_given_up(write_gmc: WriteNppes) -> None:
    with pytest.raises(FileRefused, match="Not one of the first"):
        bring_in("gb-gmc", write_gmc([gmc_doctor("x")] * 1500))


@pytest.mark.parametrize("pack", ["gz", "zip"])
def test_packed_file_is_read_as_it_comes(write_nppes: WriteNppes, tmp_path: Path, pack: str) -> None:
    plain = write_nppes([nppes_doctor(A)])
    path = tmp_path / f"nppes.{pack}"
    if pack == "gz":
        path.write_bytes(gzip.compress(plain.read_bytes()))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("npidata_fileheader.csv", "NPI\n")
            archive.write(plain, "npidata_pfile.csv")
            archive.writestr("Readme.pdf", "x" * 100_000)
    bring_in("us-nppes", path)
    assert standings("us-nppes") == {A: Standing.IN_FORCE}


def test_truncated_archive_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "half.gz").write_bytes(gzip.compress(b"NPI\n" * 1000)[:20])
    with pytest.raises(FileRefused, match="damaged"):
        bring_in("us-nppes", tmp_path / "half.gz")


class Stopped(Exception):
    """The operator pulled the plug."""


def stop_after(reports: int) -> Callable[[object], None]:
    seen: list[object] = []

    def report(progress: object) -> None:
        seen.append(progress)
        if len(seen) == reports:
            raise Stopped

    return report


@pytest.mark.parametrize("pack", ["csv", "gz"])
def test_interrupted_import_goes_on_where_it_stopped(
    write_nppes: WriteNppes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: str
) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    path = write_nppes([nppes_doctor(A), nppes_doctor("bad"), nppes_doctor(B), nppes_doctor("bad"), nppes_doctor(C)])
    if pack == "gz":
        path = tmp_path / "nppes.gz"
        path.write_bytes(gzip.compress((tmp_path / "nppes.csv").read_bytes()))
    with pytest.raises(Stopped):
        import_file(register=REGISTERS["us-nppes"], path=path, on_progress=stop_after(2))
    assert standings("us-nppes") == {A: Standing.IN_FORCE}
    imported = bring_in("us-nppes", path)
    assert standings("us-nppes") == dict.fromkeys((A, B, C), Standing.IN_FORCE)
    assert (imported.rows, imported.entries, imported.bad_rows, imported.state) == (5, 3, 2, Import.State.DONE)
    assert list(BadRow.objects.values_list("line", flat=True)) == [3, 5]
    assert Import.objects.count() == 1


def test_interrupted_import_is_given_up_for_a_later_file(write_nppes: WriteNppes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 1)
    first = write_nppes([nppes_doctor(A), nppes_doctor(B)], "first.csv")
    with pytest.raises(Stopped):
        import_file(register=REGISTERS["us-nppes"], path=first, on_progress=stop_after(2))
    bring_in("us-nppes", write_nppes([nppes_doctor(A), nppes_doctor(C)], "second.csv"))
    assert sorted(Import.objects.values_list("state", flat=True)) == [Import.State.ABANDONED, Import.State.DONE]


def test_second_import_at_the_same_time_is_refused(write_nppes: WriteNppes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 1)
    path = write_nppes([nppes_doctor(A), nppes_doctor(B), nppes_doctor(C)])

    def other_run(_progress: object) -> None:
        Import.objects.update(offset=1)

    with pytest.raises(Conflict, match="Another import"):
        import_file(register=REGISTERS["us-nppes"], path=path, on_progress=other_run)


def test_same_file_twice_changes_nothing(write_nppes: WriteNppes) -> None:
    path = write_nppes([nppes_doctor(A), nppes_doctor(B, code="163W00000X")])
    bring_in("us-nppes", path)
    before = list(Entry.objects.order_by("number").values_list("pk", "number", "standing"))
    assert bring_in("us-nppes", path).lapsed == 0
    assert list(Entry.objects.order_by("number").values_list("pk", "number", "standing")) == before


def test_full_file_ends_the_licences_it_no_longer_holds(write_gmc: WriteNppes) -> None:
    doctors = [gmc_doctor(f"99000{n:02d}") for n in range(20)]
    bring_in("gb-gmc", write_gmc(doctors, "first.csv"))
    changed = [*doctors[2:], doctors[1] | {"Registration Status": "Suspended"}]
    imported = bring_in("gb-gmc", write_gmc(changed, "second.csv"))
    assert imported.lapsed == 1
    assert (standings("gb-gmc")["9900000"], standings("gb-gmc")["9900001"]) == (Standing.LAPSED, Standing.SUSPENDED)
    assert numbers_not_in_force("gb-gmc", ["9900000", "9900001", "9900002", "1111111"]) == {"9900000", "9900001"}
    assert counts_in_force() == {"gb-gmc": 18}
    assert last_import("gb-gmc") == imported


def test_lapsed_entry_comes_back_with_the_file_that_holds_it_again(write_gmc: WriteNppes) -> None:
    doctors = [gmc_doctor(f"99000{n:02d}") for n in range(20)]
    for name, rows in (("a.csv", doctors), ("b.csv", doctors[1:]), ("c.csv", doctors)):
        bring_in("gb-gmc", write_gmc(rows, name))
    assert set(standings("gb-gmc").values()) == {Standing.IN_FORCE}


def test_file_with_changes_only_ends_nothing(write_gmc: WriteNppes) -> None:
    bring_in("gb-gmc", write_gmc([gmc_doctor("9900001"), gmc_doctor("9900002")], "first.csv"))
    bring_in("gb-gmc", write_gmc([gmc_doctor("9900003")], "second.csv"), changes_only=True)
    assert set(standings("gb-gmc").values()) == {Standing.IN_FORCE}


def test_file_that_would_end_a_great_part_waits_for_the_operators_word(write_gmc: WriteNppes) -> None:
    bring_in("gb-gmc", write_gmc([gmc_doctor(f"99000{n:02d}") for n in range(10)], "first.csv"))
    half = write_gmc([gmc_doctor(f"99000{n:02d}") for n in range(5)], "half.csv")
    with pytest.raises(TooManyLapse, match="5 of 10 licences"):
        bring_in("gb-gmc", half)
    assert counts_in_force() == {"gb-gmc": 10}
    assert bring_in("gb-gmc", half, accept_lapses=True).lapsed == 5
    assert counts_in_force() == {"gb-gmc": 5}


def test_one_register_never_ends_anothers_licences(write_gmc: WriteNppes, write_nppes: WriteNppes) -> None:
    bring_in("gb-gmc", write_gmc([gmc_doctor("9900001")]))
    bring_in("us-nppes", write_nppes([nppes_doctor(A)]))
    assert counts_in_force() == {"gb-gmc": 1, "us-nppes": 1}


@pytest.mark.parametrize("size", [1, 2, 20_000])
def test_rows_of_one_french_doctor_are_merged_however_they_are_batched(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(actions, "BATCH", size)
    imported = bring_in("fr-rpps", FIXTURES / "rpps_2021.txt")
    doctor = Entry.objects.get(number="99900000012")
    assert (doctor.given_names, doctor.family_name) == ("MAËLLE", "DE LA TOURNELLE")
    assert doctor.specialties == ["cardiology", "intensive-care", "public-health"]
    assert standings("fr-rpps") == {
        "99900000012": Standing.IN_FORCE,
        "99900000020": Standing.IN_FORCE,
        "99900000038": Standing.OTHER_PROFESSION,
    }
    assert list(BadRow.objects.values_list("line", flat=True)) == [8]
    assert imported.rows == 7


def test_specialties_that_a_french_doctor_gave_up_go_with_the_next_file(tmp_path: Path) -> None:
    bring_in("fr-rpps", FIXTURES / "rpps_2021.txt")
    lines = (FIXTURES / "rpps_2021.txt").read_text(encoding="utf-8").splitlines()
    (tmp_path / "next.txt").write_text("\n".join(line for line in lines if "SM49" not in line), encoding="utf-8")
    bring_in("fr-rpps", tmp_path / "next.txt")
    assert Entry.objects.get(number="99900000012").specialties == ["cardiology", "intensive-care"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("5071978", date(1978, 7, 5)), ("25022003", date(2003, 2, 25)), ("", None), (" ", None)],
)
def test_gmc_dates_are_read_with_their_leading_zero_lost(text: str, expected: date | None) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize("text", ["31022009", "1978-07-05", "071978", "12345678901", "99999999"])
def test_gmc_dates_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(RowRefused, match="ddmmyyyy"):
        read_date(text)


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("Registered with Licence", Standing.IN_FORCE),
        ("Registered with a licence to practise", Standing.IN_FORCE),
        ("Provisionally registered with a licence to practise", Standing.IN_FORCE),
        ("Registered without a licence to practise", Standing.NO_LICENCE),
        ("Suspended", Standing.SUSPENDED),
        ("Erased after Fitness to Practise panel hearing", Standing.ENDED),
        ("Not registered - Deceased", Standing.ENDED),
        ("Not Registered - Administrative Erasure", Standing.ENDED),
    ],
)
def test_gmc_status_is_read_from_its_whole_wording(status: str, standing: Standing) -> None:
    assert standing_of(status) == standing


@pytest.mark.parametrize("status", ["", "Registered", "Registered with licence, suspended", "Registered with a licence to drive"])
def test_gmc_status_that_nobody_has_read_yet_is_refused(status: str) -> None:
    with pytest.raises(RowRefused, match="not known"):
        standing_of(status)


def test_gp_register_date_makes_a_general_practitioner(write_gmc: WriteNppes) -> None:
    bring_in("gb-gmc", write_gmc([gmc_doctor("9900001", gp="5071998"), gmc_doctor("9900002")]))
    assert dict(Entry.objects.values_list("number", "specialties")) == {"9900001": ["general-practice"], "9900002": []}


def test_registrar_finds_doctors_by_family_name_in_any_spelling(write_gmc: WriteNppes) -> None:
    bring_in("gb-gmc", write_gmc([gmc_doctor("9900001", family="O'Dowdall"), gmc_doctor("9900002", family="Other")]))
    assert [entry.number for entry in entries_by_family_name("gb-gmc", "o dowdall")] == ["9900001"]
    assert entries_by_family_name("gb-gmc", "…") == []


def test_statement_writes_every_column_of_the_model() -> None:
    assert set(COLUMNS) == {field.attname for field in Entry._meta.concrete_fields}


def test_batch_takes_the_same_number_of_queries_at_one_and_at_twenty_rows(write_gmc: WriteNppes) -> None:
    counts = []
    for size in (1, 20):
        path = write_gmc([gmc_doctor(f"99{size:02d}0{n:02d}") for n in range(size)], f"{size}.csv")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            bring_in("gb-gmc", path, changes_only=True)
        counts.append(len([query for query in queries if "registers_entry" in query["sql"]]))
    assert counts[0] == counts[1] == 1


@pytest.mark.parametrize(
    ("register", "name", "in_force", "bad"),
    [("us-nppes", "us-nppes.csv", 60, 1), ("fr-rpps", "fr-rpps.txt", 40, 1), ("gb-gmc", "gb-gmc.csv", 40, 1)],
)
def test_demo_registers_hold_what_they_promise(register: str, name: str, in_force: int, bad: int) -> None:
    imported = bring_in(register, DEMO / name)
    assert (counts_in_force()[register], imported.bad_rows) == (in_force, bad)
    stem, dot, extension = name.partition(".")
    assert bring_in(register, DEMO / f"{stem}-next{dot}{extension}").lapsed == 1


def test_command_summarises_and_names_bad_rows() -> None:
    out = StringIO()
    call_command("import_register", "gb-gmc", str(DEMO / "gb-gmc.csv"), quiet=True, stdout=out)
    assert "44 rows, 40 of them of doctors in force, 3 of others, 1 bad; 0 licences ended" in out.getvalue()
    assert "line 45: a date is not ddmmyyyy" in out.getvalue()


def test_command_fails_in_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_register", "gb-gmc", str(tmp_path / "absent.csv"))


def test_real_nppes_rows_are_read_as_their_register_means_them(real_data: Path) -> None:
    imported = bring_in("us-nppes", real_data / "us" / "npidata_pfile_sample.csv")
    assert imported.bad_rows == 0
    assert standings("us-nppes") == {
        "1679576722": Standing.IN_FORCE,
        "1588667638": Standing.IN_FORCE,
        "1497758544": Standing.ORGANISATION,
        "1306849450": Standing.DEACTIVATED,
        "1215930367": Standing.IN_FORCE,
        "1023011178": Standing.ORGANISATION,
        "1932102084": Standing.IN_FORCE,
        "1841293990": Standing.OTHER_PROFESSION,
    }
    assert Entry.objects.get(number="1215930367").specialties == ["haematology", "oncology"]


def test_real_french_rows_are_read_under_the_headers_of_both_years(real_data: Path, tmp_path: Path) -> None:
    sample = real_data / "fr" / "PS_LibreAcces_Personne_activite_2021_sample.txt"
    imported = bring_in("fr-rpps", sample)
    assert (imported.rows, imported.bad_rows) == (3, 0)
    entry = Entry.objects.get()
    assert (entry.number, entry.family_name, entry.specialties) == ("10001045367", "GUIGNARD", ["public-health"])
    header = (real_data / "fr" / "PS_LibreAcces_Personne_activite_header_2026.txt").read_text(encoding="utf-8-sig").strip()
    rows = sample.read_text(encoding="utf-8-sig").splitlines()[1:]
    later = tmp_path / "later.txt"
    later.write_text("\n".join([header, *(row + "|" * (header.count("|") - row.count("|")) for row in rows)]), encoding="utf-8")
    assert bring_in("fr-rpps", later).bad_rows == 0
    assert standings("fr-rpps") == {"10001045367": Standing.IN_FORCE}
