"""Keys, marks on what is new, light or dark, and languages, as one reader meets them."""

from collections.abc import Callable
from urllib.parse import urljoin

from playwright.sync_api import expect

from tests.browser.conftest import Installation
from tests.browser.person import Person

KEPT = """async () => {
  const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const requests = await Promise.all(stores.map((store) => store.keys()));
  return requests.flat().map((request) => new URL(request.url).pathname);
}"""


def test_a_visitor_reads_as_they_like(installation: Installation, person: Callable[..., Person]) -> None:
    reader = person(390)
    page = reader.page
    for place in (installation.community, installation.directory):
        page.goto(urljoin(place, "/comfort/"))
        reader.look("comfort")
        page.get_by_label("Dark", exact=True).check()
        page.get_by_label("Larger", exact=True).check()
        page.get_by_role("button", name="Keep", exact=True).click()
        expect(page.get_by_text("Kept in this browser.")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        reader.look("comfort-dark-larger")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
        reader.look("comfort-keys")
        page.keyboard.press("Escape")
        page.get_by_label("Off", exact=True).first.check()
        page.get_by_role("button", name="Keep", exact=True).click()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()
        page.get_by_role("button", name="Deutsch", exact=True).click()
        expect(page.locator("html")).to_have_attribute("lang", "de")
        kept = page.evaluate(KEPT)
        assert set(kept) <= {"/offline/"}
