"""The steps of a story, each as a person takes it."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Installation
from tests.browser.person import Person

PROOF_TIMEOUT = 120_000
LICENCE_CARD = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def heading(page: Page, text: str, *, timeout: float = 20_000) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(text), timeout=timeout)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def sign_up(person: Person, place: Installation) -> None:
    person.page.goto(place.directory)
    person.look("directory-start")
    follow(person.page, "Sign up")
    person.look("directory-sign-up")
    press(person.page, "Make a passkey")
    person.page.wait_for_url(lambda url: "sign-up" not in url)


def apply_for(person: Person, place: Installation, *, register: str, number: str, given: str, family: str) -> None:
    page = person.page
    page.goto(f"{place.directory}/verification/apply/")
    person.look("directory-apply")
    page.get_by_label("Register").select_option(register)
    page.get_by_label("Licence number").fill(number)
    page.get_by_label("Given names").fill(given)
    page.get_by_label("Family name").fill(family)
    press(page, "Look it up")


def upload_document(person: Person) -> None:
    page = person.page
    heading(page, "Show that the licence is yours")
    person.look("directory-application")
    card = {"name": "licence card.pdf", "mimeType": "application/pdf", "buffer": LICENCE_CARD}
    page.locator("input[name=document]").set_input_files(card)
    press(page, "Upload")
    heading(page, "Waiting for a registrar")


def become_registrar(person: Person, place: Installation) -> None:
    person.page.goto(place.curbside("registrar", "invite").split()[-1])
    person.look("directory-invitation")
    press(person.page, "Make a passkey")
    person.page.wait_for_url(lambda url: "/registrar/" not in url)


def accept_application(registrar: Person, place: Installation, *, family: str) -> None:
    page = registrar.page
    page.goto(f"{place.directory}/verification/queue/")
    registrar.look("directory-queue")
    page.get_by_role("link", name=re.compile(family, re.IGNORECASE)).click()
    registrar.look("directory-registrar-application")
    page.locator("form[action$='/accept/'] button").click()
    expect(page.get_by_role("status").first).to_be_visible()


def make_secret(person: Person, *, with_passkey: bool) -> list[str]:
    """In the wallet, asked for a commitment: make a secret, write the words down, show that one did."""
    page = person.page
    heading(page, "Hand over your commitment")
    person.look("wallet-commit")
    press(page, "Make a new secret")
    person.look("wallet-make")
    press(page, "Make it with a passkey" if with_passkey else "Words only")
    heading(page, "Write down these 24 words")
    person.look("wallet-words")
    words = page.get_by_role("list", name="Your 24 words").locator("li").all_inner_texts()
    press(page, "I have written them down")
    heading(page, "Three words back")
    for field in page.get_by_role("textbox").all():
        field.fill(words[int(re.sub(r"\D", "", field.locator("xpath=..").inner_text())) - 1])
    press(page, "Check")
    return words


def hand_in_commitment(person: Person, place: Installation, *, with_passkey: bool = True) -> list[str]:
    page = person.page
    page.goto(place.directory)
    person.look("directory-verified")
    follow(page, "Begin")
    person.look("directory-to-wallet")
    follow(page, "Open the wallet")
    words = make_secret(person, with_passkey=with_passkey)
    heading(page, "Your commitment")
    press(page, f"Hand it to {urlsplit(place.directory).hostname}")
    heading(page, "Hand in this commitment")
    assert "commitment=" not in page.url
    person.look("directory-hand-in")
    press(page, "Hand it in")
    heading(page, "Your place on the roll")
    person.look("directory-roll-place")
    return words


def choose_pseudonym(person: Person, place: Installation, *, pseudonym: str | None = None, badges: tuple[str, ...] = ()) -> str:
    page = person.page
    page.goto(f"{place.community}/join/")
    person.look("community-join")
    if pseudonym is None:
        page.locator("[data-pseudonym]").first.click()
    else:
        page.get_by_label("Pseudonym").fill(pseudonym)
    expect(page.get_by_text("is free.")).to_be_visible()
    chosen = page.get_by_label("Pseudonym").input_value()
    for badge in badges:
        box = page.locator(f"input[name=badges][value='{badge}']")
        if not box.is_visible():
            page.locator("details", has=box).locator("summary").click()
        box.check()
    press(page, "Go on")
    return chosen


def make_community_passkey(person: Person) -> None:
    heading(person.page, "Make a passkey")
    person.look("community-passkey")
    press(person.page, "Make a passkey")
    heading(person.page, "Prove with your wallet")
    person.look("community-to-wallet")


def prove(person: Person, place: Installation, *, words: list[str] | None = None) -> None:
    """From the community's last page to the wallet and back, with the passkey or with the words."""
    page = person.page
    follow(page, "Open the wallet")
    heading(page, "Prove that you are verified")
    person.look("wallet-prove")
    if words is None:
        press(page, "Unlock with my passkey")
    else:
        press(page, "Unlock with my words")
        page.get_by_label("Your words").fill(" ".join(words))
        press(page, "Use these words")
    ready = page.get_by_role("heading", name="The proof is ready")
    wait = page.get_by_role("heading", name="Better wait for the next edition")
    expect(ready.or_(wait)).to_be_visible(timeout=PROOF_TIMEOUT)
    if wait.is_visible():
        person.look("wallet-wait")
        press(page, "Prove now anyway")
    expect(ready).to_be_visible(timeout=PROOF_TIMEOUT)
    person.look("wallet-ready")
    press(page, f"Hand it to {urlsplit(place.community).hostname}")
    page.wait_for_url(lambda url: url.startswith(place.community) and "/knock/" not in url, timeout=PROOF_TIMEOUT)
    assert "#" not in page.url


def post_case(person: Person, place: Installation, *, title: str, story: str, question: str) -> str:
    page = person.page
    page.goto(f"{place.community}/cases/new/")
    person.look("community-compose")
    page.get_by_label("Specialty").select_option("cardiology")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Story").fill(story)
    page.locator("#id_question").fill(question)
    press(page, "Preview")
    expect(page.locator("#preview").get_by_text(question)).to_be_visible()
    press(page, "Post case")
    heading(page, re.escape(title))
    person.look("community-case")
    return page.url.partition("#")[0]


def comment(person: Person, case: str, text: str) -> None:
    page = person.page
    page.goto(case)
    page.get_by_label("Your comment", exact=True).fill(text)
    press(page, "Post comment")
    expect(page.get_by_text(text)).to_be_visible()
