"""What keeps an installation going: migrations, and the duties that come round by the clock.

Each duty is a management command of a site, named and not imported: a site's process loads that site alone.
"""

import argparse
import io
import logging
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

log = logging.getLogger("curbside")

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY
AGAIN = MINUTE
"""After so long a duty that did not get done is tried once more."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A management command and how often it runs, in seconds."""

    command: str
    every: int
    every_in_demo: int


DUTIES: dict[str, tuple[Duty, ...]] = {
    "named": (
        Duty("publish_roll", HOUR, 15),
        Duty("end_lapsed", DAY, HOUR),
        Duty("erase_evidence", DAY, HOUR),
        Duty("clear_sessions", HOUR, HOUR),
        Duty("cut_logs", HOUR, HOUR),
        Duty("tidy", WEEK, WEEK),
    ),
    "anonymous": (
        Duty("fetch_editions", HOUR, 3),
        Duty("sweep_keys", DAY, HOUR),
        Duty("keep_mailboxes", MINUTE, MINUTE),
        Duty("keep_shelves", MINUTE, MINUTE),
        Duty("forget_oneoffs", 10 * MINUTE, 10 * MINUTE),
        Duty("forget_pictures", HOUR, HOUR),
        Duty("forget_votes", HOUR, MINUTE),
        Duty("remind_authors", DAY, HOUR),
        Duty("measure_hubs", HOUR, MINUTE),
        Duty("forget_order", 10 * MINUTE, 10 * MINUTE),
        Duty("apply_sanctions", HOUR, MINUTE),
        Duty("forget_decisions", DAY, HOUR),
        Duty("clear_sessions", HOUR, HOUR),
        Duty("cut_logs", HOUR, HOUR),
        Duty("tidy", WEEK, WEEK),
    ),
}


def set_up(site: str) -> None:
    """Load one site's settings into this process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = f"curbside.{site}.settings"
    import django

    django.setup()


def migrate_command(arguments: list[str]) -> int:
    """``curbside migrate SITE``: every database of the site."""
    site = _site("curbside migrate", "Bring a site's databases up to date.", arguments)
    set_up(site)
    from django.conf import settings
    from django.core.management import call_command

    for database in settings.DATABASES:
        call_command("migrate", database=database, interactive=False, verbosity=0)
        print(f"{site}: database {database} is up to date")
    return 0


def collect_command(arguments: list[str]) -> int:
    """``curbside collect SITE``: styles and scripts, under names that carry their hash."""
    site = _site("curbside collect", "Gather a site's styles and scripts where it serves them from.", arguments)
    set_up(site)
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    return 0


def tidy_command(arguments: list[str]) -> int:
    """``curbside tidy SITE``: what the weekly duty does, now."""
    site = _site("curbside tidy", "Rewrite a site's tables in the order of their keys. No erased row stays.", arguments)
    set_up(site)
    from django.core.management import call_command

    call_command("tidy")
    return 0


def work_command(arguments: list[str]) -> int:
    """``curbside work SITE``: the duties of a site, each in its turn, until stopped."""
    site = _site("curbside work", "Run a site's duties by the clock until stopped. One process a site.", arguments)
    set_up(site)
    from django.conf import settings

    in_demo = settings.MODE == "demo"
    due = dict.fromkeys(DUTIES[site], 0.0)
    while True:
        for duty, moment in due.items():
            if time.monotonic() >= moment:
                pause = duty.every_in_demo if in_demo else duty.every
                due[duty] = time.monotonic() + (pause if _perform(duty.command) else min(pause, AGAIN))
        time.sleep(1)


def _perform(command: str) -> bool:
    """Run one duty, and say whether it got done; a failure is logged and the next ones go on.

    What a command says to whoever types it is not said here: every few seconds it would drown what happened, and that is logged.
    """
    from django.core.management import call_command
    from django.db import close_old_connections

    close_old_connections()
    try:
        call_command(command, verbosity=0, stdout=io.StringIO())
    except Exception:
        log.exception("duty failed: %s", command)
        return False
    return True


def _site(program: str, description: str, arguments: Sequence[str]) -> str:
    parser = argparse.ArgumentParser(prog=program, description=description)
    parser.add_argument("site", choices=sorted(DUTIES))
    chosen: str = parser.parse_args(arguments).site
    return chosen


if __name__ == "__main__":
    sys.exit(work_command(sys.argv[1:]))
