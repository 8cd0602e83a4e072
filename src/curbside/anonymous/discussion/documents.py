"""What is sealed of a comment, and how long it may be."""

from dataclasses import dataclass
from typing import Final, Self

from curbside.anonymous.sealing.secrecy import Document

LONGEST_COMMENT: Final = 5_000
"""Characters. Beyond it a text is an article, and rendering hostile Markdown would take its time."""


@dataclass(frozen=True, slots=True, repr=False)
class CommentText:
    """A comment's words in Markdown, and the attribution that a published text's licence asks for."""

    body: str
    attribution: str = ""

    @classmethod
    def opened(cls, document: Document) -> Self:
        """From the sealed document."""
        return cls(body=document.text("body"), attribution=document.text("attribution"))

    def to_seal(self) -> Document:
        """As the document that is sealed."""
        fields = {"body": self.body, "attribution": self.attribution}
        return Document({part: value for part, value in fields.items() if value or part == "body"})
