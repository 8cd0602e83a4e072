"""Writes the demo's three register files: invented people in the shapes of the real files. Seeded: two runs write the same bytes.

    .venv/bin/python demo/registers/make.py [FOLDER]

Nobody can be met here by accident: no NPI issued so far begins with 2, no GMC number with 99, no RPPS number with 999. Each file
also holds a deactivated or suspended doctor, a nurse or another profession, and a row that cannot be read. A second edition of
each file (``…-next``) lacks one doctor of the first, whose licence lapses when it is imported.
"""
# ruff: noqa: INP001, SIM905 - a script in a folder of data; its word lists are easier read and checked as lines

import csv
import io
import random  # noqa: TID251 - seeded demo data, nothing secret
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHANCE = random.Random(20261123)  # noqa: S311 - as above

GIVEN = {
    "us": "Maria James Aisha David Linda Wei Robert Priya Samuel Grace Carlos Hannah Omar Julia Kevin Naomi Peter Fatima Ruth".split(),
    "fr": "Camille Éric Hélène Jean-Pierre Françoise Louis Maëlle Noël Sophie Étienne Chloé Rémi Anaïs Théo Inès Gaël Odile Luc".split(),
    "gb": "Siobhán Rajesh Emily Owen Fiona Kwame Charlotte Imran Gwen Alistair Zainab Thomas Ngozi Harriet Callum Meera".split(),
}
MIDDLE = "Ann Lee Jo Marie Ray Rose Lynn Jude Kay Dean".split()
FAMILY = {
    "us": (
        "Marlowe Okonkwo-Reed Lindqvist Tran O'Hanlon Castellanos Van_Dorn Whitcombe Abara Feldspar Quimby Navarrete Sorensen "
        "Hollis Patelson Brightwater McAllaster Yamato Dubreuil Zielinka"
    ).split(),
    "fr": (
        "Lefèvre-Morel d'Arcy Béranger Cœurdoux Garonnet Ñuñez Vauquelain Thibaudier Le_Goffic Maçonnet de_La_Tournelle Rouvière "
        "Saint-Aubain Ker'hervé Dupuisson Nowakczyk"
    ).split(),
    "gb": (
        "Pemberley-Shaw Okafore O'Dowdall Trevithwick Llewelyn-Pryce Chaudhrey Macfarling Ashdowne Ferncliffe Van_der_Lynde "
        "Birtwhistle Adeyemo Søndergard Thackwray Müllerson Iqbaal"
    ).split(),
}
CODES = {
    "anaesthetics": ("207L00000X", "SM02", "Anesthésie-réanimation"),
    "cardiology": ("207RC0000X", "SM04", "Cardiologie et maladies vasculaires"),
    "general-practice": ("207Q00000X", "SM54", "Médecine générale"),
    "psychiatry": ("2084P0800X", "SM42", "Psychiatrie"),
    "paediatrics": ("208000000X", "SM40", "Pédiatrie"),
    "emergency-medicine": ("207P00000X", "SM59", "Médecine d'urgence"),
}
STATES = "NY CA TX OH WA MA".split()
TOWNS = "LYON BREST LILLE NANTES DIJON".split()


def luhn_digit(body: str, *, start: int = 0) -> str:
    """The check digit that makes the Luhn sum a multiple of ten."""
    total = start
    for index, character in enumerate(reversed(body)):
        digit = int(character) * (2 if index % 2 == 0 else 1)
        total += digit // 10 + digit % 10
    return str(-total % 10)


def npi(index: int) -> str:
    """An NPI of the range that begins with 2, with a check digit that holds."""
    body = f"2{index * 7919 % 10**8:08d}"
    return body + luhn_digit(body, start=24)


def rpps(index: int) -> str:
    """An RPPS number that begins with 999, with a check digit that holds."""
    body = f"999{index * 7919 % 10**7:07d}"
    return body + luhn_digit(body)


def gmc(index: int) -> str:
    """A GMC number that begins with 99."""
    return f"99{index * 7919 % 10**5:05d}"


def person(country: str) -> tuple[str, str]:
    """Given and family name."""
    return CHANCE.choice(GIVEN[country]), CHANCE.choice(FAMILY[country]).replace("_", " ")


def specialties(index: int) -> list[str]:
    """One specialty, sometimes two; the first ones in turn, so that each has a crowd."""
    names = list(CODES)
    chosen = [names[index % len(names)]]
    if index % 9 == 0:
        chosen.append(names[(index + 3) % len(names)])
    return chosen


def nppes_header() -> list[str]:
    """The 330 columns of the monthly file."""
    return (HERE / "nppes_header.csv").read_text().strip().split("\n")


def nppes_rows(count: int) -> Iterator[dict[str, str]]:
    """Doctors, and after them one of each kind that is refused."""
    for index in range(1, count + 1):
        given, family = person("us")
        row = {
            "NPI": npi(index),
            "Entity Type Code": "1",
            "Provider Last Name (Legal Name)": family.upper(),
            "Provider First Name": given.upper(),
            "Provider Middle Name": CHANCE.choice(["", *MIDDLE, "A", "J"]).upper(),
            "Provider Credential Text": "MD",
        }
        for slot, slug in enumerate(specialties(index), 1):
            row |= {
                f"Healthcare Provider Taxonomy Code_{slot}": CODES[slug][0],
                f"Provider License Number_{slot}": f"D{index:05d}",
                f"Provider License Number State Code_{slot}": STATES[index % len(STATES)],
            }
        yield row
    yield {"NPI": npi(9001), "NPI Deactivation Date": "03/03/2026"}
    nurse = {"Entity Type Code": "1", "Provider Last Name (Legal Name)": "NIGHTINGDALE", "Provider First Name": "FLORA"}
    yield nurse | {
        "NPI": npi(9002),
        "Healthcare Provider Taxonomy Code_1": "163W00000X",
        "Provider License Number_1": "RN1",
        "Provider License Number State Code_1": "NY",
    }
    yield {"NPI": npi(9003), "Entity Type Code": "2", "Provider Organization Name (Legal Business Name)": "INVENTED CLINIC LLC"}
    unlicensed = {"Entity Type Code": "1", "Provider Last Name (Legal Name)": "NOLICENCE", "Provider First Name": "NORA"}
    yield unlicensed | {"NPI": npi(9004), "Healthcare Provider Taxonomy Code_1": "207Q00000X"}
    yield {"NPI": "2000000000", "Entity Type Code": "1", "Provider Last Name (Legal Name)": "BADDIGIT", "Provider First Name": "BEN"}


