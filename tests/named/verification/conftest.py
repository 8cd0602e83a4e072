"""The cast: an applicant whose licence the register lists, a stranger, verified doctors, a registrar; fresh rate limits."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.conf import LazySettings
from django.conf import settings as site_settings
from django.test import Client

from curbside.kit.limits import RateLimit
from curbside.named.doctors.models import Doctor, Licence
from curbside.named.registers.models import Entry, Import, Standing
from curbside.named.verification.models import Application
from curbside.named.verification.views import applicant as applicant_views
from curbside.named.verification.views import vouching

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(40) + b"\xff\xd9"

MakeEntry = Callable[..., Entry]
MakeApplication = Callable[..., Application]
MakeVerified = Callable[..., Doctor]


@pytest.fixture(autouse=True)
def own_settings(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.INSTITUTION_DOMAINS = ["hospital.example"]
    for module, name in [
        *((applicant_views, f"{kind}_LIMIT") for kind in ("LOOKUP", "UPLOAD", "MAIL", "ADDRESS", "LINK")),
        (vouching, "LINK_LIMIT"),
    ]:
        limit = getattr(module, name)
        monkeypatch.setattr(module, name, RateLimit(times=limit.times, seconds=limit.seconds))


@pytest.fixture
def make_entry(db: None) -> MakeEntry:
    imported = Import.objects.create(register="gb-gmc", digest="00" * 32, state=Import.State.DONE)

    def make(number: str, given_names: str = "Ana María", family_name: str = "Ruiz", **values: object) -> Entry:
        fields: dict[str, object] = {"standing": Standing.IN_FORCE, "specialties": ["cardiology"], "register": "gb-gmc", **values}
        return Entry.objects.create(number=number, given_names=given_names, family_name=family_name, last_import=imported, **fields)

    return make


@pytest.fixture
def make_verified(db: None) -> MakeVerified:
    def make(number: str, given_names: str = "Vera", family_name: str = "Voucher") -> Doctor:
        doctor = Doctor.objects.create(given_names=given_names, family_name=family_name)
        Licence.objects.create(doctor=doctor, register="gb-gmc", number=number, country="gb")
        return doctor

    return make


@pytest.fixture
def make_application(make_entry: MakeEntry) -> MakeApplication:
    def make(number: str = "7000001", *, entry: bool = True, **values: object) -> Application:
        if entry:
            make_entry(number)
        fields: dict[str, object] = {"given_names": "Ana María", "family_name": "Ruiz", "register": "gb-gmc", **values}
        fields.setdefault("doctor", Doctor.objects.create())
        return Application.objects.create(number=number, **fields)

    return make


def signed_in(doctor: Doctor) -> Client:
    client = Client(headers={"host": site_settings.ORIGIN.host})
    client.force_login(doctor)
    return client


@dataclass(frozen=True)
class Cast:
    """Everybody whom an application may meet, each in their own browser."""

    application: Application
    applicant: Client
    stranger: Client
    verified: Client
    registrar: Client
    registrar_doctor: Doctor
    signed_out: Client


@pytest.fixture
def cast(make_application: MakeApplication, make_verified: MakeVerified) -> Cast:
    application = make_application()
    registrar = Doctor.objects.create(family_name="Rita Registrar", is_registrar=True)
    return Cast(
        application,
        signed_in(application.doctor),
        signed_in(Doctor.objects.create()),
        signed_in(make_verified("7000099")),
        signed_in(registrar),
        registrar,
        Client(headers={"host": site_settings.ORIGIN.host}),
    )


def words(content: bytes) -> str:
    """A page's text, its white space made plain."""
    return " ".join(re.sub(r"<[^>]+>", " ", content.decode()).split())
