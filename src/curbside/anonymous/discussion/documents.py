"""What is sealed of a comment, and how long it may be."""

from dataclasses import dataclass
from typing import Final, Self

from curbside.anonymous.discussion.evidence import Source
from curbside.anonymous.sealing.secrecy import Document, JSONValue

LONGEST_COMMENT: Final = 5_000
"""Characters. Beyond it a text is an article, and rendering hostile Markdown would take its time."""
LONGEST_WARNING: Final = 1_000


@dataclass(frozen=True, slots=True, repr=False)
class CommentText:
    """A comment's words in Markdown, and the attribution that a published text's licence asks for."""

    body: str
    attribution: str = ""
    decided: bool = False
    """Whether its author was asked by the guard, and decided to post it as it is."""
    sources: tuple[Source, ...] = ()
    """Articles that it rests on."""
    experience: bool = False
    """Whether it rests on its author's own experience, by their word."""
    mentions: tuple[str, ...] = ()
    """The pseudonyms that it names by an @ and that members had when it was written."""

    @classmethod
    def opened(cls, document: Document) -> Self:
        """From the sealed document."""
        return cls(
            body=document.text("body"),
            attribution=document.text("attribution"),
            decided=document.get("decided") is True,
            sources=_sources(document.get("evidence")),
            experience=document.get("experience") is True,
            mentions=_lines(document.get("mentions")),
        )

    def to_seal(self) -> Document:
        """As the document that is sealed."""
        fields: dict[str, JSONValue] = {"body": self.body}
        fields |= {"attribution": self.attribution} if self.attribution else {}
        fields |= {"evidence": [str(source) for source in self.sources]} if self.sources else {}
        fields |= {"mentions": [*self.mentions]} if self.mentions else {}
        said = {"decided": self.decided, "experience": self.experience}
        return Document(fields | {part: True for part, is_so in said.items() if is_so})


def _sources(value: JSONValue) -> tuple[Source, ...]:
    return tuple(source for line in _lines(value) if (source := Source.read(line)) is not None)


def _lines(value: JSONValue) -> tuple[str, ...]:
    return tuple(line for line in value if isinstance(line, str)) if isinstance(value, list) else ()
