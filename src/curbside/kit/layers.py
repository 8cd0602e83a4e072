"""Pages in two layers: what is the same for every reader, rendered once and kept in memory, and what is one reader's, laid on top.

The shared layer is rendered without a request, so no reader, session or token can come into it: its templates have no ``user``. Where
something personal belongs, they leave a place (``{% place %}``); the page lays the reader's own templates into the places (``{% lay %}``).
Nothing of a reader is ever kept.

Words that were erased must go from memory: whoever asks for a shared layer names the epoch that its own query read from the database.
Where that has moved on, everything kept before is dropped. The process that erases drops it at once, and one that nobody asks after
five minutes. What is kept lies in this process alone and never on a disk.
"""

import hashlib
import re
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from django.core.cache import BaseCache, caches
from django.template.loader import render_to_string
from django.utils.translation import get_language

CACHE: Final = "shared"
"""The name of the cache in settings: in this process's memory, bounded."""
PLACES: Final = "places_of_layer"
"""The variable under which templates find what collects their places."""
KEPT_SECONDS: Final = 300
"""The longest that a part is kept, also in a process that nobody asks for a page."""
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page lays one of its templates, and the facts that it finds there: ids and such, the same for every reader."""

    template: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True, repr=False)
class Layer:
    """A shared part of a page: HTML, a place, HTML, a place, …, HTML."""

    pieces: tuple[str, ...]
    places: tuple[Place, ...]

    def __repr__(self) -> str:
        return f"(a layer with {len(self.places)} places)"


class Places:
    """Collects the places of a layer while it is rendered. The mark is new each time, so that no text can imitate it."""

    def __init__(self) -> None:
        self._mark = secrets.token_hex(16)
        self._places: list[Place] = []

    def leave(self, template: str, facts: Mapping[str, object]) -> str:
        """Note a place; gives what stands for it until the layer is whole."""
        self._places.append(Place(template, dict(facts)))
        return f"{self._mark}{len(self._places) - 1};"

    def layer(self, html: str) -> Layer:
        """The rendered HTML, cut at its places, in the order in which they stand there."""
        pieces = re.split(f"{self._mark}([0-9]+);", html)
        return Layer(tuple(pieces[::2]), tuple(self._places[int(number)] for number in pieces[1::2]))


def render_layer(template: str, context: Mapping[str, object]) -> Layer:
    """Render a shared part. There is no request, so that nothing of a reader is at hand."""
    places = Places()
    return places.layer(render_to_string(template, {**context, PLACES: places}))


def _later(seconds: float, do: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, do)
    timer.daemon = True  # it holds up no process that ends
    timer.start()


class SharedMemory:
    """What was rendered, in this process's memory, one version of each part."""

    def __init__(self, later: Callable[[float, Callable[[], None]], None] = _later) -> None:
        self._lock = threading.Lock()
        self._epoch: str | None = None
        self._later = later
        self._round = 0
        """Which keeping this is: each drop begins another."""
        self._ends = False
        """Whether a clock runs for what is kept now."""

    def recall(self, part: str, *, version: str, epoch: str, make: Callable[[], Made]) -> Made:
        """The part as it was made at this version, in the reader's language; made now where it is not at hand.

        ``version`` moves on with every write that the part shows, ``epoch`` with every erasure anywhere. Both are read in this request.
        """
        if not epoch:  # a list without rows read none: it says nothing of what else is kept
            return make()
        begun = self._follow(epoch)
        key = hashlib.blake2b(f"{get_language()} {part}".encode(), digest_size=20).hexdigest()
        kept: tuple[str, Made] | None = _cache().get(key)
        if kept is not None and kept[0] == version:
            return kept[1]
        made = make()
        with self._lock:
            if begun == self._round:  # else something was erased while this was made, and it may hold it
                _cache().set(key, (version, made))
                self._end_in_time()
        return made

    def drop(self) -> None:
        """Keep nothing, and nothing of what is being made just now: words were erased."""
        with self._lock:
            self._drop()

    def _follow(self, epoch: str) -> int:
        with self._lock:
            if epoch != self._epoch:
                self._epoch = epoch
                self._drop()
            return self._round

    def _drop(self) -> None:
        self._round, self._ends = self._round + 1, False
        _cache().clear()

    def _end_in_time(self) -> None:
        if not self._ends:
            self._ends, ending = True, self._round
            self._later(KEPT_SECONDS, lambda: self._drop_round(ending))

    def _drop_round(self, ending: int) -> None:
        with self._lock:
            if ending == self._round:
                self._drop()


def _cache() -> BaseCache:
    return caches[CACHE]


SHARED: Final = SharedMemory()
