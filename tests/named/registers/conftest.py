"""Writers of small register files: invented people on the real files' shapes, and the real files where they are at hand."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DEMO = ROOT / "demo" / "registers"
FIXTURES = Path(__file__).parent / "fixtures"
GMC_HEADER = (DEMO / "gb-gmc.csv").read_text(encoding="utf-8").splitlines()[0].split(",")

WriteNppes = Callable[..., Path]


def nppes_doctor(
    npi: str, *, given: str = "ANA", middle: str = "", family: str = "MARLOWE", code: str = "207Q00000X", **other: str
) -> dict[str, str]:
    """A physician's row with a state licence."""
    return {
        "NPI": npi,
        "Entity Type Code": "1",
        "Provider Last Name (Legal Name)": family,
        "Provider First Name": given,
        "Provider Middle Name": middle,
        "Healthcare Provider Taxonomy Code_1": code,
        "Provider License Number_1": "D1",
        "Provider License Number State Code_1": "NY",
        **other,
    }


def gmc_doctor(number: str, *, status: str = "Registered with Licence", gp: str = "", family: str = "Ferncliffe") -> dict[str, str]:
    """A row of the GMC's list."""
    return {"GMC Ref No": number, "Surname": family, "Given Name": "Gwen", "GP Register Date": gp, "Registration Status": status}


def write_csv(path: Path, header: list[str], rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header, restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def write_nppes(tmp_path: Path) -> WriteNppes:
    header = (DEMO / "nppes_header.csv").read_text().strip().split("\n")

    def write(rows: list[dict[str, str]], name: str = "nppes.csv") -> Path:
        return write_csv(tmp_path / name, header, rows)

    return write


@pytest.fixture
def write_gmc(tmp_path: Path) -> WriteNppes:
    def write(rows: list[dict[str, str]], name: str = "gmc.csv") -> Path:
        return write_csv(tmp_path / name, GMC_HEADER, rows)

    return write


@pytest.fixture
def real_data() -> Path:
    folder = os.environ.get("CURBSIDE_REAL_DATA")
    if not folder:
        pytest.skip("CURBSIDE_REAL_DATA names no folder with real register files")
    return Path(folder) / "registers"
