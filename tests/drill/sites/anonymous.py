"""The anonymous site's driver: what members and the operator do there. Never imports the other side."""

import base64
import json
import random  # noqa: TID251 - a seeded drill must repeat
import re
import string
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, TextIO

from curbside.kit.ids import PublicId
from curbside.upkeep import DUTIES
from tests.drill.sites.driver import Browser, Clock, Refused, SiteUnderDrill, run
from tests.drill.sites.rooms import KEPT, Rooms, a_picture

_CASE_PAGE = re.compile(r"/cases/([0-9a-z]{13})/")
_LATER = ("tidy",)
"""Not done all year: an attacker meets the rows as they were written."""
_CASE = re.compile(r'href="/cases/([0-9a-z]{13})/"')


class AnonymousSite(SiteUnderDrill):
    """Steps by name."""

    def __init__(self, observer: TextIO, clock: Clock) -> None:
        super().__init__("anonymous", observer, clock)
        from curbside.anonymous.cases import viewing

        viewing.time = SimpleNamespace(monotonic=clock.monotonic)  # type: ignore[assignment]
        viewing.VIEWS._written_at = 0.0
        self._pseudonyms: dict[str, str] = {}
        self._stray = random.Random("reading")
        self._recipients: dict[str, str] = {}
        self._conversations: dict[frozenset[str], str] = {}
        self.steps = {
            "duties": self.duties,
            "open": self.open_browser,
            "join": self.join,
            "join_at_door": self.join_at_door,
            "knock": self.knock,
            "renew": self.renew,
            "recover": self.recover,
            "post_case": self.post_case,
            "comment": self.comment,
            "read": self.read,
            "edit": self.edit,
            "remove": self.remove,
            "leave": self.leave,
            "ban": self.ban,
            "rotate": self.rotate,
            "drop_old_keys": self.drop_old_keys,
            "cookies": self.cookies,
            "post_as_nobody": self.post_as_nobody,
            "make_message_key": self.make_message_key,
            "write_message": self.write_message,
            **Rooms(self).steps,
        }

    def duties(self, editions: bool) -> None:
        """What the worker does of itself; there is nothing to fetch before the first edition."""
        for duty in DUTIES["anonymous"]:
            if duty.command not in _LATER and (editions or duty.command != "fetch_editions"):
                self.command(duty.command)
        self.command("forget_order")  # it comes round every ten minutes, and each time forgets what the time before had seen

    def join(self, who: str, nullifier: str, badges: list[str]) -> str:
        """Join; the proof's equations are taken as checked (their verification is another test's, and one second each)."""
        self._to_the_wallet(who, badges)
        return self._answer_below_the_door(who, nullifier)

    def join_at_door(self, who: str, badges: list[str]) -> dict[str, object]:
        """Join as far as the wallet; gives what the wallet is asked."""
        self._to_the_wallet(who, badges)
        return self._asked(who)

    def knock(self, who: str, packet: str) -> str:
        """Come back from the wallet with a real packet."""
        browser = self.browsers[who]
        browser.get("/knock/")
        browser.post_json("/knock/finish/", {"packet": packet})
        browser.signed_in_at = self.clock.moment
        browser.get("/membership/")
        return self._pseudonyms[who]

    def _to_the_wallet(self, who: str, badges: list[str]) -> None:
        browser = self.browsers[who]
        page = browser.get("/join/")
        offered = re.findall(r'value="([a-z]+-[a-z]+-\d\d)"', page)
        self._pseudonyms[who] = pseudonym = offered[0] if offered else self._suggest()
        answer = browser.post("/join/", {"pseudonym": pseudonym, "badges": badges})
        if 'name="pseudonym"' in answer:
            said = re.findall(r'role="alert">(.{0,200})', answer, re.DOTALL)
            raise Refused(f"the join form came back: {pseudonym} {badges} {said}")
        self._bring_passkey(browser)

    def _suggest(self) -> str:
        from curbside.anonymous.membership.queries import free_suggestions

        return free_suggestions(1)[0]

    def _bring_passkey(self, browser: Browser) -> None:
        browser.get("/knock/passkey/")
        browser.make_passkey("/knock/passkey/options/", "/knock/passkey/finish/")
        browser.get("/knock/wallet/")

    def _asked(self, who: str) -> dict[str, object]:
        from curbside.anonymous.membership import knocks

        terms = knocks.pending(self.browsers[who].client.session).terms()
        return {"message": str(terms.message), "scope": str(terms.scope)}

    def _answer_below_the_door(self, who: str, nullifier: str) -> str:
        """Everything that membership.knocking does after the equations held."""
        from django.conf import settings

        from curbside.anonymous.membership import actions, knocks
        from curbside.anonymous.membership.models import EditionRoll
        from curbside.credential.field import Nullifier

        browser = self.browsers[who]
        session = browser.client.session
        knock = knocks.pending(session)
        knocks.use_up(session)
        newest = EditionRoll.objects.select_related("edition").filter(edition__replaced_on__isnull=True)
        rolls = [newest.get(roll=badge.partition(":")[2]) for badge in knock.badges or ("x:everyone",)]
        renewing = actions.Member.objects.filter(nullifier=int(nullifier).to_bytes(32)).first() if knock.kind is knocks.Kind.RENEW else None
        answer = actions.answer_knock(knock=knock, nullifier=Nullifier(int(nullifier)), rolls=rolls, renewing=renewing)
        browser.client.force_login(answer.member, settings.AUTHENTICATION_BACKENDS[0])
        browser.signed_in_at = self.clock.moment
        browser.get("/membership/")
        return str(answer.member.pseudonym)

    def renew(self, who: str, nullifier: str, badges: list[str]) -> None:
        browser = self.signed_in(who)
        browser.get("/membership/renew/")
        browser.post("/membership/renew/", {"badges": badges})
        self._answer_below_the_door(who, nullifier)

    def recover(self, who: str, nullifier: str, badges: list[str]) -> None:
        """The passkey is lost; a new browser proves again."""
        browser = self.browsers[who]
        browser.forget()
        browser.get("/recover/")
        browser.post("/recover/", {"badges": badges, "drop_old_passkeys": "on"})
        self._bring_passkey(browser)
        self._answer_below_the_door(who, nullifier)

    def post_case(
        self, who: str, specialty: str, language: str, title: str, story: str, question: str, more: dict[str, Any] | None = None
    ) -> Any:
        """Write a case, some with a picture or a poll, and post it; under an alias gives its number, for the truth."""
        browser, more = self.signed_in(who), more or {}
        browser.get("/cases/new/")
        fields = {"specialty": specialty, "language": language, "title": title, "story": story, "question": question, **KEPT}
        fields |= {part: more[part] for part in ("asks", "urgency", "under") if part in more}
        if "poll" in more:
            asked, *options = more["poll"]
            last = str((self.clock.moment + timedelta(days=14)).date())
            fields |= {"poll-question": asked, "poll-options": "\n".join(options), "poll-choice": "one", "poll-closes": last}
        if "caption" in more:
            fields |= self._send_picture(browser, fields, more["caption"])
        browser.post("/cases/new/", fields)
        posted = _CASE_PAGE.fullmatch(browser.at)
        if posted is None:
            raise Refused(f"no case was posted, but {browser.at} shown: {sorted(fields)}")
        return {"alias": PublicId().to_python(posted[1])} if "under" in more else True

    def _send_picture(self, browser: Browser, fields: dict[str, str], caption: str) -> dict[str, str]:
        """Send a file with the form, as without a script; gives the fields that the page then has for it."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        picture = SimpleUploadedFile("holiday.png", a_picture(self._stray), "image/png")
        page = browser.post("/cases/new/", {**fields, "files": picture}, may_ask=True)
        held = re.search(r'name="picture" value="([^"]+)"', page)
        if held is None:
            raise Refused("no card for the picture")
        said = {"caption": caption, "alt": caption, "consent": "written", "reason": ""}
        return {"picture": held[1], "undecided": "1", **{f"{held[1]}-{part}": words for part, words in said.items()}}

    def comment(self, who: str, body: str) -> bool:
        """Read the list, open a case, answer it."""
        browser = self.signed_in(who)
        if not self.open_a_case(browser):
            return False
        if look := re.search(r'action="(/cases/[0-9a-z]{13}/look/)"', browser.page):
            browser.post(look[1])  # who would rather answer than give a list of diagnoses
        action = re.search(r'action="(/threads/[0-9a-z]{13}/comments/)"', browser.page)
        if action is None:
            raise Refused("a case without a form for comments")
        browser.post(action[1], {"body": body, "parent": "", **KEPT})
        return True

    def read(self, who: str, pages: int) -> None:
        browser = self.signed_in(who)
        for _ in range(pages):
            self.open_a_case(browser)

    def open_a_case(self, browser: Browser) -> bool:
        found = _CASE.findall(browser.get("/"))
        if found:
            browser.get(f"/cases/{self._stray.choice(found)}/")
        return bool(found)

    def edit(self, who: str, story: str) -> bool:
        from html import unescape

        browser = self.signed_in(who)
        if not (found := _CASE.findall(browser.get("/mine/"))):
            return False
        path = f"/cases/{found[0]}/edit/"
        try:
            page = browser.get(path)
        except Refused as refused:
            if ": 404 " in str(refused):
                return False  # a thread of the lounge, whose author leaves it as it is
            raise
        selected = re.findall(r'<option value="([^"]*)" selected', page)
        title = re.search(r'name="title" value="([^"]*)"', page)
        question = re.search(r'name="question"[^>]*>\s*([^<]*)</textarea>', page)
        if title and question is None:
            return False  # likewise
        if title is None or question is None:
            raise Refused("an edit form without its words")
        fields = {
            "specialty": selected[0],
            "language": selected[1],
            "title": unescape(title[1]),
            "story": story,
            "question": unescape(question[1]),
            **KEPT,
        }
        browser.post(path, fields)
        return True

    def remove(self, who: str) -> bool:
        browser = self.signed_in(who)
        if not (found := _CASE.findall(browser.get("/mine/"))):
            return False
        browser.get(f"/cases/{found[-1]}/remove/")
        browser.post(f"/cases/{found[-1]}/remove/")
        return True

    def post_as_nobody(self, who: str, nullifier: str, quota: str, place: dict[str, str], words: list[str]) -> bool:
        """Open the composer as a member, then post without any cookie; the equations are taken as checked, as when joining."""
        from curbside.anonymous.cases.documents import CaseText
        from curbside.anonymous.cases.models import Case
        from curbside.anonymous.cases.oneoffs.actions import post_as_nobody
        from curbside.credential.field import Nullifier
        from curbside.kit.ids import random_id

        browser = self.signed_in(who)
        browser.get("/cases/new/")
        post_as_nobody(
            case_id=random_id(),
            nullifier=Nullifier(int(nullifier)),
            quota=Nullifier(int(quota)),
            kind=Case.Kind.CASE,
            text=CaseText(*words),
            **place,
        )
        return True

    def make_message_key(self, who: str) -> bool:
        """What the page's script does: show the passkey, make a key, hand in its public half."""
        browser = self.signed_in(who)
        recipient = "age1" + "".join(self._stray.choices("023456789acdefghjklmnpqrstuvwxyz", k=58))
        browser.confirm("/messages/key/")
        browser.post_json("/messages/key/keep/", {"recipient": recipient})
        self._recipients[who] = recipient
        return True

    def write_message(self, who: str, to: str, size: int) -> bool:
        """Ask, answer or go on; a file of one of the sizes that browsers make, whose content nobody here could read."""
        if who not in self._recipients or to not in self._recipients or to not in self._pseudonyms:
            return False
        browser, pair = self.signed_in(who), frozenset((who, to))
        letter = {"message": self._closed_file(size), "from": self._recipients[who], "to": self._recipients[to], "pin": self._code()}
        page = self._conversations.get(pair)
        try:
            browser.get(page or f"/messages/to/{self._pseudonyms[to]}/")
            answer = browser.post_json(f"{page}send/" if page else f"/messages/to/{self._pseudonyms[to]}/ask/", letter)
        except Refused as refused:
            if re.search(r": (404|409) ", str(refused)):
                return False  # it waits for an answer, or somebody has gone
            raise
        self._conversations.setdefault(pair, str(answer.get("next", page)))
        return True

    def _closed_file(self, size: int) -> str:
        stanza = b"".join(b"-> X25519 " + self._letters(43) + b"\n" + self._letters(43) + b"\n" for _ in range(2))
        header = b"age-encryption.org/v1\n" + stanza + b"--- " + self._letters(43) + b"\n"
        return base64.b64encode(header + self._stray.randbytes(size + 298 - len(header))).decode()

    def _letters(self, count: int) -> bytes:
        return "".join(self._stray.choices(string.ascii_letters + string.digits, k=count)).encode()

    def _code(self) -> str:
        return self._letters(43).decode()

    def pseudonym_of(self, who: str) -> str:
        """What the member is called here."""
        return self._pseudonyms[who]

    def leave(self, who: str) -> dict[str, Any]:
        """Export everything, then go; gives the export."""
        browser = self.signed_in(who)
        browser.confirm("/membership/leave/")
        export: dict[str, Any] = json.loads(browser.post("/membership/export/"))
        browser.get("/membership/leave/")
        browser.post("/membership/leave/", {"sure": "on"})
        return {"pieces": sum(len(value) for value in export.values() if isinstance(value, list))}

    def ban(self, who: str) -> None:
        from curbside.anonymous.membership.actions import ban_member
        from curbside.anonymous.membership.models import BanReason, Member

        ban_member(member=Member.objects.get(pseudonym=self._pseudonyms[who]), reason=BanReason.ABUSE)

    def rotate(self) -> None:
        self.command("rotate_keys")

    def drop_old_keys(self) -> None:
        """Every line of the operator's key file but the current one, once the ring's old backups are gone."""
        from django.conf import settings

        last = settings.KEY_FILE.read_text().splitlines()[-1]
        settings.KEY_FILE.write_text(last + "\n")

    def cookies(self, who: str) -> dict[str, str]:
        """A running session, for the last day's visitors over the network."""
        browser = self.signed_in(who)
        return {name: morsel.value for name, morsel in browser.client.cookies.items()}

    def signed_in(self, who: str) -> Browser:
        browser = self.browsers[who]
        browser.sign_in()
        return browser


if __name__ == "__main__":
    run("anonymous", AnonymousSite)
