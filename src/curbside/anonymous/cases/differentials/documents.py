"""What is sealed of a reader's list."""

from dataclasses import dataclass
from typing import Self

from curbside.anonymous.cases.documents import Named, named_in
from curbside.anonymous.conditions.folding import folded_words
from curbside.anonymous.sealing.secrecy import Document, JSONValue


@dataclass(frozen=True, slots=True, repr=False)
class GivenList:
    """A ranked list of diagnoses, the likeliest first, and the specialty of which its author showed a badge then, if any."""

    diagnoses: tuple[Named, ...]
    specialty: str = ""
    giver: int = 0
    """Who gave it, to be told of the outcome; 0 in what is shown and kept in memory."""
    looked: bool = False
    """Whether others' answers were shown first: then it counts in no pool."""

    @classmethod
    def opened(cls, document: Document) -> Self:
        """From the sealed document."""
        giver = document.get("giver")
        return cls(
            diagnoses=named_in(document.get("diagnoses")),
            specialty=document.text("specialty"),
            giver=giver if isinstance(giver, int) else 0,
            looked=document.get("looked") is True,
        )

    def to_seal(self) -> Document:
        """As the document that is sealed."""
        diagnoses: list[JSONValue] = [named.to_seal() for named in self.diagnoses]
        return Document({"diagnoses": diagnoses, "specialty": self.specialty, "giver": self.giver, "looked": self.looked})

    def keys(self) -> tuple[str, ...]:
        """The diagnoses as they are compared."""
        return tuple(key_of(named) for named in self.diagnoses)

    def place_of(self, outcome: Named | None) -> int:
        """Where the list holds the outcome, by its code or, where it has none, by its words, counted from 1; 0 where it does not."""
        keys = self.keys()
        return keys.index(key_of(outcome)) + 1 if outcome is not None and key_of(outcome) in keys else 0


def key_of(named: Named) -> str:
    """What makes two diagnoses the same: the code, or the words after folding where there is none."""
    return named.code or " ".join(folded_words(named.label))
