"""An answer is given with its source, met with reactions by keyboard, said to have helped, and said to be able to harm."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Installation
from tests.browser.members import sign_in_as
from tests.browser.person import Person
from tests.browser.steps import follow, heading, post_case, press

pytestmark = pytest.mark.browser

ASKER, ANSWERER, READER = "calm-finch-21", "brown-gull-22", "swift-heron-23"


def test_an_answer_is_weighed_by_those_who_read_it(installation: Installation, person: Callable[..., Person]) -> None:
    place = installation
    asker, answerer, reader = people = [person(1280), person(390), person(1280, dark=True)]
    sign_in_as((ASKER, ANSWERER, READER), people, place)
    title = "A cough that stays for months"
    case = post_case(asker, place, title=title, story="Invented from end to end, **no** patient.", question="What would you look for?")

    page = answerer.page
    page.goto(case)
    page.get_by_label("Your comment", exact=True).fill(f"Reflux. @{READER} saw several.")
    page.get_by_label("What it rests on").fill("https://pubmed.ncbi.nlm.nih.gov/31978945/")
    page.get_by_label("From my own experience").check()
    press(page, "Post comment")
    expect(page.get_by_role("link", name=f"@{READER}")).to_be_visible()
    expect(page.get_by_role("link", name="PMID 31978945")).to_be_visible()
    answerer.look("answer-with-source")

    page = reader.page
    page.goto(case)
    same = page.get_by_role("button", name="Had the same").last
    same.focus()
    page.keyboard.press("Enter")
    expect(same).to_have_attribute("aria-pressed", "true")
    expect(same).to_be_focused()
    expect(same).to_have_text("Had the same 1")
    page.keyboard.press("Enter")
    expect(same).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="May change what I do").last.click()
    expect(page.get_by_role("button", name="May change what I do 1")).to_be_visible()
    page.get_by_role("link", name="Could harm").last.click()
    heading(page, "Could this answer harm?")
    page.get_by_label("What could go wrong, and in whom").fill("Not without a picture of the chest in a smoker.")
    reader.look("answer-warn")
    press(page, "Mark it")
    expect(page.get_by_role("region", name="Could harm")).to_be_visible()
    reader.look("answer-weighed")

    page = asker.page
    page.goto(case)
    page.get_by_role("button", name="This helped").first.click()
    expect(page.get_by_role("button", name="This helped").first).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.get_by_text("helped, says who asked")).to_be_visible()
    asker.look("answer-helped")
    follow(page, ANSWERER)
    heading(page, ANSWERER)
    expect(page.get_by_text("1 answer helped somebody.")).to_be_visible()
    asker.look("member-page")

    answerer.page.goto(f"{place.community}/notifications/")
    expect(answerer.page.get_by_text("An answer of yours helped")).to_be_visible()
