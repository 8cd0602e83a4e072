"""A case under an alias asks what it is: readers list what they think before they see others, and read the pool; its author answers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Installation
from tests.browser.members import sign_in_as
from tests.browser.person import Person
from tests.browser.steps import heading, press

pytestmark = pytest.mark.browser

ASKER, FIRST, SECOND = "plain-wren-21", "broad-ibis-22", "still-crane-23"
TITLE = "No twitch after 45 minutes"


def ask_under_alias(page: Page, place: Installation) -> str:
    page.goto(f"{place.community}/cases/new/")
    page.get_by_label("An alias for this post alone").check()
    page.get_by_label("Specialty").select_option("anaesthetics")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_story").fill("Invented from end to end. A woman in her thirties, after suxamethonium.")
    page.locator("#id_question").fill("What is it?")
    page.get_by_label("It asks").select_option("diagnosis")
    press(page, "Post case")
    heading(page, TITLE)
    return page.url


def give_list(page: Page, lines: str) -> None:
    page.get_by_label("Your list, the likeliest first").fill(lines)
    press(page, "Give my list")
    expect(page.get_by_text("Your list", exact=True)).to_be_visible()


def test_lists_are_given_blind_pooled_and_answered_under_an_alias(installation: Installation, person: Callable[..., Person]) -> None:
    place = installation
    asker, first, second = people = [person(width) for width in (1280, 390, 1280)]
    sign_in_as((ASKER, FIRST, SECOND), people, place)
    case = ask_under_alias(asker.page, place)
    expect(asker.page.locator("article").get_by_text("alias ")).to_be_visible()
    asker.look("case-alias-own")

    first.page.goto(case)
    expect(first.page.get_by_text(ASKER)).to_have_count(0)
    first.look("case-list-before")
    give_list(first.page, "Cholinesterase deficiency\nMyasthenia gravis")
    first.look("case-list-after")

    second.page.goto(case)
    expect(second.page.get_by_text("Myasthenia gravis")).to_have_count(0)
    page = second.page
    page.get_by_role("combobox", name="Find a condition by any term").press_sequentially("myasth")
    page.get_by_role("option").first.click()
    press(page, "Give my list")
    expect(page.get_by_text("All together: 2 lists, given blind")).to_be_visible()
    second.look("case-pool")

    asker.page.goto(case)
    asker.page.get_by_label("Your comment").fill("Her sister had the same.")
    press(asker.page, "Post comment")
    second.page.goto(case)
    expect(second.page.get_by_text("Her sister had the same.")).to_be_visible()
    expect(second.page.get_by_text(ASKER)).to_have_count(0)
    second.look("case-alias-answered")

    first.page.goto(f"{place.community}/mine/lists/")
    first.look("own-lists")
    asker.page.goto(f"{place.community}/mine/aliases/")
    expect(asker.page.get_by_text(TITLE)).to_be_visible()
    asker.look("own-aliases")
    for one in people:
        assert one.troubles == []
