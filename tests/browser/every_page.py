"""Run with one side's settings beside a running installation: makes the cast of tests/doors, prints for each a session and every page."""

import json
import sys
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.test import Client

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def shows_a_page(answer: object) -> bool:
    """A refusal is one too; a file, a step of a ceremony, the way to another page, or what is kept for when there is no network is not."""
    return getattr(answer, "status_code", 0) in {200, 403} and b'rel="icon"' in getattr(answer, "content", b"")


def walk_of(person: "AbstractBaseUser", addresses: dict[str, str]) -> dict[str, object]:
    """A session of the person's, and every address that shows them a page."""
    client = Client(headers={"host": settings.ORIGIN.host})
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    answers = {name: client.get(address) for name, address in addresses.items()}
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    return {"cookie": cookie, "pages": {name: address for name, address in addresses.items() if shows_a_page(answers[name])}}


def main() -> None:
    django.setup()
    from tests.doors.conftest import DOORS, SIDE, address_of, side

    cast = getattr(side, f"{SIDE.title()}Cast")()
    people = {"insider": cast.insider(), **cast.onlookers()}
    for person in people.values():
        if hasattr(person, "is_demo"):  # no registrar of this installation vouches for who was made here
            person.is_demo = True
            person.save()
    addresses = {name: address_of(name, cast.arguments(name)) for name, door in DOORS.items() if "GET" in door.methods}
    json.dump({role: walk_of(person, addresses) for role, person in people.items()}, sys.stdout)


if __name__ == "__main__":
    main()
