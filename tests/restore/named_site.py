"""The named site's driver for the restore drill. Never imports the other side."""

from pathlib import Path
from typing import TextIO

from tests.drill.sites.driver import Clock, run
from tests.drill.sites.named import NamedSite


class RestoredSite(NamedSite):
    """The breach drill's steps, and what a restore needs besides."""

    def __init__(self, observer: TextIO, clock: Clock) -> None:
        super().__init__(observer, clock)
        self.steps |= {"let_go": self.let_go, "back_up": self.back_up, "see": self.see, "upload": self.upload}

    def let_go(self) -> None:
        """As when the process is stopped: no database is held open."""
        from django.db import connections

        connections.close_all()

    def back_up(self, store: str, folder: str) -> str:
        from curbside.backup.stores import STORES
        from curbside.backup.work import back_up

        return str(back_up(STORES[store], Path(folder)))

    def upload(self, who: str, register: str, number: str, given: str, family: str) -> None:
        """Apply and show a document, on which nobody decides."""
        self.open_browser(who, address="198.51.100.9", agent="theirs", language="en")
        self.verify(who, register, number, given, family, 4000)

    def see(self, who: str) -> str:
        """Sign in by passkey in a browser without cookies, and look at one's standing."""
        browser = self.browsers[who]
        browser.signed_in_at = None
        browser.sign_in()
        return browser.get("/roll/standing/")


if __name__ == "__main__":
    run("named", RestoredSite)
