"""Invented training texts: sentences as different people write them, filled with names, places and numbers nobody has."""

from __future__ import annotations

import json
import random  # noqa: TID251 - a seeded choice of invented names for training texts, no secret
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pycountry

if TYPE_CHECKING:
    from curbside.deid.training import Annotated

DATA: Final = Path(__file__).parent / "data"
SLOT: Final = re.compile(r"\[([A-Za-z]+)(?::([a-z]+))?\]")
ROUNDS: Final = 45
KINDS: Final = {
    "N": "NAME",
    "D": "DATE",
    "I": "ID",
    "A": "ADDRESS",
    "H": "FACILITY",
    "L": "LOCATION",
    "C": "LOCATION",
    "O": "ORG",
    "P": "PHONE",
}
MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
STREETS: Final = [
    "Street",
    "Road",
    "Avenue",
    "Lane",
    "Drive",
    "Close",
    "Crescent",
    "Way",
    "Court",
    "Place",
    "Terrace",
    "Gardens",
    "Grove",
    "Hill",
    "St",
    "Rd",
    "Ave",
]
FACILITIES: Final = (
    "{p} General Hospital", "{p} Hospital", "Royal {p} Hospital", "Royal {p} Infirmary", "St {f}'s Hospital", "{p} Medical Centre",
    "{p} Surgery", "{n} Surgery", "The {n} Practice", "{p} Health Centre", "{p} Medical Center", "{p} Clinic", "{n} Family Practice",
    "{p} Care Home", "{n} House Care Home", "{n} Lodge", "{p} Community Hospital", "{p} Hospice", "University Hospital {p}", "{n} Memorial Hospital",
    "{p} Urgent Care", "{n} Nursing Home", "{p} and {q} NHS Foundation Trust", "Queen {f} Hospital", "{n} Pharmacy", "{p} Children's Hospital",
)  # fmt: skip
JOBS: Final = ["teacher", "plumber", "nurse", "farmer", "retired", "lady", "gentleman", "student", "builder"]


