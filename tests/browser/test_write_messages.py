"""Two members write to each other. The server holds nothing it could read, both see the same fingerprint, and a new key is noticed."""

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import expect
from pysqlite3 import dbapi2 as sqlite

from tests.browser.conftest import Installation
from tests.browser.members import sign_in_as
from tests.browser.person import Person
from tests.browser.steps import follow, heading, press

pytestmark = pytest.mark.browser

REQUEST = "May I ask you about the ECG in your last case? Zylophant-request."
ANSWER = "Of course, ask away. Zylophant-answer, with a euro sign: €"
LATER = "Then I would not send him home. Zylophant-later."
HIDDEN = "You never heard this. Zylophant-hidden."
DELETED = "Forget this one. Zylophant-deleted."


def joined(person: Person, place: Installation, pseudonym: str) -> None:
    """A member, signed in, with a passkey made here. How one becomes a member is the story of test_tell_whole_story.py."""
    sign_in_as([pseudonym], [person], place)
    person.page.goto(f"{place.community}/membership/")
    press(person.page, "Add a passkey")
    expect(person.page.get_by_role("link", name=re.compile("Label or delete"))).to_be_visible()


def make_key_with_passkey(person: Person, place: Installation) -> None:
    person.page.goto(f"{place.community}/messages/")
    person.look("messages-none")
    follow(person.page, "Make a message key")
    expect(person.page.get_by_role("heading", name="Make a message key")).to_be_visible()
    person.look("messages-make-key")
    press(person.page, "Make it with my passkey")
    expect(person.page.get_by_role("heading", name="Your message key is ready")).to_be_visible()


def make_key_with_words(person: Person) -> list[str]:
    """On the key page: show the words, and type three of them back, after one try that is wrong."""
    page = person.page
    press(page, "Use 24 words")
    words = page.get_by_role("list", name="Your 24 words").locator("li").all_inner_texts()
    person.look("messages-words")
    press(page, "I have written them down")
    fields = page.get_by_role("textbox").all()
    assert len(fields) == 3
    fields[0].fill("wrong")
    press(page, "Check")
    expect(page.get_by_role("alert")).to_contain_text("Not the same as shown")
    for field in fields:
        field.fill(words[int(re.sub(r"\D", "", field.locator("xpath=..").inner_text())) - 1])
    person.look("messages-words-back")
    press(page, "Check")
    expect(page.get_by_role("heading", name="Your message key is ready")).to_be_visible()
    return words


def open_with_words(person: Person, words: list[str]) -> None:
    press(person.page, "Open with my words")
    person.page.get_by_label("Your 24 words").fill(" ".join(words))
    press(person.page, "Use these words")


def send(person: Person, text: str, *, button: str = "Send") -> None:
    person.page.locator("#message-text").fill(text)
    press(person.page, button)
    expect(person.page.get_by_text(text)).to_be_visible()


def digits(person: Person) -> str:
    person.page.locator(".js-keys summary").click()
    return " ".join(person.page.locator(".js-fingerprint").inner_text().split())


def look_again(person: Person) -> None:
    """As when someone comes back to the tab: the page asks for news at once."""
    person.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def report(person: Person, text: str, words: list[str]) -> None:
    """Bring a message to moderators in the words that one's own browser opened."""
    page = person.page
    page.locator("li", has_text=text).get_by_role("link", name=re.compile("Report")).click()
    heading(page, "Report a message")
    open_with_words(person, words)
    expect(page.get_by_label("The message, as you read it")).to_have_value(text)
    page.get_by_role("radio").first.check()
    person.look("messages-report")
    press(page, "Report")
    expect(page.get_by_text("Reported.")).to_be_visible()


def files_of(place: Installation) -> bytes:
    for base in ("anonymous", "ring"):
        with sqlite.connect(place.data / "anonymous" / f"{base}.sqlite3") as database:
            assert database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
    content = place.log.read_bytes()
    for path in place.data.rglob("*"):
        with suppress(FileNotFoundError, IsADirectoryError):  # SQLite's files beside a database come and go
            content += path.read_bytes()
    return content