def write_nppes(count: int, *, without: str = "") -> str:
    """The file's text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, nppes_header(), restval="", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in nppes_rows(count) if row["NPI"] != without)
    return out.getvalue()


def rpps_header() -> list[str]:
    """The columns of 2026, without the trailing empty one."""
    return (HERE / "rpps_header.txt").read_text().strip().split("\n")


def rpps_rows(count: int) -> Iterator[dict[str, str]]:
    """Doctors, one row a specialty, and after them those that are refused."""
    doctor = {"Type d'identifiant PP": "8", "Code profession": "10", "Libellé profession": "Médecin", "Code catégorie professionnelle": "C"}
    for index in range(1, count + 1):
        given, family = person("fr")
        town = CHANCE.choice(TOWNS)
        for slug in specialties(index):
            yield doctor | {
                "Identifiant PP": rpps(index),
                "Identification nationale PP": f"8{rpps(index)}",
                "Nom d'exercice": family.upper(),
                "Prénom d'exercice": given.upper(),
                "Code type savoir-faire": "S",
                "Code savoir-faire": CODES[slug][1],
                "Libellé savoir-faire": CODES[slug][2],
                "Libellé commune (coord. structure)": town,
            }
    nurse = doctor | {"Code profession": "60", "Libellé profession": "Infirmier"}
    yield nurse | {"Identifiant PP": rpps(9002), "Nom d'exercice": "BLANCHARDIN", "Prénom d'exercice": "ROSE"}
    student = doctor | {"Code catégorie professionnelle": "E"}
    yield student | {"Identifiant PP": rpps(9003), "Nom d'exercice": "JEUNOT", "Prénom d'exercice": "LÉO"}
    yield doctor | {"Identifiant PP": "99912", "Nom d'exercice": "TROPCOURT", "Prénom d'exercice": "ZOÉ"}


def write_rpps(count: int, *, without: str = "") -> str:
    """The file's text; a pipe after every value, the last included."""
    header = rpps_header()
    lines = ["|".join([*header, ""])]
    lines += ["|".join([*(row.get(name, "") for name in header), ""]) for row in rpps_rows(count) if row["Identifiant PP"] != without]
    return "\n".join(lines) + "\n"


GMC_HEADER = [
    "GMC Ref No",
    "Surname",
    "Given Name",
    "Other Names",
    "Gender",
    "Qualification",
    "Year Of Qualification",
    "Place of Qualification",
    "PR Date",
    "FR Date",
    "Specialist Register Date",
    "GP Register Date",
    "Registration Status",
]


def gmc_rows(count: int) -> Iterator[list[str]]:
    """Doctors, half of them general practitioners, and after them those that are refused."""
    for index in range(1, count + 1):
        given, family = person("gb")
        year = 1975 + index
        gp = f"{1 + index % 9}08{year + 6}" if index % 2 else ""
        names = [family, given, CHANCE.choice(["", "Jane", "Arthur"])]
        dates = [f"507{year}", f"{1 + index % 28}08{year + 1}", "", gp]
        yield [gmc(index), *names, CHANCE.choice("MW"), "MB BS", str(year), "University of Nowhere", *dates, "Registered with Licence"]
    for offset, family, status in (
        (9001, "Stoppard-Hale", "Suspended"),
        (9002, "Unlycensed", "Registered without a licence to practise"),
        (9003, "Goneaway", "Erased after Fitness to Practise panel hearing"),
    ):
        yield [gmc(offset), family, "Sam", "", "M", "MB BS", "1999", "University of Nowhere", "5071999", "1082000", "", "", status]
    bad = [gmc(9004), "Baddate", "Bea", "", "W", "MB BS", "1999", "University of Nowhere", "5071999", "1082000", "", "31022009"]
    yield [*bad, "Registered with Licence"]


def write_gmc(count: int, *, without: str = "") -> str:
    """The file's text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(GMC_HEADER)
    writer.writerows(row for row in gmc_rows(count) if row[0] != without)
    return out.getvalue()


def main() -> None:
    """Write all six files; the seed starts anew for each, so that both editions name the same people."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else HERE
    for name, write, count, gone in (
        ("us-nppes.csv", write_nppes, 60, npi(60)),
        ("fr-rpps.txt", write_rpps, 40, rpps(40)),
        ("gb-gmc.csv", write_gmc, 40, gmc(40)),
    ):
        for suffix, without in (("", ""), ("-next", gone)):
            CHANCE.seed(name)
            stem, dot, extension = name.partition(".")
            (folder / f"{stem}{suffix}{dot}{extension}").write_text(write(count, without=without), encoding="utf-8")


if __name__ == "__main__":
    main()
