"""A person in a story: a browser profile, a virtual authenticator, and a record of everything that went wrong on the way."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Page, expect

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "screenshots"
HEIGHT = 900

AUTHENTICATOR = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@cache
def axe_source() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


class Person:
    """One person's browser. ``troubles`` gathers console errors, policy violations and page errors."""

    def __init__(self, browser: Browser, *, width: int, prf: bool, dark: bool) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, color_scheme="dark" if dark else "light", locale="en-GB", reduced_motion="reduce"
        )
        self.width = width
        self.dark = dark
        self.troubles: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.troubles.append(f"{self.page.url}: {error}"))
        self.session: CDPSession = self.context.new_cdp_session(self.page)
        self.session.send("WebAuthn.enable")
        self.authenticator: str = self._new_authenticator(prf=prf)

    def _new_authenticator(self, *, prf: bool) -> str:
        added = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, "hasPrf": prf}})
        identifier: str = added["authenticatorId"]
        return identifier

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.troubles.append(f"{self.page.url}: {message.text}")

    def lose_passkeys(self, host: str) -> None:
        """As when a phone is lost: every passkey of one host is gone."""
        found = self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.authenticator})
        for credential in found["credentials"]:
            if credential.get("rpId") == host:
                self.session.send(
                    "WebAuthn.removeCredential", {"authenticatorId": self.authenticator, "credentialId": credential["credentialId"]}
                )

    def look(self, label: str) -> None:
        """Check the page with axe and for sideways scrolling, and keep a picture of it."""
        expect(self.page.get_by_role("heading", level=1).first).to_be_visible()  # a page of steps has hidden ones too
        self.page.evaluate(axe_source())
        found = self.page.evaluate("async () => (await axe.run()).violations.map(v => `${v.id}: ${v.nodes.map(n => n.target).join(' ')}`)")
        self.troubles += [f"{self.page.url} axe {violation}" for violation in found]
        self.check_nothing_scrolls_sideways(self.width)
        SCREENSHOTS.mkdir(exist_ok=True)
        shade = "dark" if self.dark else "light"
        self.page.screenshot(path=SCREENSHOTS / f"{label}-{self.width}-{shade}.png", full_page=True)

    def check_nothing_scrolls_sideways(self, width: int) -> None:
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self.troubles.append(f"{self.page.url} scrolls sideways at {width} pixels")

    def forgive(self, trouble: str) -> None:
        """What was meant to happen; everything else stays a trouble."""
        self.troubles = [each for each in self.troubles if trouble not in each]

    def leave(self) -> None:
        self.context.close()
