"""``curbside pictures look``."""

import logging
import signal
import sys
import time
from argparse import ArgumentParser
from types import FrameType

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

from curbside.anonymous.pictures.looking import look_at_next

log = logging.getLogger("curbside")

WAIT = 0.5
"""Seconds between looks for what waits: one query of an index that holds nothing else."""
WAIT_AFTER_ERROR = 5.0


class Command(BaseCommand):
    help = "Look for text and faces in pictures that members sent, until stopped. One process an installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="look at what waits now, then stop")

    def handle(self, *, once: bool, **_options: object) -> None:
        if once:
            while look_at_next():
                pass
            return
        for stopping in (signal.SIGINT, signal.SIGTERM):
            signal.signal(stopping, _stop)
        while True:
            time.sleep(_look())


def _look() -> float:
    close_old_connections()
    try:
        return 0 if look_at_next() else WAIT
    except Error:
        log.exception("pictures: the database did not answer")
        return WAIT_AFTER_ERROR


def _stop(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
