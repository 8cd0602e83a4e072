"""A confession without an author: told in Lessons, answered for by nobody else than who told it, and at last removed by a moderator."""

import json
import re
import signal
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import Installation, start_installation
from tests.browser.person import Person
from tests.browser.steps import (
    accept_application,
    apply_for,
    become_registrar,
    choose_pseudonym,
    follow,
    hand_in_commitment,
    heading,
    make_community_passkey,
    press,
    prove,
    sign_up,
    upload_document,
)
from tests.wall.shared_values import rows_of

pytestmark = pytest.mark.browser

TITLE = "Ten times the dose"
STORY = "I drew it up alone at night and read the ampoule wrong. The child slept two hours longer and went home well."
NOW = "I would have a second person read the ampoule aloud."
QUESTION = "Did you tell the parents?"
ANSWER = "Yes, the same night. It was the better part of it."


PEOPLE = {
    1280: (("2000158388", "James", "Marlowe"), ("2000079196", "Ruth", "Navarrete")),
    390: (("2000237570", "Carlos", "Abara"), ("2000316762", "Kevin", "Quimby")),
}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One of its own: the demo leaves few licences free, and the other stories need them."""
    started, process = start_installation(tmp_path_factory.mktemp("confession"))
    yield started
    process.send_signal(signal.SIGINT)
    assert process.wait(15) == 0


def joins(person: Person, registrar: Person, place: Installation, number: str, given: str, family: str) -> str:
    """From the licence to a pseudonym."""
    sign_up(person, place)
    apply_for(person, place, register="us-nppes", number=number, given=given, family=family)
    upload_document(person)
    accept_application(registrar, place, family=family)
    hand_in_commitment(person, place)
    pseudonym = choose_pseudonym(person, place)
    make_community_passkey(person)
    prove(person, place)
    return pseudonym


def watch_cookies(page: Page) -> list[tuple[str, bool]]:
    """Every request to a one-off address that acts, and whether it brought cookies."""
    seen: list[tuple[str, bool]] = []

    def note(request: Request) -> None:
        if any(path in request.url for path in ("/oneoff/begin/", "/oneoff/finish/", "/guard/")):
            seen.append((request.url, "cookie" in request.all_headers()))

    page.on("request", note)
    return seen


def prove_as_nobody(person: Person, *, label: str) -> None:
    page = person.page
    heading(page, "Prove that you are verified")
    expect(page.get_by_text("for one post without your pseudonym")).to_be_visible()
    person.look(f"wallet-prove-{label}")
    press(page, "Unlock with my passkey")
    ready = page.get_by_role("heading", name="The proof is ready")
    wait = page.get_by_role("heading", name="Better wait for the next edition")
    expect(ready.or_(wait)).to_be_visible(timeout=120_000)
    if wait.is_visible():
        press(page, "Prove now anyway")
    expect(ready).to_be_visible(timeout=120_000)
    press(page, "Hand it to community.localhost")
    page.wait_for_url(re.compile("/oneoff/"))
    assert "#" not in page.url


def confess(person: Person, place: Installation) -> str:
    """Write it in the composer, choose to be nobody, and go by the wallet; gives the post's address."""
    page = person.page
    page.goto(f"{place.community}/lessons/")
    person.look("lessons-empty")
    page.get_by_role("link", name="Tell a lesson").first.click()
    page.get_by_label("As nobody: a one-off post").check()
    expect(page.get_by_role("button", name="Preview")).to_be_hidden()
    expect(page.get_by_role("button", name="Post lesson")).to_be_hidden()
    page.get_by_label("Specialty").select_option("anaesthetics")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("What happened").fill("I was the only anaesthetist in Truro. " + STORY)
    expect(page.get_by_text("a role that few have.")).to_be_visible()
    person.look("lessons-compose-nobody")
    page.get_by_label("What happened").fill(STORY)
    expect(page.get_by_text("a role that few have.")).to_be_hidden()
    page.get_by_label("What I would do now").fill(NOW)
    press(page, "Go on to the wallet")
    heading(page, "Prove that you are verified")
    press(page, "Back to community.localhost")
    heading(page, "Your draft")
    expect(page.get_by_label("Title")).to_have_value(TITLE)
    person.look("oneoff-draft")
    press(page, "Go on to the wallet")
    prove_as_nobody(person, label="one-off")
    heading(page, "It is posted, as nobody")
    person.look("oneoff-posted")
    kept = page.evaluate("[...Object.keys(sessionStorage), ...Object.keys(localStorage)]")
    assert set(kept) <= {"htmx-current-path-for-history"}, "the draft is gone; htmx keeps the path of the page"
    follow(page, "Go on")
    heading(page, TITLE)
    expect(page.get_by_text("posted as nobody")).to_be_visible()
    person.look("lesson-of-nobody")
    return page.url


