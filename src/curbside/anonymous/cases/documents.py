"""What is sealed of a case or a lesson, and how long each part may be."""

from dataclasses import dataclass
from typing import Final, Self

from curbside.anonymous.sealing.secrecy import Document

LONGEST_TITLE: Final = 160
LONGEST_STORY: Final = 20_000
LONGEST_QUESTION: Final = 2_000
"""Characters."""


@dataclass(frozen=True, slots=True, repr=False)
class CaseText:
    """A case's words; story and question in Markdown. ``attribution`` is what a published text's licence asks to be shown.

    Of a lesson, ``story`` is what happened, and ``question`` what its author would do now.
    """

    title: str
    story: str
    question: str
    attribution: str = ""

    @classmethod
    def opened(cls, document: Document) -> Self:
        """From the sealed document."""
        return cls(*(document.text(part) for part in ("title", "story", "question", "attribution")))

    def to_seal(self) -> Document:
        """As the document that is sealed."""
        fields = {"title": self.title, "story": self.story, "question": self.question, "attribution": self.attribution}
        return Document({part: value for part, value in fields.items() if value or part != "attribution"})
