"""What members do in the community's rooms, by the pages' own links and forms."""

import io
import random  # noqa: TID251 - a seeded drill must repeat
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from tests.drill.sites.driver import Browser, Refused

if TYPE_CHECKING:
    from tests.drill.sites.anonymous import AnonymousSite

KEPT = {"guard_kept": "all"}
"""What the page's script says where its author looked at all that was found."""
_GONE = re.compile(r": (404|409|422|429) |another moderator judges it")
"""Taken away meanwhile, done before, more than one may, or not for oneself to judge: a person shrugs."""


def form_with(page: str, action: str) -> tuple[str, str] | None:
    """The first form of a page whose address fits, with what stands in it."""
    found = re.search(rf'<form[^>]*action="({action})"[^>]*>(.*?)</form>', page, re.DOTALL)
    return (found[1], found[2]) if found else None


def link_to(page: str, address: str) -> str | None:
    """The first link of a page that fits."""
    found = re.search(rf'href="({address})"', page)
    return unescape(found[1]) if found else None


def a_picture(chance: random.Random) -> bytes:
    """A small picture of nothing."""
    from PIL import Image

    out = io.BytesIO()
    side = chance.choice((48, 64, 96))
    Image.frombytes("L", (side, side), chance.randbytes(side * side)).save(out, "PNG")
    return out.getvalue()


class Rooms:
    """Steps by name; each gives whether anything came of it, or what the truth must know."""

    def __init__(self, site: "AnonymousSite") -> None:
        self._site, self._stray = site, random.Random("rooms")
        steps = (self.react, self.visit_hub, self.choose_notices, self.report, self.appeal, self.appoint, self.judge)
        steps += (self.give_list, self.post_poll, self.vote, self.keep_on_shelf, self.note_member, self.look_home)
        steps += (self.talk_in_lounge,)
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

    def give_list(self, _who: str, browser: Browser, diagnoses: list[str]) -> bool:
        """Give a list of diagnoses for a case that asks what it is; some look at the answers first."""
        if not self._site.open_a_case(browser):
            return False
        lists = re.search(r'action="(/cases/[0-9a-z]{13}/)(list/)"', browser.page)
        if lists is None:
            return False
        if (look := re.search(r'action="(/cases/[0-9a-z]{13}/look/)"', browser.page)) and self._stray.random() < 0.2:
            browser.post(look[1])
        browser.post(lists[1] + lists[2], {"diagnoses": "\n".join(diagnoses)})
        return True

    def keep_on_shelf(self, _who: str, browser: Browser) -> bool:
        """Bookmark a case, or follow, mute or block one of those who wrote there."""
        if not self._site.open_a_case(browser):
            return False
        if (about := self._about(browser)) and self._stray.random() < 0.5:
            browser.get(about)
        forms = re.findall(r'<form[^>]*action="(/shelf/[^"]+)"(.*?)</form>', browser.page, re.DOTALL)
        deeds = [(action, inside) for action, inside in forms if not action.endswith("/unblock/")]
        if not deeds:
            return False
        action, inside = self._stray.choice(deeds)
        browser.post(action, dict(re.findall(r'type="hidden" name="(kind|value|next)" value="([^"]*)"', inside)))
        return True

    def note_member(self, _who: str, browser: Browser, words: str) -> bool:
        """Keep a note on somebody who wrote in a case."""
        if not self._site.open_a_case(browser) or not (about := self._about(browser)):
            return False
        before = re.search(r'name="before" value="([^"]*)"', browser.get(about))
        browser.post(about, {"before": unescape(before[1]) if before else "", "words": words})
        return True

    def _about(self, browser: Browser) -> str | None:
        addresses = re.findall(r'href="(/shelf/members/[^"/]+/)"', browser.page)
        return self._stray.choice(addresses) if addresses else None

    def look_home(self, _who: str, browser: Browser) -> bool:
        """What is new for oneself, what waits, and what lies on one's shelf."""
        for page in ("/home/", "/home/waiting/", "/shelf/", "/mine/"):
            browser.get(page)
        return True

    def talk_in_lounge(self, _who: str, browser: Browser, begins: bool, words: list[str], language: str) -> bool:
        """Begin a thread in the lounge, or answer in one."""
        threads = re.findall(r'href="(/cases/[0-9a-z]{13}/)"', browser.get("/lounge/"))
        title, story = words
        if begins or not threads:
            browser.get("/lounge/new/")
            browser.post("/lounge/new/", {"language": language, "title": title, "story": story, "interests": "", **KEPT})
            return True
        action = form_with(browser.get(self._stray.choice(threads)), r"/threads/[0-9a-z]{13}/comments/")
        if action is None:
            return False
        browser.post(action[0], {"body": story, "parent": "", **KEPT})
        return True

    def post_poll(self, _who: str, browser: Browser, question: str, options: list[str], specialty: str, language: str) -> bool:
        """Ask the others."""
        closes = re.search(r'name="closes" value="([0-9-]{10})"', browser.get("/polls/new/"))
        if closes is None:
            raise Refused("no day on the form of a poll")
        place = {"specialty": specialty, "language": language, "choice": "one", "closes": closes[1], "details": ""}
        browser.post("/polls/new/", {"question": question, "options": "\n".join(options), **place})
        if browser.at == "/polls/new/":
            raise Refused("the form of a poll came back")
        return True

    def vote(self, _who: str, browser: Browser) -> bool:
        """Choose in one of the polls that are open, and confirm it."""
        polls = re.findall(r'href="(/polls/[0-9a-z]{13}/)"', browser.get("/polls/"))
        if not polls:
            return False
        browser.get(self._stray.choice(polls))
        action = re.search(r'action="(/polls/[0-9a-z]{13}/vote/)"', browser.page)
        wording = re.search(r'name="wording" value="([^"]+)"', browser.page)
        if action is None or wording is None:
            return False
        chosen = {"option": self._stray.choice(re.findall(r'name="option"\s+value="(\d+)"', browser.page)), "wording": wording[1]}
        browser.post(action[1], chosen)
        browser.post(action[1], {**chosen, "sure": "on"})
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
