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


def notice_words(*, thread_id: int, words: str, comment_id: int = 0) -> None:
    """Let them look."""
    for notice in _lookers:
        notice(thread_id=thread_id, comment_id=comment_id, words=words)
