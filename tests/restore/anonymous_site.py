"""The anonymous site's driver for the restore drill. Never imports the other side."""

import re
from pathlib import Path
from typing import TextIO

from tests.drill.sites.anonymous import AnonymousSite
from tests.drill.sites.driver import Clock, run


class RestoredSite(AnonymousSite):
    """The breach drill's steps, and what a restore needs besides."""

    def __init__(self, observer: TextIO, clock: Clock) -> None:
        super().__init__(observer, clock)
        self.steps |= {
            "let_go": self.let_go,
            "back_up": self.back_up,
            "prune": self.prune,
            "see": self.see,
            "fill": self.fill,
            "ended": self.ended,
        }

    def let_go(self) -> None:
        """As when the process is stopped: no database is held open, and no page is kept in memory."""
        from django.core.cache import caches
        from django.db import connections

        connections.close_all()
        for kept in caches.all():
            kept.clear()
        caches["shared"].clear()

    def back_up(self, store: str, folder: str) -> str:
        """The command's own work, on the day that the drill has reached."""
        from curbside.backup.stores import STORES
        from curbside.backup.work import back_up

        return str(back_up(STORES[store], Path(folder)))

    def prune(self, store: str, folder: str, days: int) -> int:
        from curbside.backup.stores import STORES
        from curbside.backup.work import prune

        return prune(STORES[store], Path(folder), days=days).removed

    def see(self, who: str) -> str:
        """Sign in by passkey in a browser without cookies, and open every case."""
        browser = self.browsers[who]
        browser.signed_in_at = None
        browser.sign_in()
        pages = [browser.get("/")]
        pages += [browser.get(f"/cases/{case}/") for case in dict.fromkeys(re.findall(r'href="/cases/([0-9a-z]{13})/"', pages[0]))]
        return "\n".join(pages)

    def fill(self, number: int) -> int:
        """Write and read so many texts, one after another; gives how many were read as they were written."""
        from curbside.anonymous.sealing.actions import seal_text
        from curbside.anonymous.sealing.queries import read_text

        return sum(read_text(seal_text(document={"text": f"text {at}"})).text("text") == f"text {at}" for at in range(number))

    def ended(self, who: str) -> bool:
        """Whether this browser's session is over."""
        return "/sign-in/" in self.browsers[who].client.get("/membership/", secure=True, SERVER_NAME=self.host).headers.get("Location", "")


if __name__ == "__main__":
    run("anonymous", RestoredSite)
