"""The cast: a verified doctor, a lapsed one, one who applied, a registrar; a roll folder and a key of this test's own."""

import base64
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from curbside.credential.field import Commitment
from curbside.named.doctors.models import Doctor, Licence
from curbside.named.roll import actions, publishing
from curbside.named.roll.models import Edition

DAY = date(2026, 11, 2)
MakeLicence = Callable[..., Licence]


@pytest.fixture(autouse=True)
def roll_settings(settings: LazySettings, tmp_path: Path) -> LazySettings:
    key = tmp_path / "roll_signing_key"
    key.write_text(base64.urlsafe_b64encode(bytes(range(32))).decode().rstrip("=") + "\n")
    settings.ROLL_SIGNING_KEY_FILE = key
    settings.ROLL_DIR = tmp_path / "rolls"
    settings.WALLET_SUMS_FILE = tmp_path / "SHA256SUMS"
    settings.ROLL_LEAST = 3
    settings.ROLL_LONGEST_WAIT_DAYS = 0
    settings.EDITION_INTERVAL_DAYS = 7
    settings.TERM_DAYS = 92
    settings.PUBLISH_AT_ONCE = False
    return settings


@pytest.fixture
def make_licence(db: None) -> MakeLicence:
    made: list[Licence] = []

    def make(country: str = "gb", specialties: tuple[str, ...] = (), **values: object) -> Licence:
        doctor = Doctor.objects.create(given_names="Ana", family_name=f"Ruiz {len(made)}")
        licence = Licence.objects.create(
            doctor=doctor,
            register=f"{country}-gmc",
            number=str(7_000_000 + len(made)),
            country=country,
            specialties=list(specialties),
            **values,
        )
        made.append(licence)
        return licence

    return make


def commitment(number: int) -> Commitment:
    """A commitment of a size that real ones have."""
    return Commitment(10**75 + number)  # type: ignore[arg-type] # tests name small numbers


def hand_in(licence: Licence, number: int, day: date = DAY, *, replace: bool = False) -> actions.HandIn:
    return actions.hand_in_commitment(licence=licence, value=commitment(number), day=day, replace=replace)


def publish(day: date = DAY, *, now: bool = False) -> Edition | None:
    return publishing.publish_edition(day=day, now=now).edition


@pytest.fixture
def three_on_the_roll(make_licence: MakeLicence) -> list[Licence]:
    """Three British doctors on edition 1, which came out on DAY."""
    licences = [make_licence() for _ in range(3)]
    for number, licence in enumerate(licences):
        hand_in(licence, number)
    assert publish() is not None
    return licences


def signed_in(client: Client, doctor: Doctor | None) -> Client:
    assert doctor is not None
    client.force_login(doctor)
    return client
