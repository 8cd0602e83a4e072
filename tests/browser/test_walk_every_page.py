"""Every address of both sites that shows a page, to whoever may do the most and to those who have nothing or may do less: axe, sideways
scrolling at five widths, the policy, the console, targets; and every form sent as it stands, with nothing filled in."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, Installation
from tests.browser.person import HEIGHT, SCREENSHOTS, Person

LOOKS = ((360, False), (1280, True))
WIDTHS = (390, 768, 1920)
"""Beside those looked at: only that nothing scrolls sideways."""
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, summary, select, input:not([type=hidden])")]
  .filter((each) => !each.closest("p, li, dd, td, .sr-only, [hidden]"))
  .filter((each) => !each.matches(".sr-only, .skip-link, [type=radio], [type=checkbox]"))
  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 24)
  .map((each) => each.outerHTML.slice(0, 120))"""


UNFILLED = """() => [...document.querySelectorAll("form[method=post]")].map((form, index) => [form, index])
  .filter(([form]) => [...form.querySelectorAll("[required]")].some((each) => each.checkVisibility() && each.value === ""))
  .map(([, index]) => index)"""
SEND_UNFILLED = """(index) => {
  const form = document.querySelectorAll("form[method=post]")[index];
  form.noValidate = true;
  form.requestSubmit();
}"""


Walks = dict[str, dict[str, dict[str, str]]]


@pytest.fixture(scope="module", params=["named", "anonymous"])
def site(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def walks(site: str, installation: Installation) -> Walks:
    environment = {**installation.settings, "DJANGO_SETTINGS_MODULE": f"curbside.{site}.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.every_page"], env=environment, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    found: Walks = json.loads(done.stdout)
    return found


@pytest.fixture
def origin(site: str, installation: Installation) -> str:
    return {"named": installation.directory, "anonymous": installation.community}[site]


def come_as(who: Person, origin: str, walk: dict[str, dict[str, str]]) -> None:
    who.context.add_cookies([{**walk["cookie"], "url": origin}])  # type: ignore[typeddict-item] # a name and a value


def check_widths(reader: Person) -> None:
    for width in WIDTHS:
        reader.page.set_viewport_size({"width": width, "height": HEIGHT})
        reader.check_nothing_scrolls_sideways(width)
    reader.page.set_viewport_size({"width": reader.width, "height": HEIGHT})


def test_every_page_can_be_used_by_everyone(site: str, origin: str, walks: Walks, person: Callable[..., Person]) -> None:
    walk = walks["insider"]
    assert len(walk["pages"]) > 10
    for width, dark in LOOKS:
        reader = person(width, dark=dark)
        come_as(reader, origin, walk)
        for name, address in walk["pages"].items():
            reader.page.goto(f"{origin}{address}")
            reader.look(f"walk-{name.replace(':', '-')}")
            reader.troubles += [f"{address} small target {found}" for found in reader.page.evaluate(SMALL_TARGETS)]
            if not dark:
                check_widths(reader)
        reader.forgive("status of 403")  # nobody judges their own: a refusal is a page here


def test_who_has_nothing_or_may_do_less_sees_whole_pages(site: str, origin: str, walks: Walks, person: Callable[..., Person]) -> None:
    assert len(walks) > 2
    for role, walk in walks.items():
        if role == "insider":
            continue
        assert len(walk["pages"]) > 3
        reader = person(390, dark=role == "newcomer")
        come_as(reader, origin, walk)
        for name, address in walk["pages"].items():
            reader.page.goto(f"{origin}{address}")
            reader.look(f"walk-{name.replace(':', '-')}-{role}")
        reader.forgive("status of 403")


def test_a_form_sent_unfilled_says_what_to_do(site: str, origin: str, walks: Walks, person: Callable[..., Person]) -> None:
    sent: set[tuple[str, int]] = set()
    for walk in walks.values():
        writer = person(390)
        come_as(writer, origin, walk)
        for name, address in walk["pages"].items():
            writer.page.goto(f"{origin}{address}")
            for index in writer.page.evaluate(UNFILLED):
                if (name, index) not in sent:
                    sent.add((name, index))
                    send_unfilled(writer, f"{origin}{address}", index)
                    writer.look(f"walk-{name.replace(':', '-')}-mistake-{index}")
        for refusal in ("status of 400", "status of 422", "status of 403"):  # as a form with a mistake is answered
            writer.forgive(refusal)
    assert len(sent) > 2


def send_unfilled(writer: Person, address: str, index: int) -> None:
    writer.page.goto(address)
    with writer.page.expect_response(lambda answer: answer.request.method == "POST"):
        writer.page.evaluate(SEND_UNFILLED, index)
    writer.page.locator("[aria-invalid=true]:visible, [role=alert]:visible").first.wait_for()


def test_a_page_prints_its_words_without_its_tools(site: str, origin: str, walks: Walks, person: Callable[..., Person]) -> None:
    walk, reader = walks["insider"], person(1280)
    come_as(reader, origin, walk)
    address = walk["pages"]["cases:show_case" if site == "anonymous" else "kit:comfort"]
    reader.page.goto(f"{origin}{address}")
    reader.page.evaluate("() => { window.print = () => { document.title = 'printed'; }; }")
    reader.page.get_by_role("button", name="Print or save as PDF").click()
    assert reader.page.title() == "printed"
    reader.page.emulate_media(media="print")
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    for tools in ("nav", "form", ".site-foot", ".site-who"):  # paper is left on printers: not with the reader's pseudonym
        assert not any(each.is_visible() for each in reader.page.locator(tools).all())
    reader.page.screenshot(path=SCREENSHOTS / f"print-{site}.png", full_page=True)
