"""What is sealed of a comment, and how long it may be."""

from dataclasses import dataclass
from typing import Final, Self

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

    @classmethod
    def opened(cls, document: Document) -> Self:
        """From the sealed document."""
        return cls(body=document.text("body"), attribution=document.text("attribution"), decided=document.get("decided") is True)

    def to_seal(self) -> Document:
        """As the document that is sealed."""
        fields: dict[str, JSONValue] = {"body": self.body}
        fields |= {"attribution": self.attribution} if self.attribution else {}
        return Document(fields | {"decided": True} if self.decided else fields)
