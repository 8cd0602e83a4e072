"""What is sealed of a poll: its words, and the salt from which the key of its counts is made."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Final, Self

from curbside.anonymous.sealing.secrecy import KEY_BYTES, Document, TextKey

LONGEST_QUESTION: Final = 300
LONGEST_DETAILS: Final = 5_000
LONGEST_OPTION: Final = 200
"""Characters."""
FEWEST_OPTIONS: Final = 2
MOST_OPTIONS: Final = 10


@dataclass(frozen=True, slots=True, repr=False)
class PollText:
    """A poll's words; details in Markdown, options as plain lines."""

    question: str
    options: tuple[str, ...]
    details: str = ""
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(KEY_BYTES))

    @classmethod
    def opened(cls, document: Document) -> Self:
        """From the sealed document."""
        options = document.get("options")
        return cls(
            question=document.text("question"),
            options=tuple(option for option in options if isinstance(option, str)) if isinstance(options, list) else (),
            details=document.text("details"),
            salt=base64.b64decode(document.text("salt")),
        )

    def to_seal(self) -> Document:
        """As the document that is sealed."""
        salt = base64.b64encode(self.salt).decode()
        return Document({"question": self.question, "options": [*self.options], "details": self.details, "salt": salt})

    def in_words(self) -> str:
        """What its author wrote, in one piece."""
        return "\n\n".join((self.question, self.details, *self.options))

    def tally_key(self) -> TextKey:
        """What the counts are encrypted under."""
        return TextKey(hmac.digest(self.salt, b"curbside tally v1", "sha256"))

    def wording(self) -> str:
        """Tells one version of the words from another, so that no vote is counted for an option that it did not mean."""
        return hashlib.blake2b("\0".join((self.question, *self.options)).encode(), key=self.salt, digest_size=8).hexdigest()
