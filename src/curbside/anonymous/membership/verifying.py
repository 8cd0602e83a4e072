"""Runs the equations of proofs in one process apart, with few waiting, so that a flood of false proofs cannot stop reading.

Only a packet that passed the cheap checks gets here; it carries a nullifier and points, and the process forgets both. The thread that asks
waits, so a site needs more threads than PROOFS_AT_ONCE (`curbside serve` has 16).
"""

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.membership.verifying_process import begin
from curbside.kit.errors import Busy

LONGEST_WAIT = 60.0
"""Seconds; a packet of the most proofs takes about five."""
_NICENESS = 5
"""Reading comes first where processors are few."""

P = ParamSpec("P")
R = TypeVar("R")


def _busy() -> Busy:
    return Busy(_("Many proofs are being checked just now. Nothing is lost: try again in a few seconds."))


class ProofWorker:
    """One verifying process, started at the first proof and again if it dies."""

    def __init__(self, *, at_once: int) -> None:
        self._slots = threading.BoundedSemaphore(at_once)
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Hold one of the places; raises Busy at once where all are taken."""
        if not self._slots.acquire(blocking=False):
            raise _busy()
        try:
            yield
        finally:
            self._slots.release()

    def run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do the work in the process apart, and give or raise what it gave or raised. Call inside ``slot``."""
        pool = self._running_pool()
        try:
            return pool.submit(work, *args, **kwargs).result(timeout=LONGEST_WAIT)
        except (BrokenExecutor, TimeoutError) as error:
            self._give_up(pool)
            raise _busy() from error

    def _running_pool(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                # Spawned: a fork would copy this process's database connections and locks.
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=begin, initargs=(_NICENESS,))
            return self._pool

    def _give_up(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        pool.shutdown(wait=False, cancel_futures=True)

    def stop(self) -> None:
        """End the process."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool:
            pool.shutdown()


@cache
def proof_worker() -> ProofWorker:
    """The one worker of a web process."""
    return ProofWorker(at_once=settings.PROOFS_AT_ONCE)
