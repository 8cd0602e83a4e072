"""A post is reported, judged by keyboard, appealed against by its author, and shown again by a second moderator."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Installation
from tests.browser.members import sign_in_as
from tests.browser.person import Person
from tests.browser.steps import follow, heading, post_case, press

pytestmark = pytest.mark.browser

AUTHOR, REPORTER, FIRST, SECOND = "calm-finch-11", "brown-gull-12", "swift-heron-13", "quiet-stork-14"


def test_a_report_is_judged_by_keyboard_appealed_and_reversed(installation: Installation, person: Callable[..., Person]) -> None:
    place = installation
    author, reporter, first, second = people = [person(width) for width in (1280, 390, 1280, 390)]
    sign_in_as((AUTHOR, REPORTER, FIRST, SECOND), people, place)
    for pseudonym in (FIRST, SECOND):
        place.curbside("moderator", "appoint", pseudonym)
    title = "A rash after the second dose"
    case = post_case(author, place, title=title, story="Invented from end to end, **no** patient.", question="Again?")

    reporter.page.goto(case)
    reporter.page.locator("a[href*='/moderation/cases/']", has_text="Report").first.click()
    reporter.page.get_by_label("It could tell who a patient is").check()
    reporter.look("moderation-report")
    press(reporter.page, "Report")
    heading(reporter.page, "Moderation and you")
    expect(reporter.page.get_by_text("A moderator has not looked at it yet.")).to_be_visible()

    page = first.page
    page.goto(f"{place.community}/moderation/queue/")
    first.look("moderation-queue")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    heading(page, "Judge a post")
    expect(page.get_by_text("Invented from end to end")).to_be_visible()
    page.keyboard.press("2")
    expect(page.get_by_label("Hidden", exact=True)).to_be_checked()
    page.get_by_label("it could tell who a patient is").check()
    first.look("moderation-judge")
    page.get_by_role("button", name="Decide").focus()
    page.keyboard.press("Enter")
    heading(page, "Waiting for a moderator")

    author.page.goto(f"{place.community}/moderation/mine/")
    expect(author.page.get_by_text("it could tell who a patient is")).to_be_visible()
    author.look("moderation-mine")
    follow(author.page, "Appeal")
    author.page.get_by_label("Why it should be taken back").fill("There is no such patient: I made it up to teach.")
    author.look("moderation-appeal")
    press(author.page, "Appeal")
    expect(author.page.get_by_text("Your appeal waits for another moderator.")).to_be_visible()

    second.page.goto(f"{place.community}/moderation/queue/")
    second.page.locator("a[href*='/moderation/decisions/']").first.click()
    expect(second.page.get_by_text("I made it up to teach.")).to_be_visible()
    second.look("moderation-appealed")
    press(second.page, "Take it back")
    heading(second.page, "Waiting for a moderator")

    reporter.page.goto(case)
    heading(reporter.page, re.escape(title))
