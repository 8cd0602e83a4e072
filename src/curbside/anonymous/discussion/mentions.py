"""@mentions: looked up once, when a comment is saved, among members alone; the sealed document keeps which of them were found.

An alias is no member, so that no mention ever leads from one to who is behind it.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from curbside.anonymous.membership.models import Member

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

MOST_MENTIONS: Final = 5
_MENTION: Final = re.compile(r"@([0-9A-Za-z\u00c0-\u017f]+(?:-[0-9A-Za-z\u00c0-\u017f]+)*)")
_MOST_LOOKED_AT: Final = 50
"""Words with an @ before them: beyond so many nobody means people."""


def mentioned_in(words: str) -> Mapping[str, int]:
    """The first five members that the words name by an @, with their ids. One query, none where there is no @."""
    found = _members_in(words)
    return {word: found[word] for word in list(found)[:MOST_MENTIONS]}


def without_mentions(words: str) -> str:
    """The words with blanks where members are named, so that every other letter keeps its place. One query at most."""
    named, kept = _members_in(words), list(words)
    for word, start in _spots(words):
        if word in named:
            kept[start : start + len(word) + 1] = " " * (len(word) + 1)
    return "".join(kept)


def _members_in(words: str) -> dict[str, int]:
    typed = list(dict.fromkeys(word for word, _start in _spots(words)))[:_MOST_LOOKED_AT]
    found = dict(Member.objects.filter(pseudonym__in=typed).values_list("pseudonym", "pk")) if typed else {}
    return {word: found[word] for word in typed if word in found}


def _spots(words: str) -> Sequence[tuple[str, int]]:
    return [(match[1], match.start()) for match in _MENTION.finditer(words) if _stands_alone(words, match.start())]


def _stands_alone(words: str, start: int) -> bool:
    """Not in a mail address, nor in the path of one of the web."""
    return start == 0 or not (words[start - 1].isalnum() or words[start - 1] in "_@/.-+")


def read_mention(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 - called by markdown-it
    """A rule of markdown-it: an @ and one of the names in its environment is a mention; not inside a link."""
    match = _MENTION.match(state.src, state.pos)
    known: Collection[str] = state.env.get("mentions", ())
    if match is None or match[1] not in known or state.linkLevel or not _stands_alone(state.src, state.pos):
        return False
    if not silent:
        state.push("mention", "", 0).content = match[1]
    state.pos = match.end()
    return True
