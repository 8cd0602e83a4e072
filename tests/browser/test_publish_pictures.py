"""From a picture with a face and a name to a clean published case: once blackened before it is sent, once found by the server."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.browser.conftest import Installation
from tests.browser.person import Person
from tests.browser.steps import heading, press
from tests.browser.test_write_messages import joined

pytestmark = pytest.mark.browser
FACE = Path(__file__).parent / "fixtures" / "face.jpg"
LOOKED = 60_000


def telling_picture() -> bytes:
    """A portrait over a line that names the patient, in a file that names its camera."""
    picture = Image.new("RGB", (512, 340), "black")
    picture.paste(Image.open(FACE), (128, 0))
    ImageDraw.Draw(picture).text((40, 285), "EXAMPLE MARY 22.07.1943", fill="white", font_size=32)
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Zylocamera"
    picture.save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


def choose(page: Page, data: bytes, *, kind: str = "image/jpeg") -> None:
    page.locator("input[name=files]").set_input_files({"name": "Mary Example.jpg", "mimeType": kind, "buffer": data})
    expect(page.get_by_role("dialog")).to_be_visible()


def pixels(person: Person, address: str) -> Image.Image:
    fetched = person.page.evaluate("async address => [...new Uint8Array(await (await fetch(address)).arrayBuffer())]", address)
    return Image.open(io.BytesIO(bytes(fetched))).convert("RGB")


def blacken_before_sending(author: Person, data: bytes) -> None:
    """A box with the mouse, a frame by keys, one step undone; the file, its name and its metadata never leave."""
    page, sent = author.page, []
    page.on("request", lambda request: sent.append(request.post_data_buffer or b"") if request.url.endswith("/pictures/") else None)
    choose(page, data)
    canvas = page.locator("dialog canvas")
    canvas.focus()
    for key in ("ArrowDown", "Shift+ArrowRight", "Enter", "Control+z"):
        page.keyboard.press(key)
    box = canvas.bounding_box()
    assert box
    for left, top, right, bottom in ((0.2, 0.0, 0.8, 0.76), (0.05, 0.8, 0.98, 0.99)):
        page.mouse.move(box["x"] + left * box["width"], box["y"] + top * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + right * box["width"], box["y"] + bottom * box["height"], steps=3)
        page.mouse.up()
    author.look("picture-editor")
    press(page, "Send these pixels")
    expect(page.locator("[data-picture-card]")).to_have_count(1)
    assert sent
    assert not any(secret in body for body in sent for secret in (b"Mary", b"Zylocamera"))


def let_the_server_look(author: Person, data: bytes) -> None:
    """The other goes as it is; what is found is confirmed in a tab of its own, while the case waits in its own."""
    page = author.page
    choose(page, data)
    press(page, "Send the file as it is, and let the server look")
    expect(page.locator("[data-picture-card]")).to_have_count(2)
    second = page.locator("[data-picture-card]").nth(1)
    expect(second.get_by_text("places look like text or faces")).to_be_visible(timeout=LOOKED)
    with author.context.expect_page() as opened:
        second.get_by_role("link", name="Look and decide").click()
    tab = opened.value
    heading(tab, "What is to be black")
    expect(tab.get_by_text("A face")).to_be_visible()
    expect(tab.get_by_text("Text", exact=False).first).to_be_visible()
    author.page = tab
    author.look("picture-decide")
    press(tab, "Overwrite these pixels, and decide")
    expect(tab.get_by_text("Decided. This is the picture")).to_be_visible()
    author.page = page
    tab.close()
    expect(second.get_by_text("Decided")).to_be_visible()


def decide_the_first(author: Person) -> None:
    page = author.page
    with author.context.expect_page() as opened:
        page.locator("[data-picture-card]").first.get_by_role("link", name="Look and decide").click()
    press(opened.value, "Overwrite these pixels, and decide")
    expect(opened.value.get_by_text("Decided. This is the picture")).to_be_visible()
    opened.value.close()


def test_a_picture_with_a_face_and_a_name_becomes_a_clean_case(installation: Installation, person: Callable[..., Person]) -> None:
    author = person()
    joined(author, installation, "picture-finch-31")
    page = author.page
    page.goto(f"{installation.community}/cases/new/")
    page.get_by_label("Specialty").select_option("dermatology")
    page.get_by_label("Title").fill("A rash on the cheek")
    page.get_by_label("Story").fill("Three weeks, no fever.")
    page.get_by_label("Question", exact=True).fill("What would you try?")
    blacken_before_sending(author, telling_picture())
    let_the_server_look(author, telling_picture())
    decide_the_first(author)
    for card in page.locator("[data-picture-card]").all():
        card.get_by_label("Caption").fill("Third week")
        card.get_by_label("Consent of the patient").select_option("written")
    author.look("picture-composer")
    press(page, "Post case")
    heading(page, "A rash on the cheek")
    expect(page.locator("figure")).to_have_count(2)
    author.look("picture-case")
    for figure in page.locator("figure img").all():
        source = figure.get_attribute("src") or ""
        shown = pixels(author, source.replace("small", "full"))
        assert shown.getpixel((256, 110)) < (12, 12, 12), "the face is black"
        assert shown.getpixel((60, 300)) < (12, 12, 12), "the words are black"
    page.locator("figure a").first.click()
    heading(page, "Third week")
    author.look("picture-large")
