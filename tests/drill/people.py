"""The synthetic doctors: who they are and how they behave. The model is told in README.md; nothing here is faked but chance."""

import json
import random  # noqa: TID251 - a seeded drill must repeat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

STEM = "zyqvorxblumtek"
"""Begins a word of its own in every text and document: what must be readable nowhere."""
EVERYONE = "everyone"

_WORDS: dict[str, str] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
_SYLLABLES = _WORDS["syllables"].split()
_FILLER = {language: _WORDS[language].split() for language in ("en", "fr", "es")}
_TAXONOMY = {  # NPPES code and our specialties
    "207Q00000X": ("general-practice",),
    "207R00000X": ("internal-medicine",),
    "207L00000X": ("anaesthetics",),
    "207RC0000X": ("cardiology",),
    "207LC0200X": ("anaesthetics", "intensive-care"),
}
_SKILLS = {"SM54": ("general-practice",), "SM48": ("rheumatology",), "SM12": ("urology",), "SM29": ("rehabilitation",)}
_SYSTEMS = ("X11", "Macintosh", "Windows NT 10.0", "iPhone", "Android")
_ZONES = {"gb": 0, "fr": 1, "us": -6}


@dataclass(slots=True)
class Secret:
    """A wallet's secret and what the libraries make of it."""

    secret: bytes
    commitment: str = ""
    nullifier: str = ""


@dataclass(slots=True)
class Doctor:
    """One person, with a handle of its own on each side."""

    named_handle: str
    anonymous_handle: str
    register: str
    number: str
    given: str
    family: str
    country: str
    code: str
    specialties: tuple[str, ...]
    language: str
    accept_language: str
    address: str
    agent: str
    hour: float
    """When in the day, in UTC, this person sits at a screen."""
    verified_on: date
    handed_in_on: date
    joins: bool
    badge_taste: str
    waits: int
    """Editions between the first that would do and the one joined with."""
    first_writes: int
    """Days from joining to the first post."""
    writes: float
    """Posts a week."""
    secrets: list[Secret] = field(default_factory=list)
    document_size: int = 0

    def badges(self, held: set[str]) -> list[str] | None:
        """The rolls this person would show, if they are on all of them; None: not yet."""
        wanted = self.wanted()
        return wanted if all(roll in held for roll in wanted or [EVERYONE]) else None

    def wanted(self) -> list[str]:
        if self.badge_taste == "specialty" and self.specialties:
            return [f"{self.country}/{self.specialties[0]}"]
        if self.badge_taste == "specialties" and self.specialties:
            return [self.country, f"{self.country}/{self.specialties[-1]}"]
        return [self.country] if self.badge_taste != "none" else []


