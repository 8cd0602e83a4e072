from django.test import Client

from curbside.kit.clock import today
from curbside.named.doctors.models import Doctor, Licence, Passkey
from curbside.named.roll.models import Commitment


def test_account_goes_wholly_before_verification(doctor: Doctor, host_client: Client) -> None:
    host_client.force_login(doctor)
    assert b"cannot be undone" in host_client.get("/account/delete/").content
    host_client.post("/account/delete/", {"sure": "on"})
    assert not Doctor.objects.exists()
    assert not Passkey.objects.exists()
    assert host_client.get("/account/passkeys/").status_code == 302


def test_without_the_tick_nothing_goes(doctor: Doctor, host_client: Client) -> None:
    host_client.force_login(doctor)
    assert b"Tick the box" in host_client.post("/account/delete/").content
    assert Doctor.objects.exists()


def test_licence_without_commitment_goes_with_the_account(doctor: Doctor, host_client: Client) -> None:
    Licence.objects.create(doctor=doctor, register="gb-gmc", number="7000001", country="gb")
    host_client.force_login(doctor)
    host_client.post("/account/delete/", {"sure": "on"})
    assert not Licence.objects.exists()


def test_licence_that_committed_stays_ended_without_its_doctor(doctor: Doctor, host_client: Client) -> None:
    licence = Licence.objects.create(doctor=doctor, register="gb-gmc", number="7000001", country="gb")
    Commitment.objects.create(licence=licence, value=(7).to_bytes(32))
    host_client.force_login(doctor)
    assert b"The next edition of the roll leaves you out" in host_client.get("/account/delete/").content
    host_client.post("/account/delete/", {"sure": "on"})
    licence.refresh_from_db()
    assert (licence.doctor, licence.ended_on) == (None, today())
    assert not Doctor.objects.exists()
