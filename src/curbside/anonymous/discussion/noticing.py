"""Whoever wants to look at words when they are written registers here; it may note something, and never refuses them."""

from typing import Protocol


class Notice(Protocol):
    """Looks at the words of a comment, or of what a thread is about."""

    def __call__(self, *, thread_id: int, comment_id: int, words: str) -> None:
        """Look; ``comment_id`` is 0 for what the thread is about. Called in the writer's transaction."""
        ...


_lookers: list[Notice] = []


def on_words(notice: Notice) -> None:
    """Say who looks."""
    if notice not in _lookers:
        _lookers.append(notice)


class WarningNotice(Protocol):
    """Hears that an answer was said to be harmful."""

    def __call__(self, *, thread_id: int, comment_id: int) -> None:
        """Look at that answer. Called in the writer's transaction."""
        ...


_warned: list[WarningNotice] = []


def on_warning(notice: WarningNotice) -> None:
    """Say who hears of warnings."""
    if notice not in _warned:
        _warned.append(notice)


def notice_warning(*, thread_id: int, comment_id: int) -> None:
    """Let them hear."""
    for notice in _warned:
        notice(thread_id=thread_id, comment_id=comment_id)


def notice_words(*, thread_id: int, words: str, comment_id: int = 0) -> None:
    """Let them look."""
    for notice in _lookers:
        notice(thread_id=thread_id, comment_id=comment_id, words=words)
