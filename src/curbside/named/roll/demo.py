"""Fills a demo with invented doctors, so that whoever tries it has a crowd to hide in.

The doctors come from the demo's registers, have no passkeys, so nobody can sign in as one, and commitments without a
secret, so nobody can prove with one.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction

from curbside.credential.field import SCALAR_ORDER, Commitment, FieldElement
from curbside.named.doctors.models import Doctor, Licence
from curbside.named.registers.actions import import_file
from curbside.named.registers.catalogue import REGISTERS
from curbside.named.registers.models import Entry, Standing
from curbside.named.registers.queries import last_import
from curbside.named.roll.actions import hand_in_commitment
from curbside.named.roll.publishing import Outcome, publish_edition

FILES: Final = {"fr-rpps": "fr-rpps.txt", "gb-gmc": "gb-gmc.csv", "us-nppes": "us-nppes.csv"}
_LEFT_FREE: Final = 4
"""Entries of each register that stay without a doctor, for people to try."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a run made, and the entries that one can try to verify with."""

    made: int
    outcome: Outcome
    free: tuple[Entry, ...]


def seed_demo(*, folder: Path, day: date) -> Seeded:
    """Import the demo's registers once, enrol their doctors but for a few, publish; a second run makes only what is missing."""
    made = 0
    free: list[Entry] = []
    for register, file in FILES.items():
        if last_import(register) is None:
            import_file(register=REGISTERS[register], path=folder / file)
        # In the order of numbers, so that every run leaves the same ones free.
        entries = list(Entry.objects.filter(register=register, standing=Standing.IN_FORCE).order_by("number"))
        free += entries[:_LEFT_FREE]
        made += sum(_enrol(entry, day) for entry in entries[_LEFT_FREE:])
    return Seeded(made, publish_edition(day=day), tuple(entry for entry in free if not _has_doctor(entry)))


@transaction.atomic
def _enrol(entry: Entry, day: date) -> bool:
    """An invented doctor with this entry's licence and a commitment; whether one had to be made."""
    if _has_doctor(entry):
        return False
    doctor = Doctor.objects.create(given_names=entry.given_names, family_name=entry.family_name)
    licence = Licence.objects.create(
        doctor=doctor,
        register=entry.register,
        number=entry.number,
        country=REGISTERS[entry.register].country,
        specialties=entry.specialties,
        verified_on=day,
    )
    hand_in_commitment(licence=licence, value=_commitment_of_nobody(), day=day)
    return True


def _has_doctor(entry: Entry) -> bool:
    return Licence.objects.filter(register=entry.register, number=entry.number).exists()


def _commitment_of_nobody() -> Commitment:
    return Commitment(FieldElement(1 + secrets.randbelow(SCALAR_ORDER - 1)))
