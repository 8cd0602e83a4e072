import pytest
from django.test import Client

from curbside.named.doctors.models import Doctor

OPEN_PAGES = ["/", "/sign-up/", "/sign-in/"]


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_page_is_open_and_stores_nothing(db: None, host_client: Client, path: str) -> None:
    answer = host_client.get(path)
    assert answer.status_code == 200
    assert "directory" not in answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"


def test_start_page_leads_a_signed_in_doctor_on(doctor: Doctor, host_client: Client) -> None:
    host_client.force_login(doctor)
    assert host_client.get("/").headers["Location"] == "/verification/"
    assert host_client.get("/sign-in/").headers["Location"] == "/"


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_pages_are_read_only(db: None, host_client: Client, path: str) -> None:
    assert host_client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/sign-up/options/", "/sign-up/finish/", "/sign-in/options/", "/sign-in/finish/", "/registrar/x/finish/"])
def test_ceremonies_take_posts_only(db: None, host_client: Client, path: str) -> None:
    assert host_client.get(path).status_code == 405
