"""A case with a patient's name and NHS number is marked while it is written, and published clean."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Installation
from tests.browser.person import Person
from tests.browser.steps import heading, press
from tests.browser.test_write_messages import joined

pytestmark = pytest.mark.browser

STORY = "Mrs Okonkwo, NHS number 943 476 5919, fell at home. I told Okonkwo to rest. The Wells score was 2."
CLEAN = "The patient, NHS number [NHS number], fell at home. I told the patient to rest. The Wells score was 2."


def write(page: Page, place: Installation) -> None:
    page.goto(f"{place.community}/cases/new/")
    page.get_by_label("Specialty").select_option("cardiology")
    page.get_by_label("Title").fill("A fall, and what to look for")
    page.get_by_label("Story").fill(STORY)
    page.get_by_label("Question", exact=True).fill("Would you scan?")


def marks(page: Page) -> list[str]:
    return page.locator("mark.guard-mark").all_text_contents()


def is_asked_without_a_script(writer: Person, place: Installation) -> None:
    """The page comes back once, with everything that was typed, and names what it found."""
    page = writer.page
    write(page, place)
    press(page, "Post case")
    question = page.locator("[data-guard-question]")
    expect(question).to_contain_text("Okonkwo")
    expect(question).to_contain_text("943 476 5919")
    expect(page.get_by_label("Story")).to_have_value(STORY)
    writer.look("guard-question")
    writer.troubles = [trouble for trouble in writer.troubles if "422" not in trouble]  # the browser's word for a form that comes back


def replaces_all(writer: Person) -> None:
    """Marks in place, the same in a list; one person is one replacement everywhere."""
    page = writer.page
    expect(page.locator("mark.guard-mark")).to_have_count(3, timeout=15_000)
    assert marks(page) == ["Okonkwo", "943 476 5919", "Okonkwo"]
    panel = page.locator(".guard-panel")
    expect(panel.get_by_role("listitem").filter(has_text="Okonkwo")).to_contain_text("a name (2)")
    writer.look("guard-marks")
    page.get_by_label("Story").click(position={"x": 70, "y": 20})
    expect(page.locator(".guard-pop")).to_be_visible()
    writer.look("guard-pop")
    page.keyboard.press("Escape")
    panel.get_by_role("button", name="Replace all").click()
    expect(page.get_by_label("Story")).to_have_value(CLEAN)
    expect(page.locator("mark.guard-mark")).to_have_count(0)
    panel.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Story")).to_have_value(STORY)
    expect(page.locator("mark.guard-mark")).to_have_count(3, timeout=15_000)
    panel.get_by_role("button", name="Replace all").click()


def test_case_with_an_identifier_is_published_clean(installation: Installation, person: Callable[..., Person]) -> None:
    place, writer = installation, person(390)
    joined(writer, place, "cleanwriter")
    page = writer.page
    is_asked_without_a_script(writer, place)
    write(page, place)
    replaces_all(writer)
    press(page, "Post case")
    heading(page, "A fall, and what to look for")
    expect(page.get_by_text(CLEAN)).to_be_visible()
    expect(page.get_by_text("Okonkwo")).to_have_count(0)
