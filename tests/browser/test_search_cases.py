"""A member writes a case and finds it again: by key, by synonym, with marks, and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Installation
from tests.browser.members import sign_in_as
from tests.browser.person import Person
from tests.browser.steps import post_case

pytestmark = pytest.mark.browser


def test_member_finds_a_case_by_key_by_synonym_and_without_scripts(installation: Installation, person: Callable[..., Person]) -> None:
    place, reader = installation, person()
    sign_in_as(["wise-crane-58"], [reader], place)
    page = reader.page
    title = "Infarto de miocardio in a marathon runner"
    case = post_case(reader, place, title=title, story="Chest pain at kilometre **38**, troponin rising.", question="Would you scan?")

    page.goto(place.community)
    page.keyboard.press("/")
    expect(page.locator("#search-box")).to_be_focused()
    page.keyboard.type("heart attack kilometre")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search/"))
    assert "kilometre" not in page.url
    hit = page.locator(".search-hits li", has=page.get_by_role("link", name=title))
    expect(hit.locator("mark", has_text="kilometre")).to_be_visible()
    expect(page.get_by_text("I21 Acute myocardial infarction")).to_be_visible()
    reader.look("community-search")

    page.locator("summary", has_text="Narrow it down").click()
    condition = page.get_by_role("combobox", name="Condition")
    condition.press_sequentially("heart att")
    expect(page.get_by_role("option", name=re.compile("Acute myocardial infarction"))).to_be_visible()
    condition.press("ArrowDown")
    condition.press("Enter")
    expect(condition).to_have_value("I21")
    page.get_by_label("Search for").fill("")
    page.locator("main").get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name=title)).to_be_visible()

    page.get_by_label("Search for").fill('"chest pain')
    page.locator("main").get_by_role("button", name="Search").click()
    expect(page.get_by_role("alert")).to_contain_text("quotation mark")

    found_without_scripts(reader, place, case, title)


def found_without_scripts(reader: Person, place: Installation, case: str, title: str) -> None:
    """In the same profile with scripts off: the box and the form work alike."""
    browser = reader.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, storage_state=reader.context.storage_state())
    page = plain.new_page()
    page.goto(place.community)
    page.locator("#search-box").fill("marathon")
    page.locator("#search-box").press("Enter")
    page.get_by_role("link", name=title).click()
    assert page.url == case
    plain.close()
