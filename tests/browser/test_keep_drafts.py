"""What is written and not yet posted comes back after the tab is gone, in this browser alone; a second tab's words are never lost to it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import Installation
from tests.browser.person import Person
from tests.browser.steps import heading, press
from tests.browser.test_write_messages import joined

pytestmark = pytest.mark.browser

TITLE = "A rash after the second dose"
STORY = "It came on the third day. Zylophant-first."
LATER = "It came on the fourth day. Zylophant-second."
MINE = "It came on the fifth day. Zylophant-third."
KEPT = """async () => {
  const opened = indexedDB.open("curbside-drafts", 1);
  await new Promise(done => opened.onsuccess = done);
  const all = name => new Promise(done => {
    const asked = opened.result.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  const drafts = await all("drafts");
  const keys = (await all("keys")).flatMap(pair => Object.values(pair));
  opened.result.close();
  const text = drafts.map(draft => JSON.stringify(draft) + new TextDecoder("latin1").decode(draft.sealed)).join();
  return {drafts: drafts.length, text, readable: keys.filter(key => key.extractable).length, keys: keys.length};
}"""


def says(page: Page, words: str) -> None:
    expect(page.locator("[data-draft-line] [role=status]")).to_contain_text(words, timeout=20_000)


def write(page: Page, words: str) -> None:
    page.get_by_label("What happened").fill(words)


def watch_words(page: Page) -> list[str]:
    """The addresses to which words of the draft were sent, but for the guard's where nothing tells whose they are."""
    sent: list[str] = []

    def note(request: Request) -> None:
        to_guard = request.url.endswith("/guard/") and "cookie" not in request.all_headers()
        if "Zylophant" in f"{request.url} {request.post_data}" and not to_guard:
            sent.append(request.url)

    page.on("request", note)
    return sent


def write_and_reload(author: Person, address: str) -> None:
    """As nobody: the choice comes back too, or the words would be posted under a name."""
    page = author.page
    page.goto(address)
    page.get_by_label("Specialty").select_option("dermatology")
    page.get_by_label("As nobody: a one-off post").check()
    page.get_by_label("Title").fill(TITLE)
    write(page, STORY)
    says(page, "Draft saved in this browser, encrypted.")
    kept = page.evaluate(KEPT)
    assert (kept["drafts"], kept["keys"], kept["readable"]) == (1, 2, 0)
    assert "Zylophant" not in kept["text"]
    assert "draftwriter" not in kept["text"]

    page.reload()
    says(page, "Your draft is back.")
    expect(page.get_by_label("As nobody: a one-off post")).to_be_checked()
    expect(page.get_by_role("button", name="Post lesson")).to_be_hidden()
    expect(page.get_by_label("Title")).to_have_value(TITLE)
    author.look("draft-back")


def write_in_two_tabs(author: Person, address: str) -> None:
    """Each is told of the other's newer version; one takes it, the other keeps its own."""
    page = author.page
    second = author.context.new_page()
    second.goto(address)
    says(second, "Your draft is back.")
    write(second, LATER)
    says(second, "Draft saved")
    write(page, MINE)
    says(page, "Another tab saved a newer version")
    author.look("draft-newer")
    press(page, "Show the other tab\N{RIGHT SINGLE QUOTATION MARK}s version")
    expect(page.get_by_label("What happened")).to_have_value(LATER)
    write(page, MINE)
    says(page, "Draft saved")
    write(second, STORY)
    says(second, "Another tab saved a newer version")
    press(second, "Keep what is here")
    says(second, "Draft saved")
    second.close()


def discard_and_undo(author: Person) -> None:
    """Gone from the browser at once, and back if that was a slip."""
    page = author.page
    page.reload()
    expect(page.get_by_label("What happened")).to_have_value(STORY)
    press(page, "Discard the draft")
    says(page, "Draft discarded.")
    assert page.evaluate(KEPT)["drafts"] == 0
    expect(page.get_by_label("What happened")).to_have_value("")
    press(page, "Undo")
    says(page, "Draft saved")
    expect(page.get_by_label("What happened")).to_have_value(STORY)


def post_it(author: Person, address: str) -> None:
    """Under the pseudonym, after all; nothing of it is left to be posted twice."""
    page = author.page
    page.get_by_label("My pseudonym").check()
    page.get_by_label("What I would do now").fill("Ask about it sooner.")
    press(page, "Post lesson")
    heading(page, TITLE)
    page.wait_for_function(f"async () => (await ({KEPT})()).drafts === 0")
    page.goto(address)
    expect(page.get_by_label("What happened")).to_have_value("")


def write_and_sign_out(author: Person) -> None:
    """The keys go too."""
    page = author.page
    write(page, LATER)
    says(page, "Draft saved")
    press(page, "Sign out")
    heading(page, "Sign in")
    kept = page.evaluate(KEPT)
    assert (kept["drafts"], kept["keys"]) == (0, 0)


def test_draft_comes_back_minds_a_second_tab_and_goes_with_the_post(installation: Installation, person: Callable[..., Person]) -> None:
    place, author = installation, person(390, dark=True)
    joined(author, place, "draftwriter")
    address = f"{place.community}/lessons/new/"
    sent = watch_words(author.page)
    write_and_reload(author, address)
    write_in_two_tabs(author, address)
    discard_and_undo(author)
    assert sent == []
    post_it(author, address)
    write_and_sign_out(author)
