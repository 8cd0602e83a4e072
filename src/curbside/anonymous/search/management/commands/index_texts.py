"""``curbside search index``."""

import logging
import signal
import sys
import time
from types import FrameType

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections

from curbside.anonymous.search.following import IndexKeeper
from curbside.anonymous.search.place import IndexFolder, Unsafe, lies_in_memory

log = logging.getLogger("curbside")

WAIT = 0.3
"""Seconds between looks at what changed: one query of one row."""
WAIT_AFTER_ERROR = 5.0


class Command(BaseCommand):
    help = "Build the search index in memory and keep it in step with the texts, until stopped. One process an installation."

    def handle(self, **_options: object) -> None:
        if settings.MODE == "production" and not settings.SEARCH_ON_DISK and not lies_in_memory(settings.SEARCH_DIR):
            raise CommandError(f"{settings.SEARCH_DIR} is not in memory. Set CURBSIDE_SEARCH_DIR to a folder on a tmpfs.")
        place = IndexFolder(settings.SEARCH_DIR)
        try:
            place.prepare()
        except Unsafe as error:
            raise CommandError(str(error)) from error
        keeper = IndexKeeper(place)
        for stopping in (signal.SIGINT, signal.SIGTERM):
            signal.signal(stopping, _stop)
        try:
            self.stdout.write(f"{keeper.build()} texts are indexed.")
            while True:
                time.sleep(_follow(keeper))
        finally:
            keeper.clear()


def _follow(keeper: IndexKeeper) -> float:
    close_old_connections()
    try:
        keeper.follow()
    except Error:
        log.exception("search: the database did not answer")
        return WAIT_AFTER_ERROR
    return WAIT


def _stop(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
