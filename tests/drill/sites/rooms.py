"""What members do in the community's rooms, by the pages' own links and forms."""

import random  # noqa: TID251 - a seeded drill must repeat
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from tests.drill.sites.driver import Browser, Refused

if TYPE_CHECKING:
    from tests.drill.sites.anonymous import AnonymousSite

_GONE = re.compile(r": (404|409|422|429) ")
"""Taken away meanwhile, done before, or more than one may: a person shrugs."""


def form_with(page: str, action: str) -> tuple[str, str] | None:
    """The first form of a page whose address fits, with what stands in it."""
    found = re.search(rf'<form[^>]*action="({action})"[^>]*>(.*?)</form>', page, re.DOTALL)
    return (found[1], found[2]) if found else None


def link_to(page: str, address: str) -> str | None:
    """The first link of a page that fits."""
    found = re.search(rf'href="({address})"', page)
    return unescape(found[1]) if found else None


class Rooms:
    """Steps by name; each gives whether anything came of it, or what the truth must know."""

    def __init__(self, site: "AnonymousSite") -> None:
        self._site, self._stray = site, random.Random("rooms")
        steps = (self.react, self.visit_hub, self.choose_notices, self.report, self.appeal, self.appoint, self.judge)
        self.steps = {step.__name__: self._shrugging(step) for step in steps}

    def _shrugging(self, step: Any) -> Any:
        def tried(who: str, **order: Any) -> Any:
            try:
                return step(who, self._site.signed_in(who), **order)
            except Refused as refused:
                if _GONE.search(str(refused)):
                    return False
                raise

        return tried

    def react(self, _who: str, browser: Browser) -> bool:
        """Open a case, and press one of the buttons under it or under an answer."""
        if not self._site.open_a_case(browser):
            return False
        forms = re.findall(r'<form[^>]*action="(/(?:threads|comments)/[0-9a-z]{13}/react/)"(.*?)</form>', browser.page, re.DOTALL)
        if not forms:
            return False
        action, inside = self._stray.choice(forms)
        browser.post(action, {"kind": self._stray.choice(re.findall(r'name="kind"\s+value="(\w+)"', inside))})
        return True

    def visit_hub(self, _who: str, browser: Browser, specialty: str) -> bool:
        """Look at a specialty's hub, at what waits there, and at its second page."""
        page = browser.get(f"/hubs/{specialty}/")
        if further := link_to(page, r"[^\"]*after=[^\"]+"):
            browser.get(f"/hubs/{specialty}/{further}")
        browser.get(f"/hubs/{specialty}/waiting/")
        return True

    def choose_notices(self, _who: str, browser: Browser) -> bool:
        """Choose what to hear of, and quiet hours."""
        kinds = re.findall(r'name="kinds" value="(\w+)"', browser.get("/notifications/choose/"))
        hour = self._stray.randrange(18, 24)
        fields = {"kinds": self._stray.sample(kinds, len(kinds) // 2), "quiet_from": hour, "quiet_until": (hour + 8) % 24}
        browser.post("/notifications/choose/", fields)
        return True

    def report(self, _who: str, browser: Browser, reason: str, words: str) -> bool:
        """Report a case or a comment, with some words."""
        if not self._site.open_a_case(browser):
            return False
        addresses = re.findall(r'href="(/moderation/(?:cases|comments)/[0-9a-z]{13}/report/)"', browser.page)
        if not addresses:
            return False
        address = self._stray.choice(addresses)
        browser.get(address)
        browser.post(address, {"reason": reason, "words": words})
        return True

    def appeal(self, _who: str, browser: Browser, words: str) -> bool:
        """Against the first decision about one's own posts, if there is one."""
        address = link_to(browser.get("/moderation/mine/"), r"/moderation/decisions/[0-9a-z]{13}/appeal/")
        if address is None:
            return False
        browser.get(address)
        browser.post(address, {"words": words})
        return True

    def appoint(self, who: str, _browser: Browser) -> bool:
        """The operator makes the member a moderator."""
        self._site.command("appoint_moderator", self._site.pseudonym_of(who))
        return True

    def judge(self, _who: str, browser: Browser, action: str, sanction: str, reverse: bool) -> bool:
        """What waits longest, an appeal first."""
        page = browser.get("/moderation/queue/")
        if address := link_to(page, r"/moderation/decisions/[0-9a-z]{13}/judge/"):
            browser.get(address)
            browser.post(address, {"verdict": "reverse" if reverse else "uphold"})
            return True
        address = link_to(page, r"/moderation/(?:cases|comments)/[0-9a-z]{13}/judge/")
        if address is None:
            return False
        browser.get(address)
        browser.post(address, {"action": action, "reason": "abuse", "sanction": sanction, "weeks": "1"})
        return True