class Inventor:
    """Fills the slots; every choice comes from one seeded source."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        lexicons = folder / "phi" / "lexicons_bsd"
        self._chance = chance
        self._first = sorted(json.loads((lexicons / "_lex_firstnames_minus_fps.json").read_text()))
        self._last = sorted(json.loads((lexicons / "_lex_lastnames_minus_fps.json").read_text()))
        self._places = (DATA / "places_uk.txt").read_text(encoding="utf-8").split("\n")[:-1]
        self._countries = [country.name for country in pycountry.countries if "," not in country.name]

    def first(self) -> str:
        """A first name."""
        return str(self._chance.choice(self._first)).title()

    def last(self) -> str:
        """A last name, some of them double or with a particle."""
        draw = self._chance.random()
        plain = str(self._chance.choice(self._last)).title()
        if draw < 0.06:
            return f"{plain}-{str(self._chance.choice(self._last)).title()}"
        return f"{self._chance.choice(('Mc', 'O', 'Mac', 'De ', 'van '))}{plain}".replace("O", "O'", 1) if draw < 0.1 else plain

    def made_up(self) -> str:
        """A name in no list."""
        letters = "".join(
            self._chance.choice("bcdfghjklmnprstvwz") + self._chance.choice("aeiou") for _ in range(self._chance.randint(1, 4))
        )
        return letters.title()

    def name(self, form: str) -> str:
        """A name in the form that the slot asks for."""
        first, last = (self.first(), self.last()) if self._chance.random() < 0.85 else (self.made_up(), self.made_up())
        middle = f" {self._chance.choice('ABCDEFGHJKLMNPRSTW')}." if self._chance.random() < 0.12 else ""
        full = f"{first}{middle} {last}"
        forms = {
            "first": first,
            "last": last,
            "title": self._chance.choice(("Mr", "Mrs", "Ms", "Miss", "Mr.", "Mrs.", "Prof")),
            "comma": f"{last}, {first}",
        }
        forms |= {"upper": full.upper(), "lower": full.lower(), "initials": f"{first[0]}{self._chance.choice(('', '.', ' '))}{last[0]}"}
        return forms.get(form, full)

    def place(self) -> str:
        """A town, known or not."""
        return (
            self._chance.choice(self._places)
            if self._chance.random() < 0.6
            else self.last() + self._chance.choice(("", "ton", "ville", " Bay", "bury"))
        )

    def facility(self) -> str:
        """A hospital, practice or home."""
        form = self._chance.choice(FACILITIES)
        return form.format(p=self.place(), q=self.place(), n=self.last(), f=self.first())

    def address(self) -> str:
        """A street and what follows."""
        street = f"{self._chance.randint(1, 9999 if self._chance.random() < 0.4 else 250)} {self.last()} {self._chance.choice(STREETS)}"
        letters = "".join(self._chance.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(4))
        british = f"{street}, {self.place()}, {letters[:2]}{self._chance.randint(1, 29)} {self._chance.randint(1, 9)}{letters[2:]}"
        return british if self._chance.random() < 0.6 else f"{street}, {self.place()}, {letters[:2]} {self._chance.randint(10000, 99999)}"

    def date(self) -> str:
        """A date as people write it."""
        day, month, year = self._chance.randint(1, 28), self._chance.randint(1, 12), self._chance.randint(1930, 2026)
        name = MONTHS[month - 1]
        forms = (f"{day}/{month}/{year}", f"{day:02}/{month:02}/{year % 100:02}", f"{day} {name} {year}", f"{name} {day}, {year}", f"{day:02}.{month:02}.{year}",
                 f"{year}-{month:02}-{day:02}", f"{day}th {name}", f"{day} {name[:3]} {year % 100:02}", f"{name} {year}", f"{month}/{day}/{year}")  # fmt: skip
        return self._chance.choice(forms)

    def number(self) -> str:
        """A number as hospitals give it."""
        digits = "".join(self._chance.choice("0123456789") for _ in range(10))
        forms = (
            digits,
            digits[:7],
            digits[:6],
            f"{digits[:3]} {digits[3:6]} {digits[6:]}",
            f"H{digits[:6]}",
            f"{digits[:4]}-{digits[4:8]}",
            f"RX{digits[:8]}",
        )
        return self._chance.choice(forms)

    def phone(self) -> str:
        """A telephone number."""
        digits = "".join(self._chance.choice("0123456789") for _ in range(8))
        forms = (f"07{digits[:3]} {digits[3:]}0", f"020 7{digits[:3]} {digits[3:7]}", f"(555) {digits[:3]}-{digits[3:7]}", f"555-{digits[:3]}-{digits[3:7]}", f"+44 7{digits[:3]} {digits[3:]}1")  # fmt: skip
        return self._chance.choice(forms)

    def fill(self, slot: str, form: str) -> str:
        """What stands in a slot."""
        simple = {"D": self.date, "I": self.number, "A": self.address, "H": self.facility, "L": self.place, "P": self.phone}
        if slot == "N":
            return self.name(form)
        if slot in simple:
            value = simple[slot]()
        elif slot == "C":
            value = self._chance.choice(self._countries)
        elif slot == "O":
            value = f"{self.last()}{self._chance.choice((' Ltd', ' Inc', ' and Sons', ' plc', ' Foods', ' Group'))}"
        elif slot in {"He", "Hf", "Hg"}:
            value = f"{ {'He': 'Hospital', 'Hf': 'Hôpital', 'Hg': 'Klinikum'}[slot] } {self.last()}"
        else:
            value = str(self._chance.randint(18, 89)) if slot == "age" else self._chance.choice(JOBS)
        return value.lower() if form == "lower" else value


def invented_texts(folder: Path, chance: random.Random) -> Iterator[Annotated]:
    """Every template many times, each time with other names; the clean ones a few times in both cases of letters."""
    from curbside.deid.training import lower_case, upper_case

    inventor = Inventor(folder, chance)
    lines = (DATA / "training_templates.txt").read_text(encoding="utf-8").splitlines()
    for _ in range(ROUNDS):
        for line in lines:
            clean = line.startswith("0|")
            text = _filled(line[2:] if clean else line, inventor)
            yield text
            draw = chance.random()
            if draw < 0.12:
                yield lower_case(text)
            elif draw < 0.2:
                yield upper_case(text)


def _filled(template: str, inventor: Inventor) -> Annotated:
    from curbside.deid.training import Annotated

    text, spans, at = "", [], 0
    template = template.replace("\\n", "\n")
    for slot in SLOT.finditer(template):
        text += template[at : slot.start()]
        value = inventor.fill(slot[1], slot[2] or "")
        kind = KINDS.get(slot[1][0]) if slot[2] != "title" and slot[1] not in {"age", "job"} else None
        if kind:
            spans.append((len(text), len(text) + len(value), kind))
        text, at = text + value, slot.end()
    return Annotated(text + template[at:], tuple(spans))
