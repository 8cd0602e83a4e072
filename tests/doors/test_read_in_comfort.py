"""Language, light or dark, size of text and keys: each reader's own, in cookies, signed in or not."""

import gzip
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from curbside.languages import catalogue_files, compile_catalogue
from tests.doors.places import browser, browser_of, sign_in_page

pytestmark = pytest.mark.django_db(databases="__all__")
LANGUAGES = [code for code, _label in settings.LANGUAGES]


@pytest.fixture
def visitor() -> Client:
    return browser()


def page(visitor: Client, **headers: str) -> str:
    return str(visitor.get(reverse("kit:comfort"), headers=headers).content.decode())


def choose(visitor: Client, **changes: str) -> int:
    form = {"theme": "system", "text": "usual", "keys": "on", "marks": "on", **changes}
    return visitor.post(reverse("kit:comfort"), form).status_code


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_can_be_chosen_signed_out_and_lasts(visitor: Client, code: str) -> None:
    answer = visitor.post(reverse("kit:set_language"), {"language": code, "next": sign_in_page()})
    assert answer["Location"] == sign_in_page()
    assert f'<html lang="{code}"' in visitor.get(sign_in_page()).content.decode()


def test_the_browsers_language_is_honoured_until_one_is_chosen(visitor: Client) -> None:
    assert '<html lang="it"' in page(visitor, accept_language="it-CH,it;q=0.9,en;q=0.5")
    visitor.post(reverse("kit:set_language"), {"language": "de", "next": "/"})
    assert '<html lang="de"' in page(visitor, accept_language="it-CH,it;q=0.9,en;q=0.5")


def test_an_unknown_language_is_passed_over(visitor: Client) -> None:
    for code in ("xx", "", "en-us", "../de"):
        assert settings.LANGUAGE_COOKIE_NAME not in visitor.post(reverse("kit:set_language"), {"language": code, "next": "/"}).cookies


def test_choosing_a_language_leads_to_no_other_site(visitor: Client) -> None:
    for wanted in ("https://elsewhere.example.org/", "//elsewhere.example.org", "javascript:alert(1)", ""):
        assert visitor.post(reverse("kit:set_language"), {"language": "fr", "next": wanted})["Location"] == "/"


def test_every_page_offers_all_languages_in_their_own_words(visitor: Client) -> None:
    for address in (sign_in_page(), reverse("kit:comfort"), "/nothing-is-here/"):
        body = visitor.get(address).content.decode()
        for autonym in ("English", "Español", "Français", "Deutsch", "Italiano"):
            assert f">{autonym}</button>" in body, address


def test_choices_show_on_the_next_page_and_are_kept_in_a_cookie_alone(visitor: Client) -> None:
    assert choose(visitor, theme="dark", text="larger", keys="off", marks="off") == 302
    body = page(visitor)
    for attribute in ('data-theme="dark"', 'data-text="larger"', 'data-keys="off"', 'data-marks="off"'):
        assert attribute in body.partition("<head>")[0]
    assert not visitor.session.keys()


def test_nothing_chosen_leaves_all_to_the_device(visitor: Client) -> None:
    opening = page(visitor).partition("<head>")[0]
    assert "data-theme" not in opening
    assert "data-text" not in opening


def test_a_choice_that_is_none_is_asked_for_again(visitor: Client) -> None:
    assert choose(visitor, theme="pink") == 200
    visitor.cookies[f"{settings.SESSION_COOKIE_NAME}-comfort"] = "pink.dark.<b>.off.x.y"
    assert 'data-marks="off"' in page(visitor)
    assert "pink" not in page(visitor)


def test_whoever_signs_out_keeps_how_they_read() -> None:
    from tests.doors.conftest import side

    member = getattr(side, f"{settings.ROOT_URLCONF.split('.')[1].title()}Cast")().insider()
    client = browser_of(member)
    choose(client, theme="light")
    client.post(reverse(side.SIGN_OUT))
    assert 'data-theme="light"' in page(client)


def test_numbers_and_days_are_written_as_the_reader_writes_them() -> None:
    from datetime import date

    from django.template import Context, Template
    from django.utils.translation import override

    template = Template("{{ number }} {{ day }}")
    written = {}
    for code in LANGUAGES:
        with override(code):
            written[code] = (
                template.render(Context({"number": 1_234_567, "day": date(2026, 11, 5)})).replace("\xa0", " ").replace("\u202f", " ")
            )
    assert written == {
        "en": "1,234,567 Nov. 5, 2026",
        "es": "1 234 567 5 de noviembre de 2026",
        "fr": "1 234 567 5 novembre 2026",
        "de": "1.234.567 5. November 2026",
        "it": "1.234.567 05 Novembre 2026",
    }


def test_the_site_can_be_installed_and_the_worker_keeps_one_page_alone(visitor: Client) -> None:
    manifest = visitor.get("/manifest.webmanifest").json()
    assert manifest["start_url"] == manifest["scope"] == "/"
    icons = {icon["sizes"]: icon["src"] for icon in manifest["icons"]}
    assert set(icons) == {"any", "192x192", "512x512"}
    assert all(finders.find(source.removeprefix(settings.STATIC_URL)) for source in icons.values())
    worker = visitor.get("/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    script = worker.content.decode()
    assert re.findall(r"store\.\w+|cache\.\w+|\.put\(|addAll", script) == ["store.add"]
    assert 'OFFLINE = "/offline/"' in script


def test_the_page_that_is_kept_says_nothing_of_who_asked() -> None:
    from tests.doors.conftest import side

    member = getattr(side, f"{settings.ROOT_URLCONF.split('.')[1].title()}Cast")().insider()
    assert browser().get("/offline/").content == browser_of(member).get("/offline/").content
    assert not browser().get("/offline/").cookies


def test_every_page_has_the_sheet_of_keys(visitor: Client) -> None:
    body = visitor.get(sign_in_page()).content.decode()
    assert '<dialog id="keys"' in body
    assert "pages/keys.js" in body


def test_the_first_page_weighs_less_than_100_kilobytes(visitor: Client) -> None:
    """Its own files as they cross the line: styles and scripts compressed, the page itself as it is (kit/sizes.py)."""
    page = visitor.get(sign_in_page()).content
    own = set(re.findall(rb'(?:src|href)="/static/([^"]+)"', page))
    assert {b"styles/site.css", b"vendor/htmx.min.js", b"pages/keys.js"} <= own
    files = sum(len(gzip.compress((settings.BUILD_DIR / "static" / name.decode()).read_bytes())) for name in own)
    assert len(page) + files < 100_000, f"{len(page)} + {files}"


def test_catalogues_compile() -> None:
    for source in catalogue_files():
        assert compile_catalogue(source).stat().st_size > 0
