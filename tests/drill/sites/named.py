"""The named site's driver: what doctors and a registrar do there. Never imports the other side."""

import re
import secrets
from typing import TextIO

from tests.drill.sites.driver import Browser, Clock, Refused, SiteUnderDrill, run

_REGISTRAR = "registrar"


class NamedSite(SiteUnderDrill):
    """Steps by name."""

    def __init__(self, observer: TextIO, clock: Clock) -> None:
        super().__init__("named", observer, clock)
        self.steps = {
            "import_register": self.import_register,
            "invite": self.invite,
            "duties": self.duties,
            "open": self.open_browser,
            "verify": self.verify,
            "accept": self.accept,
            "hand_in": self.hand_in,
            "look": self.look,
            "end_licence": self.end_licence,
            "delete_account": self.delete_account,
        }

    def import_register(self, register: str, file: str) -> None:
        self.command("import_register", register, file, "--quiet")

    def invite(self) -> None:
        """A registrar signs up by the operator's link."""
        token = re.search(r"/registrar/([^/\s]+)/", self.command("invite_registrar", "--name", "Registrar One"))
        if token is None:
            raise Refused("no invitation")
        self.open_browser(_REGISTRAR, address="198.51.100.77", agent="registrar's", language="en")
        browser = self.browsers[_REGISTRAR]
        path = f"/registrar/{token[1]}/"
        browser.get(path)
        browser.make_passkey(f"{path}options/", f"{path}finish/")
        browser.signed_in_at = self.clock.moment

    def duties(self) -> None:
        """What the worker does of itself."""
        for name in ("end_lapsed", "erase_evidence", "clear_sessions", "publish_roll", "cut_logs"):
            self.command(name)

    def verify(self, who: str, register: str, number: str, given: str, family: str, size: int) -> None:
        """Sign up, claim a licence, show a document."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        browser = self.browsers[who]
        browser.get("/sign-up/")
        browser.make_passkey("/sign-up/options/", "/sign-up/finish/")
        browser.signed_in_at = self.clock.moment
        browser.get("/verification/apply/")
        browser.post("/verification/apply/", {"register": register, "number": number, "given_names": given, "family_name": family})
        document = SimpleUploadedFile("passport.pdf", b"%PDF-1.4\n" + secrets.token_bytes(size) + b"\n%%EOF\n", "application/pdf")
        browser.post("/verification/document/", {"document": document})

    def accept(self, number: str) -> None:
        """The registrar compares and accepts."""
        from curbside.kit.ids import public_id
        from curbside.named.verification.models import Application

        browser = self.browsers[_REGISTRAR]
        browser.sign_in()
        browser.get("/verification/queue/")
        path = f"/verification/queue/{public_id(Application.objects.get(number=number, state='open').pk)}/"
        browser.get(path)
        browser.post(f"{path}accept/", {"other_person": "on"})

    def hand_in(self, who: str, commitment: str, replace: bool) -> None:
        """Go to the wallet and come back with a commitment."""
        browser = self._signed_in(who)
        page = browser.get("/roll/wallet/")
        answer = {"commitment": commitment, "state": _state(page)}
        browser.get("/roll/commitment/")
        page = browser.post("/roll/commitment/", answer)
        if replace:
            browser.post("/roll/commitment/", {"commitment": commitment, "state": _state(page), "replace": "true"})

    def look(self, who: str) -> None:
        """See where one's commitment stands."""
        self._signed_in(who).get("/roll/standing/")

    def end_licence(self, number: str) -> None:
        """The registrar ends a licence."""
        from curbside.kit.ids import public_id
        from curbside.named.doctors.models import Licence

        browser = self.browsers[_REGISTRAR]
        browser.sign_in()
        path = f"/verification/licences/{public_id(Licence.objects.get(number=number).pk)}/end/"
        browser.get(path)
        browser.post(path, {"usual": "0", "sure": "on"})

    def delete_account(self, who: str) -> None:
        browser = self._signed_in(who)
        browser.get("/account/delete/")
        if browser.passkey is None:
            raise Refused("no passkey to delete the account with")
        options = browser.post_json("/sign-in/options/", {})
        browser.post_json("/account/delete/finish/", {"passkey": browser.passkey.get(options), "sure": "on"})

    def _signed_in(self, who: str) -> Browser:
        browser = self.browsers[who]
        browser.sign_in()
        return browser


def _state(page: str) -> str:
    found = re.search(r'state=([\w-]{22})|name="state" value="([\w-]{22})"|data-state="([\w-]{22})"', page)
    if found is None:
        raise Refused("no state for the wallet on the page")
    return next(group for group in found.groups() if group)


if __name__ == "__main__":
    run("named", NamedSite)
