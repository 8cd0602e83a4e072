"""A member follows a hub, keeps a case for later, mutes who tires them, and finds all of it again on their own pages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Installation
from tests.browser.members import sign_in_as
from tests.browser.person import Person
from tests.browser.steps import post_case

pytestmark = pytest.mark.browser
TITLE = "Loud murmur in a quiet patient"


def test_member_follows_bookmarks_mutes_and_finds_it_at_home(installation: Installation, person: Callable[..., Person]) -> None:
    place, author, reader = installation, person(), person(width=390, dark=True)
    sign_in_as(["loud-lark-31", "calm-coot-32"], [author, reader], place)
    address = post_case(author, place, title=TITLE, story="A murmur for a **year**.", question="Would you scan?")
    page = reader.page

    page.goto(f"{place.community}/home/")
    expect(page.get_by_text("Choose some hubs to begin with.")).to_be_visible()
    reader.look("home-empty")
    specialty = author.page.locator("article a.badge-outline").first.inner_text()
    page.get_by_role("button", name=re.compile(rf"^Follow\s*:\s*{specialty}$")).click()
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Bookmark", exact=True).click()
    expect(page.get_by_role("button", name="Remove bookmark")).to_be_visible()
    reader.look("case-bookmarked")

    page.goto(f"{place.community}/shelf/")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    reader.look("shelf-bookmarks")
    page.goto(f"{place.community}/shelf/members/loud-lark-31/")
    page.get_by_role("button", name=re.compile(r"^Mute\s*:\s*loud-lark-31")).click()
    expect(page.get_by_role("button", name=re.compile(r"^Unmute\s*:\s*loud-lark-31"))).to_be_visible()
    page.get_by_label("Your note").fill("Murmurs a lot.")
    page.get_by_role("button", name="Keep").click()
    reader.look("shelf-member")

    page.goto(f"{place.community}/home/")
    fold = page.get_by_text("Muted. Show")
    expect(page.get_by_role("link", name=TITLE)).to_be_hidden()
    reader.look("home-muted")
    fold.click()
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    for label, path in (("shelf-muted", "shelf/muted/"), ("shelf-follows", "shelf/follows/"), ("home-waiting", "home/waiting/")):
        page.goto(f"{place.community}/{path}")
        reader.look(label)
    author.page.goto(address)
    expect(author.page.get_by_text("Muted. Show")).to_have_count(0)
    for label, path in (("home-wide", "home/"), ("hubs-wide", "hubs/"), ("lounge-wide", "lounge/"), ("lounge-new-wide", "lounge/new/")):
        author.page.goto(f"{place.community}/{path}")
        author.look(label)