def test_two_members_write_and_only_they_can_read(  # noqa: PLR0915 - one story, whose parts need each other
    installation: Installation, person: Callable[..., Person]
) -> None:
    place, heron, otter = installation, person(390), person(1280, prf=False, dark=True)
    first, second = "first-heron-1", "second-otter-2"
    joined(heron, place, first)
    joined(otter, place, second)

    make_key_with_passkey(heron, place)
    otter.page.goto(f"{place.community}/messages/key/")
    words = make_key_with_words(otter)

    page = heron.page
    page.goto(f"{place.community}/messages/to/{second}/")
    press(page, "Open with my passkey")
    expect(page.locator("#message-text")).to_be_visible()
    heron.look("messages-request")
    page.locator("#message-text").fill(REQUEST)
    press(page, "Send request")
    expect(page.get_by_text("Your request waits.")).to_be_visible()
    expect(page.get_by_text(REQUEST)).to_be_visible()
    conversation = page.url

    follow(otter.page, "To your messages")
    expect(otter.page.get_by_role("link", name="Requests (1)")).to_be_visible()
    otter.page.get_by_role("link", name="Requests (1)").click()
    expect(otter.page.get_by_text(REQUEST)).to_be_visible()  # the key made just now is still in memory
    otter.look("messages-requests")
    otter.page.get_by_role("button", name="Accept").click()
    heading(otter.page, first)
    expect(otter.page.get_by_text(REQUEST)).to_be_visible()
    send(otter, ANSWER)

    look_again(heron)
    expect(page.get_by_text(ANSWER)).to_be_visible()
    send(heron, LATER)
    send(heron, DELETED)
    look_again(otter)
    expect(otter.page.get_by_text(DELETED)).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("li", has_text=DELETED).get_by_role("button", name=re.compile("Delete")).click()
    expect(page.get_by_text(DELETED)).to_be_hidden()
    look_again(otter)
    expect(otter.page.get_by_text(DELETED)).to_be_hidden()
    expect(otter.page.get_by_text(LATER)).to_be_visible()

    assert digits(heron) == digits(otter)
    assert re.fullmatch(r"(\d{5} ){11}\d{5}", " ".join(heron.page.locator(".js-fingerprint").inner_text().split()))
    press(page, "We compared them: they are the same")
    expect(page.locator(".js-compared")).to_be_visible()
    heron.look("messages-conversation")
    otter.look("messages-conversation")

    stolen = files_of(place)
    for text in (REQUEST, ANSWER, LATER, DELETED, "Zylophant", " ".join(words)):
        assert text.encode() not in stolen
    assert second.encode() in stolen

    # A visit later: the passkey opens it again, and the mark is still there.
    page.goto(conversation)
    press(page, "Open with my passkey")
    expect(page.get_by_text(ANSWER)).to_be_visible()
    expect(page.locator(".js-compared")).to_be_visible()

    # The words are lost: a new key. What was written before is closed, and the other is told.
    otter.page.goto(f"{place.community}/messages/key/")
    press(otter.page, "Make a new key …")
    otter.look("messages-new-key")
    words = make_key_with_words(otter)
    otter.page.goto(conversation)
    open_with_words(otter, words)
    expect(otter.page.get_by_text("This message cannot be read").first).to_be_visible()
    look_again(heron)
    expect(page.get_by_text(f"The key of {second} changed.")).to_be_visible()
    heron.look("messages-key-changed")
    page.locator("#message-text").fill("Too soon.")
    press(page, "Send")
    expect(page.get_by_text("Decide above whether you write with the new one.")).to_be_visible()
    press(page, "Write with the new key")
    send(heron, "With your new key, then.")
    look_again(otter)
    expect(otter.page.get_by_text("With your new key, then.")).to_be_visible()
    assert digits(heron) == digits(otter)

    report(otter, "With your new key, then.", words)
    assert b"With your new key, then." not in files_of(place)

    otter.page.goto(conversation)
    open_with_words(otter, words)
    press(otter.page, f"Block {first}")
    expect(otter.page.get_by_role("heading", name="Blocked members")).to_be_visible()
    send(heron, HIDDEN)
    otter.page.goto(conversation)
    heading(otter.page, first)
    expect(otter.page.get_by_text("You have blocked this member")).to_be_visible()
    otter.look("messages-blocked")
    assert HIDDEN not in otter.page.content()
    otter.page.goto(f"{place.community}/messages/")
    assert first not in otter.page.locator("main").inner_text()
    page.goto(f"{place.community}/messages/")
    heron.look("messages-list")
