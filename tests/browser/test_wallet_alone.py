"""The wallet by itself, in Chromium: from making a secret to a packet that the community's verifier accepts."""

import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from curbside.credential.knock import AcceptedRoll, Challenge, KnockTerms, PasskeyDigest, RollReference, packet_from_fragment, verify_packet
from curbside.credential.names import Badge, RollName, encode_base64url
from tests.browser.person import axe_source
from tests.browser.wallet_place import COMMUNITY, REGISTRAR, K, SecondRegistrar, WalletPlace, open_page, serving

pytestmark = pytest.mark.browser

STATE = encode_base64url(bytes(range(16)))
OTHERS = [1000 + number for number in range(40)]
PROOF_TIMEOUT = 90_000


@pytest.fixture
def place(tmp_path: Path) -> Iterator[WalletPlace]:
    with serving(WalletPlace(tmp_path / "rolls")) as served:
        yield served


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture(params=[(390, 844), (1280, 900)], ids=["phone", "desktop"])
def page(chromium: Browser, complaints: list[str], request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    with chromium.new_context(viewport={"width": width, "height": height}) as context:
        yield open_page(context, complaints)
        assert complaints == []


@pytest.fixture
def plain_page(chromium: Browser, complaints: list[str]) -> Iterator[Page]:
    """A browser whose authenticator has no PRF."""
    with chromium.new_context() as context:
        yield open_page(context, complaints, prf=False)


def heading(page: Page, text: str, timeout: int = 10_000) -> None:
    """Wait for the page of this heading; each kind of page is looked at with axe once in each test."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text, timeout=timeout)
    look(page)


def look(page: Page) -> None:
    """No finding of axe, and nothing that scrolls sideways."""
    if not page.url.startswith("http://wallet."):
        return
    page.evaluate(axe_source())
    found = page.evaluate("async () => (await axe.run()).violations.map(v => `${v.id}: ${v.nodes.map(n => n.target).join(' ')}`)")
    assert found == [], f"{page.url} {page.get_by_role('heading', level=1).inner_text()}"
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def shown_words(page: Page) -> list[str]:
    heading(page, "Write down these 24 words")
    return page.get_by_role("list", name="Your 24 words").locator("li").all_inner_texts()


def write_down(page: Page) -> list[str]:
    """Go through the words and the three questions; gives the words."""
    words = shown_words(page)
    press(page, "I have written them down")
    heading(page, "Three words back")
    for field in page.get_by_role("textbox").all():
        label = field.locator("xpath=..").inner_text()
        field.fill(words[int(re.sub(r"\D", "", label)) - 1].upper())
    press(page, "Check")
    return words


def open_commit(page: Page, place: WalletPlace, registrar: str = REGISTRAR) -> None:
    page.goto(f"{place.wallet}#commit?registrar={registrar}&state={STATE}")


def handed_commitment(page: Page, place: WalletPlace) -> int:
    heading(page, "Your commitment")
    press(page, f"Hand it to {REGISTRAR}")
    page.wait_for_url(f"{place.directory}/roll/commitment/**")
    values = parse_qs(urlsplit(page.url).fragment)
    assert values["state"] == [STATE]
    return int(values["commitment"][0])


def commit_with_passkey(page: Page, place: WalletPlace) -> tuple[int, list[str]]:
    open_commit(page, place)
    press(page, "Make a new secret")
    press(page, "Make it with a passkey")
    words = write_down(page)
    return handed_commitment(page, place), words


def terms(*rolls: str) -> KnockTerms:
    badges = tuple(Badge(REGISTRAR, RollName(roll)) for roll in rolls)
    return KnockTerms(COMMUNITY, Challenge(secrets.token_bytes(32)), passkey=PasskeyDigest(secrets.token_bytes(32)), badges=badges)


def open_prove(page: Page, place: WalletPlace, asked: KnockTerms) -> None:
    values = {
        "purpose": asked.purpose.value,
        "object": asked.object_id,
        "epoch": asked.epoch,
        "challenge": encode_base64url(asked.challenge),
        "passkey": "-" if asked.passkey is None else encode_base64url(asked.passkey),
        "badges": ",".join(str(badge) for badge in asked.badges),
    }
    page.goto("about:blank")
    page.goto(f"{place.wallet}#prove?" + "&".join(f"{key}={quote(value, safe='')}" for key, value in values.items()))


def handed_nullifier(page: Page, place: WalletPlace, asked: KnockTerms) -> int:
    """Hand the packet over and verify it as the community does."""
    heading(page, "The proof is ready", PROOF_TIMEOUT)
    press(page, f"Hand it to {COMMUNITY}")
    page.wait_for_url(f"{place.community}/knock/**")
    packet = packet_from_fragment(urlsplit(page.url).fragment)
    return verify_packet(packet, asked, lambda reference: accepted(place, reference)).nullifier


def accepted(place: WalletPlace, reference: RollReference) -> AcceptedRoll | None:
    manifest = next((edition for edition in place.editions if edition.address == reference.edition), None)
    entry = manifest.roll(reference.roll) if manifest else None
    return AcceptedRoll(root=entry.root, size=entry.size, k=K) if entry else None


def type_words(page: Page, text: str) -> None:
    page.get_by_label("Your words").fill(text)
    press(page, "Use these words")


def test_a_commitment_made_by_passkey_proves_two_badges_and_by_words_the_same_member(page: Page, place: WalletPlace) -> None:
    commitment, words = commit_with_passkey(page, place)
    place.publish(everyone=[*OTHERS, commitment], gb=[*OTHERS[:20], commitment], gb__anaesthetics=[*OTHERS[:7], commitment])
    asked = terms("gb", "gb/anaesthetics")
    open_prove(page, place, asked)
    heading(page, "Prove that you are verified")
    expect(page.get_by_text("21 of the 41 verified doctors")).to_be_visible()
    expect(page.get_by_text("8 of the 41 verified doctors")).to_be_visible()
    assert "#" not in page.url
    press(page, "Unlock with my passkey")
    heading(page, "Better wait for the next edition")
    press(page, "Prove now anyway")
    first = handed_nullifier(page, place, asked)

    place.publish(everyone=[*OTHERS, 7, commitment], gb=[*OTHERS[:20], 7, commitment])
    later = terms()
    open_prove(page, place, later)
    press(page, "Unlock with my words")
    type_words(page, "  ".join(word.capitalize() for word in words))
    assert handed_nullifier(page, place, later) == first


def test_the_passkey_alone_gives_the_same_commitment_again(page: Page, place: WalletPlace) -> None:
    commitment, _ = commit_with_passkey(page, place)
    open_commit(page, place)
    press(page, "Use my passkey")
    write_down(page)
    assert handed_commitment(page, place) == commitment


def test_only_whole_files_of_the_wallets_own_host_are_asked_for(page: Page, place: WalletPlace) -> None:
    commitment, _ = commit_with_passkey(page, place)
    place.publish(everyone=OTHERS)
    place.publish(everyone=[*OTHERS, commitment])
    place.asked.clear()
    asked_hosts: set[str] = set()
    page.on("request", lambda request: asked_hosts.add(urlsplit(request.url).netloc))
    asked = terms()
    open_prove(page, place, asked)
    press(page, "Unlock with my passkey")
    expect(page.get_by_text("1 of its 41 are new")).to_be_visible()
    press(page, "Prove now anyway")
    heading(page, "The proof is ready", PROOF_TIMEOUT)
    assert asked_hosts == {f"wallet.localhost:{place.port}"}
    rolls = {f"/rolls/{REGISTRAR}/files/{edition.rolls[0].file}.roll" for edition in place.editions}
    assert {path for path in place.asked if path.endswith(".roll")} == rolls
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, location.hash]") == [0, 0, "", ""]


def test_words_stand_in_where_the_authenticator_has_no_prf(plain_page: Page, place: WalletPlace) -> None:
    open_commit(plain_page, place)
    press(plain_page, "Make a new secret")
    press(plain_page, "Make it with a passkey")
    heading(plain_page, "This passkey gives no secret")
    press(plain_page, "Words only")
    words = write_down(plain_page)
    commitment = handed_commitment(plain_page, place)
    open_commit(plain_page, place)
    press(plain_page, "Use my words")
    type_words(plain_page, "\n".join(f"{number}. {word}" for number, word in enumerate(words, 1)))
    assert handed_commitment(plain_page, place) == commitment


def test_no_commitment_is_handed_over_before_three_words_came_back(page: Page, place: WalletPlace) -> None:
    open_commit(page, place)
    press(page, "Make a new secret")
    press(page, "Words only")
    shown_words(page)
    press(page, "I have written them down")
    for field in page.get_by_role("textbox").all():
        field.fill("zebra")
    press(page, "Check")
    expect(page.get_by_role("alert")).to_contain_text("Look at your paper again")
    assert page.url == place.wallet


def test_a_wrong_word_is_named_and_the_others_stay(page: Page, place: WalletPlace) -> None:
    page.goto(place.wallet)
    press(page, "Check my words")
    type_words(page, "abandon ability anestesia")
    expect(page.get_by_role("alert")).to_contain_text("Word 3, “anestesia”")
    expect(page.get_by_label("Your words")).to_have_value("abandon ability anestesia")
    expect(page.get_by_label("Your words")).to_be_focused()


def test_a_secret_on_no_roll_is_sent_to_its_words_or_told_to_wait(page: Page, place: WalletPlace) -> None:
    _, words = commit_with_passkey(page, place)
    place.publish(everyone=OTHERS)
    open_prove(page, place, terms())
    press(page, "Unlock with my passkey")
    heading(page, "This passkey gives another secret: use your words")
    press(page, "Try again")
    press(page, "Unlock with my words")
    type_words(page, " ".join(words))
    heading(page, "Not in an edition yet")
    press(page, f"Back to {COMMUNITY}")
    page.wait_for_url(f"{place.community}/")


def test_a_badge_that_is_not_ones_own_is_told_apart_from_a_wrong_secret(page: Page, place: WalletPlace) -> None:
    commitment, _ = commit_with_passkey(page, place)
    place.publish(everyone=[*OTHERS, commitment], fr=OTHERS)
    open_prove(page, place, terms("fr"))
    press(page, "Unlock with my passkey")
    heading(page, "This badge is not yours to show")
    open_prove(page, place, terms("es"))
    heading(page, "This badge cannot be shown")


def test_who_is_verified_by_either_of_two_registrars_is_asked_which(page: Page, place: WalletPlace, tmp_path: Path) -> None:
    """A proof without badges: only the doctor knows whose roll holds them, and the packet names that registrar."""
    place.second = SecondRegistrar(tmp_path / "second")
    commitment, _ = commit_with_passkey(page, place)
    place.publish(everyone=OTHERS)
    edition = place.second.publish([*OTHERS[:9], commitment])
    place.editions.append(edition)
    asked = terms()
    open_prove(page, place, asked)
    heading(page, "Who verified you?")
    expect(page.get_by_role("button", name=REGISTRAR)).to_be_visible()
    press(page, place.second.host)
    heading(page, "Prove that you are verified")
    expect(page.get_by_text(f"Verified by {place.second.host}, edition 1")).to_be_visible()
    press(page, "Unlock with my passkey")
    heading(page, "Better wait for the next edition")
    press(page, "Prove now anyway")
    heading(page, "The proof is ready", PROOF_TIMEOUT)
    press(page, f"Hand it to {COMMUNITY}")
    page.wait_for_url(f"{place.community}/knock/**")
    packet = packet_from_fragment(urlsplit(page.url).fragment)
    verified = verify_packet(packet, asked, lambda reference: accepted(place, reference))
    assert [(roll.registrar, roll.edition) for roll in verified.rolls] == [(place.second.host, edition.address)]


def test_with_one_registrar_nobody_is_asked_which(page: Page, place: WalletPlace) -> None:
    place.publish(everyone=OTHERS)
    open_prove(page, place, terms())
    heading(page, "Prove that you are verified")


def test_an_unknown_registrar_is_refused(page: Page, place: WalletPlace) -> None:
    open_commit(page, place, "directory.elsewhere.example")
    heading(page, "This wallet does not know who asks")


@pytest.mark.parametrize(
    "fragment", ["commit", "prove?purpose=member", "elsewhere?x=1", "commit?registrar=directory.localhost&state=short"]
)
def test_a_broken_link_is_said_to_be_one(page: Page, place: WalletPlace, fragment: str) -> None:
    page.goto(f"{place.wallet}#{fragment}")
    heading(page, "This link is incomplete")
    assert "#" not in page.url


def test_an_edition_under_another_signature_is_not_believed(page: Page, place: WalletPlace) -> None:
    edition = place.publish(everyone=OTHERS)
    signature = place.folder / "editions" / f"{edition.address}.sig"
    signature.chmod(0o644)
    signature.write_bytes(bytes(64))
    open_prove(page, place, terms())
    heading(page, "This edition is not genuine")


def test_a_roll_file_with_another_content_is_not_used(page: Page, place: WalletPlace) -> None:
    commitment, _ = commit_with_passkey(page, place)
    file = place.folder / "files" / f"{place.publish(everyone=[*OTHERS, commitment]).rolls[0].file}.roll"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1] + b"\0")
    open_prove(page, place, terms())
    press(page, "Unlock with my passkey")
    heading(page, "A roll file is damaged")


def test_without_its_configuration_the_wallet_does_not_start(chromium: Browser, place: WalletPlace, complaints: list[str]) -> None:
    place.configured = False
    with chromium.new_context() as context:
        page = open_page(context, complaints)
        page.goto(place.wallet)
        heading(page, "This wallet is not set up")
        place.configured = True
        press(page, "Try again")
        heading(page, "Your wallet")


@pytest.mark.parametrize(
    ("locale", "title", "check"),
    [
        ("es-MX", "Su cartera", "Comprobar mis palabras"),
        ("fr-FR", "Votre portefeuille", "Vérifier mes mots"),
        ("de-AT", "Ihre Wallet", "Meine Wörter prüfen"),
        ("it-IT", "Il suo portafoglio", "Controlla le mie parole"),
    ],
)
def test_it_speaks_the_browsers_language(
    chromium: Browser, place: WalletPlace, complaints: list[str], locale: str, title: str, check: str
) -> None:
    with chromium.new_context(viewport={"width": 390, "height": 844}, locale=locale) as context:
        page = open_page(context, complaints)
        page.goto(place.wallet)
        heading(page, title)
        expect(page.locator("html")).to_have_attribute("lang", locale[:2])
        press(page, check)
        look(page)


def test_a_cancelled_passkey_leaves_a_way_back(page: Page, place: WalletPlace) -> None:
    page.goto(place.wallet)
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')); }")
    press(page, "Check my passkey")
    heading(page, "The passkey was not used")
    press(page, "Back")
    heading(page, "Your wallet")


def test_a_passkey_that_gives_two_results_is_not_used(page: Page, place: WalletPlace) -> None:
    page.goto(place.wallet)
    page.evaluate("""() => {
        const original = PublicKeyCredential.prototype.getClientExtensionResults;
        PublicKeyCredential.prototype.getClientExtensionResults = function () {
            const results = original.call(this);
            if (results.prf?.results) results.prf.results.first = crypto.getRandomValues(new Uint8Array(32)).buffer;
            return results;
        };
    }""")
    press(page, "Make a secret")
    press(page, "Make it with a passkey")
    heading(page, "The passkey gave two different results")


def test_each_step_moves_the_focus_to_its_heading(page: Page, place: WalletPlace) -> None:
    page.goto(place.wallet)
    heading(page, "Your wallet")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    heading(page, "Make your secret")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_the_passkey_name_is_neutral(page: Page, place: WalletPlace) -> None:
    page.goto(place.wallet)
    page.evaluate("""() => {
        const original = navigator.credentials.create.bind(navigator.credentials);
        navigator.credentials.create = (options) => { window.asked = options.publicKey; return original(options); };
    }""")
    press(page, "Make a secret")
    press(page, "Make it with a passkey")
    shown_words(page)
    asked = page.evaluate(
        "({user: asked.user.name, attestation: asked.attestation, selection: asked.authenticatorSelection, rp: asked.rp.id})"
    )
    assert asked["user"] == f"Curbside wallet, {datetime.now(UTC).date().isoformat()}"
    assert (asked["attestation"], asked["rp"]) == ("none", "wallet.localhost")
    assert asked["selection"] == {"residentKey": "required", "requireResidentKey": True, "userVerification": "required"}
