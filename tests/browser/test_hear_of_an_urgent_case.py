"""An urgent case calls the members of its specialty, live; and what its author earns by it stands on it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Installation
from tests.browser.members import sign_in_as
from tests.browser.person import Person
from tests.browser.steps import heading, press

pytestmark = pytest.mark.browser
TITLE = "A pacemaker that stops tonight"
INTEREST = "Paid talks for a maker of pacemakers."


def test_specialty_hears_of_an_urgent_case_without_a_reload(installation: Installation, person: Callable[..., Person]) -> None:
    place, author, called = installation, person(dark=True), person(width=390)
    sign_in_as(["late-lark-33", "wakeful-coot-34=gb/cardiology"], [author, called], place)
    called.page.goto(f"{place.community}/hubs/cardiology/")
    unread = called.page.locator("[data-notifications]")
    expect(unread).to_be_empty()

    page = author.page
    page.goto(f"{place.community}/cases/new/")
    page.get_by_label("Specialty").select_option("cardiology")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Story").fill("The battery is at its end, and the list is full.")
    page.locator("#id_question").fill("Would you change it tonight?")
    page.locator("[name=urgency]").select_option("today")
    page.get_by_text("Commercial interests: none").click()
    page.locator("[name=interests]").fill(INTEREST)
    press(page, "Post case")
    heading(page, TITLE)
    author.look("urgent-case")

    called.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(unread).to_have_text("(1 unread)")
    called.look("urgent-called")
    called.page.goto(f"{place.community}/notifications/")
    called.page.get_by_role("link", name=TITLE).click()
    heading(called.page, TITLE)
    expect(called.page.get_by_text(INTEREST)).to_be_visible()
    called.look("urgent-read")