def ask(person: Person, post: str) -> None:
    page = person.page
    page.goto(post)
    page.get_by_label("Your comment", exact=True).fill(QUESTION)
    press(page, "Post comment")
    expect(page.get_by_role("paragraph").filter(has_text=QUESTION).first).to_be_visible()


def answer_as_author(person: Person, post: str) -> None:
    page = person.page
    page.goto(post)
    page.get_by_text("Did you write this?", exact=True).click()
    person.look("lesson-author-tools")
    page.get_by_label("To", exact=True).select_option(index=1)
    page.get_by_label("Your answer as the author").fill(ANSWER)
    press(page, "Answer with the wallet")
    prove_as_nobody(person, label="answer")
    heading(page, "Your answer is posted, as the author")
    follow(page, "Go on")
    expect(page.get_by_role("paragraph").filter(has_text=ANSWER).first).to_be_visible()
    expect(page.locator("ol ol").get_by_text("the author", exact=True)).to_be_visible()
    person.look("lesson-answered")


def remove_as_moderator(person: Person, place: Installation, post: str, pseudonym: str) -> None:
    place.curbside("moderator", "appoint", pseudonym)
    page = person.page
    page.goto(post)
    follow(page, "Block its quota of today")
    person.look("moderation-block")
    page.get_by_label("it attacks a person").check()
    press(page, "End them")
    page.get_by_role("link", name="Remove, with a reason").first.click()
    heading(page, "Remove this post")
    page.get_by_label("it could tell who a patient is").check()
    person.look("moderation-remove")
    press(page, "Remove")
    heading(page, "Removed by a moderator")
    person.look("lesson-removed")
    page.goto(f"{place.community}/moderation/")
    expect(page.get_by_role("cell", name="Post removed").first).to_be_visible()
    person.look("moderation-log")


@pytest.mark.parametrize("width", [1280, 390])
def test_confession_has_no_author_can_be_answered_for_and_is_removed(
    installation: Installation, person: Callable[..., Person], width: int
) -> None:
    place, author, reader, registrar = installation, person(width), person(width, dark=True), person(width)
    become_registrar(registrar, place)
    pseudonym = joins(author, registrar, place, *PEOPLE[width][0])
    moderator = joins(reader, registrar, place, *PEOPLE[width][1])
    cookies = watch_cookies(author.page)

    post = confess(author, place)
    ask(reader, post)
    answer_as_author(author, post)
    acts = [url for url, _brought in cookies if "/oneoff/" in url]
    assert len(acts) == 5, acts  # begun twice and finished for the post, begun and finished for the answer
    assert not any(brought for _url, brought in cookies)

    author.page.goto(f"{place.community}/mine/")
    expect(author.page.get_by_text(TITLE)).to_have_count(0)
    author.look("my-posts-without-it")
    assert pseudonym not in json.dumps([value for value in of_the_post(place) if isinstance(value, str)])
    author.page.goto(post)
    remove_as_moderator(reader, place, post, moderator)
    author.page.reload()
    heading(author.page, "Removed by a moderator")
    author.troubles[:] = [trouble for trouble in author.troubles if "410 (Gone)" not in trouble]
    reader.troubles[:] = [trouble for trouble in reader.troubles if "410 (Gone)" not in trouble]


def of_the_post(place: Installation) -> list[object]:
    """Every value of the tables that a post is written to."""
    file = place.data / "anonymous" / "anonymous.sqlite3"
    ours = re.compile(r":(cases_|discussion_|sealing_)")
    return [value for value, column in rows_of(file) if ours.search(column)]
