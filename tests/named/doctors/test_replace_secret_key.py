from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client

from curbside.named.doctors.models import Doctor

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(Doctor.objects.create(given_names="Ana", family_name="Ruiz"))
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/passkeys/", headers={"host": "directory.localhost"}).status_code == 200


def test_a_session_goes_on_under_a_new_secret_key_while_the_old_one_is_kept(signed_in: Client, settings: LazySettings) -> None:
    assert is_in(signed_in)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 8
    assert is_in(signed_in)
    settings.SECRET_KEY_FALLBACKS = []
    assert is_in(signed_in)  # the visit before put it under the new key


def test_a_session_ends_with_a_secret_key_that_is_not_kept(signed_in: Client, settings: LazySettings) -> None:
    assert is_in(signed_in)
    settings.SECRET_KEY = "another" * 8
    assert not is_in(signed_in)


def test_ending_all_sessions_signs_everyone_out(signed_in: Client) -> None:
    assert is_in(signed_in)
    output = StringIO()
    call_command("end_sessions", stdout=output)
    assert output.getvalue() == "1 sessions ended.\n"
    assert not is_in(signed_in)
