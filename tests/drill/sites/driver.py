"""What both sites' drivers share: a clock, a source of chance, browsers, and the loop that takes the day's orders.

A driver is one process with one site in it, as in production. It is told what persons do, under handles that mean nothing
elsewhere, and it plays their browsers against the site's real middleware. Faked are the clock and, with a seed, chance.
"""

import hashlib
import json
import logging
import os
import random  # noqa: TID251 - a seeded drill must repeat
import re
import secrets
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TextIO

from tests.drill.authenticator import Passkey

Step = Callable[..., object]
SIGN_IN_LASTS = timedelta(days=10)
"""How long a person goes on in one browser session; the sites' own end is at 14 days."""


class Clock:
    """The one clock of this process: every reader of the time asks it."""

    def __init__(self) -> None:
        self.moment = datetime(2020, 1, 1, tzinfo=UTC)
        self.stray = random.Random(0)

    def set(self, text: str) -> None:
        self.moment = datetime.fromisoformat(text)

    def pass_by(self) -> None:
        self.moment += timedelta(seconds=self.stray.uniform(0.3, 9))

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def install(self) -> None:
        """Before any other module of the site takes hold of the clock."""
        from curbside.kit import clock, limits

        clock.now = self.now
        limits.time = SimpleNamespace(monotonic=self.monotonic)  # type: ignore[assignment]
        make = logging.getLogRecordFactory()

        def dated(*args: Any, **kwargs: Any) -> logging.LogRecord:
            record = make(*args, **kwargs)
            record.created = self.moment.timestamp()
            return record

        logging.setLogRecordFactory(dated)
        logging.Formatter.converter = time.gmtime  # type: ignore[assignment]


def seed_chance(seed: str) -> None:
    """Make this process's secrets repeat: a stream of SHA-256 in place of the system's source."""
    counter = [0]

    def stream(count: int) -> bytes:
        made = b""
        while len(made) < count:
            counter[0] += 1
            made += hashlib.sha256(f"{seed} {counter[0]}".encode()).digest()
        return made[:count]

    os.urandom = stream
    secrets.token_bytes = lambda count=None: stream(count or 32)
    secrets.randbelow = lambda limit: int.from_bytes(stream(24)) % limit
    secrets.choice = lambda items: items[int.from_bytes(stream(8)) % len(items)]
    secrets.token_urlsafe = lambda count=None: _text(stream(count or 32))
    secrets.token_hex = lambda count=None: stream(count or 32).hex()


def _text(data: bytes) -> str:
    import base64

    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Refused(Exception):
    """A site answered otherwise than the story expects: the drill is broken, or the site."""


