"""Members who joined two months ago, signed in without the door: for stories that begin later."""

import json
import subprocess
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

from tests.browser.conftest import ROOT, Installation
from tests.browser.person import Person

MAKE_MEMBERS = """
import json, secrets, sys
from datetime import timedelta
import django
django.setup()
from django.conf import settings
from django.test import Client
from curbside.anonymous.membership.models import Badge, Member
from curbside.kit.clock import today
from tests.fresh import show_passkey
community, directory, *wanted = sys.argv[1:]
for asked in wanted:
    name, _, roll = asked.partition("=")
    dates = {"term_ends_on": today() + timedelta(days=30), "joined_on": today() - timedelta(days=60)}
    member = Member.objects.create(pseudonym=name, skeleton=name, nullifier=secrets.token_bytes(32), is_demo=True, **dates)
    if roll:
        Badge.objects.create(member=member, registrar=directory, roll=roll, crowd=9)
    client = Client(headers={"host": community})
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
    show_passkey(client)
    print("cookies", json.dumps({cookie.key: cookie.value for cookie in client.cookies.values()}))
"""


def run(place: Installation, script: str, *arguments: str) -> str:
    """What a script printed that ran with the community's settings."""
    settings = {**place.settings, "DJANGO_SETTINGS_MODULE": "curbside.anonymous.settings"}
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=True, cwd=ROOT).stdout


def sign_in_as(pseudonyms: Sequence[str], people: Sequence[Person], place: Installation) -> None:
    """Each person as the member of that name, who showed a passkey just now; "calm-coot-32=gb/cardiology" shows that badge."""
    hosts = urlsplit(place.community).netloc, urlsplit(place.directory).hostname or ""
    lines = run(place, MAKE_MEMBERS, *hosts, *pseudonyms).splitlines()
    held = [json.loads(line.removeprefix("cookies ")) for line in lines if line.startswith("cookies ")]
    for person, cookies in zip(people, held, strict=True):
        person.context.add_cookies([{"name": name, "value": value, "url": place.community} for name, value in cookies.items()])
