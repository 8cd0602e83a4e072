"""What fills the slots of invented training texts: names, places, firms and numbers that nobody has."""

from __future__ import annotations

import json
import random  # noqa: TID251 - a seeded choice of invented names for training texts, no secret
from pathlib import Path
from typing import Final

import pycountry

DATA: Final = Path(__file__).parent / "data"
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


def _rows_by_kind(file: str, *, split: bool) -> dict[str, list[str]]:
    """The lines of a file by their first word; `split`: each word of a line is one entry, else the line is."""
    rows: dict[str, list[str]] = {}
    for line in (DATA / file).read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        if kind != "#":
            rows.setdefault(kind, []).extend(rest.split() if split else [rest])
    return rows


class Inventor:
    """Fills the slots; every choice comes from one seeded source."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        lexicons = folder / "phi" / "lexicons_bsd"
        self._chance = chance
        self._first = sorted(json.loads((lexicons / "_lex_firstnames_minus_fps.json").read_text()))
        self._last = sorted(json.loads((lexicons / "_lex_lastnames_minus_fps.json").read_text()))
        self._places = (DATA / "places_uk.txt").read_text(encoding="utf-8").split("\n")[:-1]
        self._own = _rows_by_kind("invented_names.txt", split=True)
        self._own["words"] = (DATA / "word_names.txt").read_text(encoding="utf-8").split()
        self._phrases = _rows_by_kind("training_phrases.txt", split=False)
        lines = (DATA / "eponyms.txt").read_text(encoding="utf-8").splitlines()
        self._eponyms = [line.removesuffix(" ~") for line in lines if len(line) > 4]
        self._countries = [country.name for country in pycountry.countries if "," not in country.name]

    def first(self) -> str:
        """A first name: of any list, of many countries, or one that is a word too."""
        draw = self._chance.random()
        if draw < 0.5:
            return str(self._chance.choice(self._first)).title()
        return self._chance.choice(self._own["words" if draw < 0.72 else "first"])

    def last(self) -> str:
        """A last name, some of them double or with a particle."""
        draw = self._chance.random()
        plain = str(self._chance.choice(self._last)).title()
        if draw < 0.06:
            return f"{plain}-{str(self._chance.choice(self._last)).title()}"
        if draw < 0.1:
            return f"{self._chance.choice(('Mc', 'O', 'Mac', 'De ', 'van '))}{plain}".replace("O", "O'", 1)
        return self._chance.choice(self._own["last"]) if draw < 0.45 else plain

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
        if form == "any":
            form = self._chance.choice(("full", "full", "full", "first", "first", "init", "turned"))
        if form == "short":
            form = self._chance.choice(("first", "first", "first", "full"))
        other = self._chance.choice("ABCDEFGHJKLMNPRSTW")
        forms = {
            "first": first,
            "last": last,
            "title": self._chance.choice(("Mr", "Mrs", "Ms", "Miss", "Mr.", "Mrs.", "Prof")),
            "comma": f"{last}, {first}",
            "turned": f"{last} {first}" if self._chance.random() < 0.4 else f"{first} {self.first()} {last}",
            "init": self._chance.choice((f"{first[0]}. {last}", f"{first[0]} {last}", f"{first[0]}.{other}. {last}", f"{first[0]}{other} {last}", f"{first[0]}. {other}. {last}")),
        }  # fmt: skip
        forms |= {"upper": full.upper(), "lower": full.lower(), "initials": f"{first[0]}{self._chance.choice(('', '.', ' '))}{last[0]}"}
        return forms.get(form, full)

    def firm(self) -> str:
        """Where somebody works or is found: a firm by its name alone."""
        draw = self._chance.random()
        if draw < 0.35:
            return self._chance.choice(self._own["firms"]).replace("-", " ")
        if draw < 0.5:
            return f"{self.last()}, {self.last()} and {self.last()}"
        ends = (
            "",
            "",
            "'s",
            " and Sons",
            f"-{self.last()}",
            f" {self._chance.choice(self._own['firmends'])}",
            f" {self._chance.choice(self._own['firmends'])}",
        )
        return f"{self.last() if self._chance.random() < 0.6 else self.made_up()}{self._chance.choice(ends)}"

    def school(self) -> str:
        """Where a child is known."""
        return f"{self.place()} {self._chance.choice(('Academy', 'Primary', 'Primary School', 'College', 'High School', 'Grammar School', 'Nursery'))}"

    def brand(self) -> str:
        """A medicine by its brand, or by what sounds like one."""
        if self._chance.random() < 0.7:
            return self._chance.choice(self._own["brands"])
        return self.made_up() + self._chance.choice(("ex", "il", "an", "ol", "ia", "mab", "tan", "za", "pril", "um", "ix", "ido"))

    def eponym(self) -> str:
        """Who gave a sign, score or disease its name."""
        return self._chance.choice(self._eponyms).title() if self._chance.random() < 0.6 else self.last()

    def site(self) -> str:
        """A hospital as people call it for short."""
        draw = self._chance.random()
        if draw < 0.4:
            return self.facility()
        if draw < 0.75:
            return self._chance.choice(self._own["sites"]).replace("-", " ")
        return self._chance.choice((f"St {self.first()}'s", f"{self.place()} General", f"the Royal {self.place()}", self.place()))

    def phrase(self, kind: str) -> str:
        """What is said of somebody (V), or asked about (X)."""
        return self._chance.choice(self._phrases[kind])

    def pick(self, words: list[str]) -> str:
        """One of several ways to say it."""
        return self._chance.choice(words)

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
        simple = {
            "D": self.date,
            "I": self.number,
            "A": self.address,
            "H": self.facility,
            "L": self.place,
            "P": self.phone,
            "Hs": self.site,
            "W": self.firm,
        }
        simple |= {"Sc": self.school, "B": self.brand, "E": self.eponym}
        if slot == "N":
            return self.name(form)
        if slot in {"V", "X"}:
            return self.phrase(slot)
        if slot in simple:
            value = simple[slot]()
        elif slot == "C":
            value = self._chance.choice(self._countries)
        elif slot == "O":
            value = f"{self.last()}{self._chance.choice((' Ltd', ' Inc', ' and Sons', ' plc', ' Foods', ' Group'))}"
        elif slot in {"He", "Hf", "Hg"}:
            value = f"{ {'He': 'Hospital', 'Hf': 'Hôpital', 'Hg': 'Klinikum'}[slot] } {self.last()}"
        else:
            ages = {"age": (18, 89), "num": (1, 17)}
            value = str(self._chance.randint(*ages[slot])) if slot in ages else self._chance.choice(JOBS)
        return value.lower() if form == "lower" else value