class Browser:
    """One person's browser on one site: cookies, passkeys, an address, an agent, a language."""

    def __init__(self, site: "SiteUnderDrill", *, address: str, agent: str, language: str) -> None:
        self._site = site
        self._headers = {
            "HTTP_X_FORWARDED_FOR": address,
            "HTTP_X_FORWARDED_PROTO": "https",
            "HTTP_USER_AGENT": agent,
            "HTTP_ACCEPT_LANGUAGE": language,
            "HTTP_ORIGIN": site.origin,
            "HTTP_REFERER": f"{site.origin}/",
            "SERVER_NAME": site.host,
            "SERVER_PORT": "443",
        }
        self.passkey: Passkey | None = None
        self.page = self.at = ""
        self.forget()

    def forget(self) -> None:
        """A browser without cookies."""
        self.client = self._site.client()
        self.signed_in_at: datetime | None = None

    def get(self, path: str) -> str:
        return self._page(self.client.get(path, secure=True, **self._headers))

    def post(self, path: str, data: Mapping[str, object] | None = None, *, may_ask: bool = False) -> str:
        """Send a form. ``may_ask``: it may come back with a question, which is not an error then."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        fields = {"csrfmiddlewaretoken": token[1] if token else "", **(data or {})}
        return self._page(self.client.post(path, fields, secure=True, **self._headers), may_ask=may_ask)

    def post_json(self, path: str, data: Mapping[str, object]) -> dict[str, Any]:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        headers = {**self._headers, "HTTP_X_CSRFTOKEN": token[1] if token else "", "HTTP_ACCEPT": "application/json"}
        response = self.client.post(path, json.dumps(data), content_type="application/json", secure=True, **headers)
        self._seen(response)
        if response.status_code != 200:
            raise Refused(f"{path}: {response.status_code} {response.content[:300]!r}")
        answer: dict[str, Any] = response.json()
        return answer

    def _page(self, response: Any, *, may_ask: bool = False) -> str:
        self._seen(response)
        if response.status_code == 302:
            return self.get(response["Location"])
        if response.status_code >= 400 and not (may_ask and response.status_code == 422):
            raise Refused(f"{response.request['PATH_INFO']}: {response.status_code} {_said(response.content.decode())}")
        self.page, self.at = response.content.decode() if not response.streaming else "", response.request["PATH_INFO"]
        return self.page

    def _seen(self, response: Any) -> None:
        """What a watcher of the network sees of one request: when, which host, how much came back."""
        body = 0 if response.streaming else len(response.content)
        size = body + sum(len(f"{name}: {value}\r\n") for name, value in response.items())
        self._site.observer.write(f"{self._site.clock.moment.isoformat()} {self._site.host} {size}\n")
        self._site.clock.pass_by()

    def make_passkey(self, options: str, finish: str, **fields: object) -> dict[str, Any]:
        passkey = Passkey(self._site.host, self._site.origin)
        answer = self.post_json(finish, {**fields, "passkey": passkey.create(self.post_json(options, {}))})
        self.passkey = passkey
        return answer

    def sign_in(self) -> None:
        """Sign in by passkey unless a session of this browser still runs."""
        now = self._site.clock.moment
        if self.signed_in_at and now - self.signed_in_at < SIGN_IN_LASTS:
            return
        if self.passkey is None:
            raise Refused("no passkey to sign in with")
        self.forget()
        self.get("/sign-in/")
        options = self.post_json("/sign-in/options/", {})
        self.post_json("/sign-in/finish/", {"passkey": self.passkey.get(options), "next": "/"})
        self.signed_in_at = now

    def confirm(self, page: str) -> None:
        """Show the passkey again, as the site asks before a step that cannot be undone, and go on to the page."""
        if self.passkey is None:
            raise Refused("no passkey to show")
        self.get(f"/confirm/?next={page}")
        options = self.post_json("/confirm/options/", {})
        self.get(str(self.post_json("/confirm/finish/", {"passkey": self.passkey.get(options), "next": page})["next"]))


def _said(page: str) -> str:
    """What a page says is wrong; else how it ends."""
    alerts = re.findall(r'(?:role="alert"|class="[^"]*(?:error|problem)[^"]*")[^>]*>(.{1,300})', page, re.DOTALL)
    return " | ".join(_words(alert) for alert in alerts) or _words(page)[-600:]


def _words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


class SiteUnderDrill:
    """The site in this process, and the persons' browsers by their handles."""

    steps: dict[str, Step]

    def __init__(self, site: str, observer: TextIO, clock: Clock) -> None:
        from django.conf import settings
        from django.test.client import ClientHandler

        self.site, self.observer, self.clock = site, observer, clock
        self.host, self.origin = settings.ORIGIN.host, str(settings.ORIGIN)
        self.browsers: dict[str, Browser] = {}
        self._handler = ClientHandler(enforce_csrf_checks=True)

    def client(self) -> Any:
        from django.test import Client

        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.handler = self._handler
        return client

    def open_browser(self, who: str, *, address: str, agent: str, language: str) -> None:
        self.browsers[who] = Browser(self, address=address, agent=agent, language=language)

    def command(self, name: str, *arguments: str) -> str:
        """Run one of the site's own commands as its worker would."""
        from io import StringIO

        from django.core.management import call_command

        out = StringIO()
        call_command(name, *arguments, stdout=out)
        return out.getvalue()


def run(site: str, make: Callable[[TextIO, Clock], SiteUnderDrill]) -> None:
    """Take orders from standard input, one JSON line each, and answer each with one line."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what the site prints goes where its log goes
    clock = Clock()
    if seed := os.environ.get("DRILL_SEED"):
        seed_chance(f"{seed} {site}")
        clock.stray.seed(f"{seed} {site}")
    clock.install()
    os.environ["DJANGO_SETTINGS_MODULE"] = f"curbside.{site}.settings"
    import django

    django.setup()
    with Path(os.environ["DRILL_OBSERVER"]).open("a", encoding="ascii") as observer:
        under_drill = make(observer, clock)
        for line in sys.stdin:
            done = []
            for order in json.loads(line):
                clock.set(order.pop("at"))
                done.append(under_drill.steps[order.pop("do")](**order))
            observer.flush()
            answers.write(json.dumps(done) + "\n")
