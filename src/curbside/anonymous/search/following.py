"""The one process that writes the index: it reads all texts once, then follows the order of changes that sealing keeps.

It never learns who asks, for it answers nobody.
"""

import time
from collections.abc import Callable
from typing import Final

from tantivy import Index, IndexWriter

from curbside.anonymous.sealing.models import ChangeCount, SealedText
from curbside.anonymous.search.index import add_texts, delete_texts, new_index, pages_of
from curbside.anonymous.search.place import IndexFolder
from curbside.anonymous.search.sources import BATCH, all_texts, texts_now

REBUILD_AFTER: Final = 3600.0
"""Seconds. Deleted words stay in the index's files until tantivy merges them, so an index that lost texts is built anew within the hour."""


class IndexKeeper:
    """Keeps the index at one place in step with the texts."""

    def __init__(self, place: IndexFolder, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._place = place
        self._clock = clock
        self._last = 0
        self._lost_at: float | None = None
        self._index: Index | None = None
        self._writer: IndexWriter | None = None

    def build(self) -> int:
        """Index everything anew and show it to readers; gives how many texts there are."""
        last, _forgotten = changes_now()  # before reading: what changes meanwhile is then followed
        self._close()
        generation = self._place.new_generation()
        index, writer = new_index(generation)
        count = 0
        for texts in all_texts():
            add_texts(writer, texts)
            count += len(texts)
        writer.commit()
        self._place.publish(generation)
        self._index, self._writer, self._last, self._lost_at = index, writer, last, None
        return count

    def follow(self) -> bool:
        """Take in what changed since; whether anything did. One query where nothing did."""
        if self._lost_at is not None and self._clock() - self._lost_at >= REBUILD_AFTER:
            self.build()
            return True
        newest, _forgotten = changes_now()
        if newest == self._last or self._index is None or self._writer is None:
            return False
        changed = list(SealedText.objects.filter(changed__gt=self._last, changed__lte=newest).values_list("pk", flat=True))
        if self._last < changes_now()[1]:  # asked after the list: some of it may have been forgotten meanwhile
            self.build()
            return True
        for start in range(0, len(changed), BATCH):
            self._take_in(self._index, self._writer, changed[start : start + BATCH])
        self._last = newest
        return True

    def _take_in(self, index: Index, writer: IndexWriter, changed: list[int]) -> None:
        texts = texts_now(changed)
        gone = set(changed) - {text.text_id for text in texts}
        pages = pages_of(index, changed)
        delete_texts(writer, text_ids={*changed, *(text.text_id for text in texts)}, page_ids=pages)
        add_texts(writer, texts)
        writer.commit()
        if gone and self._lost_at is None:
            self._lost_at = self._clock()

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
        self._index = self._writer = None

    def clear(self) -> None:
        """Stop, and leave nothing."""
        self._close()
        self._place.clear()


def changes_now() -> tuple[int, int]:
    """How many changes of texts there were, and up to which their order is forgotten. One query."""
    return ChangeCount.objects.values_list("changes", "forgotten").filter(pk=1).first() or (0, 0)
