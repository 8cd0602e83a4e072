"""Members who joined two months ago, signed in without the door: for stories that begin later."""

import subprocess
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

from tests.browser.conftest import ROOT, Installation
from tests.browser.person import Person

MAKE_MEMBERS = """
import secrets, sys
from datetime import timedelta
import django
django.setup()
from django.conf import settings
from django.test import Client
from curbside.anonymous.membership.models import Badge, Member
from curbside.kit.clock import today
for asked in sys.argv[3:]:
    name, _, roll = asked.partition("=")
    dates = {"term_ends_on": today() + timedelta(days=30), "joined_on": today() - timedelta(days=60)}
    member = Member.objects.create(pseudonym=name, skeleton=name, nullifier=secrets.token_bytes(32), is_demo=True, **dates)
    if roll:
        Badge.objects.create(member=member, registrar=sys.argv[2], roll=roll, crowd=9)
    client = Client(headers={"host": sys.argv[1]})
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
    print("key", client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


def sign_in_as(pseudonyms: Sequence[str], people: Sequence[Person], place: Installation) -> None:
    """Each person as the member of that name; "calm-coot-32=gb/cardiology" shows that badge."""
    settings = {**place.settings, "DJANGO_SETTINGS_MODULE": "curbside.anonymous.settings"}
    command = [sys.executable, "-c", MAKE_MEMBERS, urlsplit(place.community).netloc, urlsplit(place.directory).hostname or "", *pseudonyms]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=True, cwd=ROOT)
    keys = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("key ")]
    for person, key in zip(people, keys, strict=True):
        person.context.add_cookies([{"name": "community", "value": key, "url": place.community}])