def _luhn(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def _number(chance: random.Random, register: str) -> str:
    if register == "gb-gmc":
        return str(chance.randrange(4_000_000, 8_000_000))
    if register == "fr-rpps":
        return (digits := f"10{chance.randrange(10**8):08}") + _luhn(digits)
    return (digits := f"1{chance.randrange(10**8):08}") + _luhn(f"80840{digits}")


def _name(chance: random.Random, taken: set[str]) -> str:
    while (name := "".join(chance.choices(_SYLLABLES, k=4)).capitalize()) in taken:
        pass
    taken.add(name)
    return name


def make_doctors(count: int, *, start: date, days: int, chance: random.Random) -> list[Doctor]:
    """So many doctors, verified over the year, more of them in its first weeks."""
    taken: set[str] = set()
    doctors = [_doctor(chance, start=start, days=days, taken=taken) for _ in range(count)]
    numbers: set[str] = set()
    for doctor in doctors:
        while doctor.number in numbers:
            doctor.number = _number(chance, doctor.register)
        numbers.add(doctor.number)
    return doctors


def _doctor(chance: random.Random, *, start: date, days: int, taken: set[str]) -> Doctor:
    register = chance.choices(("gb-gmc", "fr-rpps", "us-nppes"), (25, 40, 35))[0]
    country = register[:2]
    code, specialties = _training(chance, register)
    language = {"gb": "en", "fr": chance.choices(("fr", "en"), (80, 20))[0], "us": chance.choices(("en", "es"), (92, 8))[0]}[country]
    early = chance.random() < 0.3
    verified = chance.randrange(0, days // 12) if early else chance.randrange(0, int(days * 0.9))
    handed_in = verified + chance.choices((0, chance.randrange(1, 11)), (60, 40))[0]
    taste = chance.choices(("none", "country", "specialty", "specialties"), (35, 30, 30, 5))[0]
    return Doctor(
        named_handle=f"n{chance.randrange(10**12):012}",
        anonymous_handle=f"a{chance.randrange(10**12):012}",
        register=register,
        number=_number(chance, register),
        given=_name(chance, taken),
        family=_name(chance, taken),
        country=country,
        code=code,
        specialties=specialties,
        language=language,
        accept_language=_accept_language(chance, country, language),
        address=f"203.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(1, 255)}",
        agent=f"Mozilla/5.0 ({chance.choice(_SYSTEMS)}) build {chance.randrange(10**9):09}",
        hour=(chance.gauss(20, 2.5) - _ZONES[country]) % 24,
        verified_on=start + timedelta(days=verified),
        handed_in_on=start + timedelta(days=handed_in),
        joins=chance.random() < 0.92,
        badge_taste=taste,
        waits=chance.choices((0, 1, 2, chance.randrange(3, 9)), (30, 40, 15, 15))[0],
        first_writes=chance.choices((0, chance.randrange(1, 4), chance.randrange(4, 30)), (40, 35, 25))[0],
        writes=min(2.0, chance.lognormvariate(-2.2, 0.9)),
        secrets=[Secret(chance.randbytes(32))],
        document_size=int(chance.lognormvariate(8.5, 0.5)),
    )


def _training(chance: random.Random, register: str) -> tuple[str, tuple[str, ...]]:
    if register == "us-nppes":
        return chance.choices(list(_TAXONOMY.items()), (35, 25, 15, 15, 10))[0]
    if register == "fr-rpps":
        return chance.choices(list(_SKILLS.items()), (45, 25, 20, 10))[0]
    general = chance.random() < 0.6
    return ("gp", ("general-practice",)) if general else ("", ())


def _accept_language(chance: random.Random, country: str, language: str) -> str:
    main = f"{language}-{country.upper()},{language};q=0.9"
    others = chance.sample(("de", "it", "nl", "pt", "ar", "pl", "ro", "ca", "es", "en", "fr"), chance.randrange(0, 4))
    return ",".join([main, *(f"{other};q=0.{8 - place}" for place, other in enumerate(others) if other != language)])


def text(chance: random.Random, language: str, words: int) -> str:
    """A text with a word of its own in it."""
    filler = chance.choices(_FILLER[language], k=words)
    own = STEM + "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=10))
    filler.insert(chance.randrange(len(filler)), own)
    return " ".join(filler)


def register_files(doctors: list[Doctor]) -> Iterator[tuple[str, str]]:
    """Each register's file as the register would publish it."""
    yield (
        "gb-gmc",
        _csv(
            ["GMC Ref No", "Surname", "Given Name", "Registration Status", "GP Register Date"],
            [
                [d.number, d.family, d.given, "Registered with Licence", "5071998" if d.code else ""]
                for d in doctors
                if d.register == "gb-gmc"
            ],
            ",",
        ),
    )
    header = [
        "Type d'identifiant PP",
        "Identifiant PP",
        "Nom d'exercice",
        "Prénom d'exercice",
        "Code profession",
        "Code catégorie professionnelle",
        "Code savoir-faire",
        "Libellé commune (coord. structure)",
    ]
    rows = [["8", d.number, d.family, d.given, "10", "C", d.code, "Lyon"] for d in doctors if d.register == "fr-rpps"]
    yield "fr-rpps", _csv(header, rows, "|")
    yield "us-nppes", _csv(*_nppes([d for d in doctors if d.register == "us-nppes"]), ",")


def _nppes(doctors: list[Doctor]) -> tuple[list[str], list[list[str]]]:
    fixed = [
        "NPI",
        "Entity Type Code",
        "Provider Last Name (Legal Name)",
        "Provider First Name",
        "Provider Middle Name",
        "Provider Other Last Name",
        "Provider Credential Text",
        "NPI Deactivation Date",
        "NPI Reactivation Date",
    ]
    slots = ("Healthcare Provider Taxonomy Code", "Provider License Number", "Provider License Number State Code")
    header = [*fixed, *(f"{slot}_{n}" for n in range(1, 16) for slot in slots)]
    rows = [[d.number, "1", d.family, d.given, "", "", "MD", "", "", d.code, f"L{d.number[-6:]}", "NY", *[""] * 42] for d in doctors]
    return header, rows


def _csv(header: list[str], rows: list[list[str]], delimiter: str) -> str:
    return "".join(delimiter.join(row) + "\n" for row in [header, *rows])
