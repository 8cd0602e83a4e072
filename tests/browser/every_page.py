"""Run with one side's settings beside a running installation: makes the cast of tests/doors there, and prints a session and every page."""

import json
import sys

import django
from django.conf import settings
from django.test import Client


def shows_a_page(answer: object) -> bool:
    """Rather than a file, a step of a ceremony, the way to another page, or the one that a browser keeps for when there is no network."""
    return getattr(answer, "status_code", 0) == 200 and b'rel="icon"' in getattr(answer, "content", b"")


def main() -> None:
    django.setup()
    from tests.doors.conftest import DOORS, SIDE, address_of, side

    cast = getattr(side, f"{SIDE.title()}Cast")()
    insider = cast.insider()
    if hasattr(insider, "is_demo"):  # no registrar of this installation vouches for who was made here
        insider.is_demo = True
        insider.save()
    client = Client(headers={"host": settings.ORIGIN.host})
    client.force_login(insider, backend=settings.AUTHENTICATION_BACKENDS[0])
    pages = {name: address_of(name, cast.arguments(name)) for name, door in DOORS.items() if "GET" in door.methods}
    answers = {name: client.get(address) for name, address in pages.items()}
    pages = {name: address for name, address in pages.items() if shows_a_page(answers[name])}
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    json.dump({"cookie": cookie, "pages": pages}, sys.stdout)


if __name__ == "__main__":
    main()
