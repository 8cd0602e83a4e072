"""Every address of the site under test, as its resolver has them, and the cast that stands before each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from curbside.kit.fresh import mark_fresh
from tests.doors.authenticator import LyingPasskey


@dataclass(frozen=True)
class Door:
    """What is expected of an address."""

    methods: str
    """Those it answers to, such as `GET POST`."""
    open: bool = False
    """Whether visitors who are signed out may come in."""
    private: bool = False
    """Whether it shows a thing of one person's, named in the address."""
    public_file: bool = False
    """Whether it is the same bytes for everyone, to be kept by caches."""
    json: bool = False
    """Whether it takes JSON."""
    form: dict[str, object] = field(default_factory=dict)
    """Fields that its form accepts."""


class Cast(Protocol):
    """Who and what there is on a site."""

    DOORS: dict[str, Door]

    def arguments(self, name: str) -> dict[str, object]:
        """What the address of this name needs."""
        ...

    def insider(self) -> AbstractBaseUser:
        """Whoever may do the most, and whose things the arguments name."""
        ...

    def outsider(self) -> AbstractBaseUser:
        """Somebody signed in to whom these things do not belong."""
        ...

    def onlookers(self) -> dict[str, AbstractBaseUser]:
        """Others to whom pages look different: those who have nothing yet, and those who may do less."""
        ...


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every address with its full name."""
    yield from _below(get_resolver(), "")


def _below(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _below(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield f"{prefix}{pattern.name}", pattern


def browser() -> Client:
    return Client(headers={"host": settings.ORIGIN.host}, raise_request_exception=False)


def browser_of(person: AbstractBaseUser) -> Client:
    client = browser()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def fresh_browser_of(person: AbstractBaseUser) -> Client:
    """A browser in which the person showed their passkey just now."""
    client, request = browser_of(person), HttpRequest()
    request.session, response = client.session, HttpResponse()
    mark_fresh(request, response)
    client.cookies.update(response.cookies)
    return client


def sign_in_page() -> str:
    return reverse(settings.LOGIN_URL)


def new_passkey(*, counts: bool = True) -> LyingPasskey:
    return LyingPasskey(settings.ORIGIN.host, str(settings.ORIGIN), counts=counts)
