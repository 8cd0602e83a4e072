"""What is sealed of a case or a lesson, and how long each part may be. Parts that came later are absent from older documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Self

from curbside.anonymous.pictures.documents import PictureNote, notes_in
from curbside.anonymous.sealing.secrecy import Document, JSONValue

LONGEST_TITLE: Final = 160
LONGEST_STORY: Final = 20_000
LONGEST_QUESTION: Final = 2_000
LONGEST_LINE: Final = 200
LONGEST_INTERESTS: Final = 300
LONGEST_OUTCOME: Final = 5_000
"""Characters."""
MOST_LINES: Final = 30
"""Of medicines, of tests, of conditions."""


@dataclass(frozen=True, slots=True, repr=False)
class Named:
    """A condition as somebody named it: with its code where the words are a term of one, otherwise the words alone."""

    label: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.code} {self.label}" if self.code else self.label

    @classmethod
    def opened(cls, value: JSONValue) -> Self | None:
        """From its place in a sealed document; None for anything else."""
        if not isinstance(value, dict):
            return None
        label, code = value.get("label"), value.get("code", "")
        return cls(label, code) if isinstance(label, str) and isinstance(code, str) else None

    def to_seal(self) -> dict[str, JSONValue]:
        """As it stands in a sealed document."""
        return {"label": self.label, "code": self.code} if self.code else {"label": self.label}


@dataclass(frozen=True, slots=True, repr=False)
class Facts:
    """What is told of a case beside its story, each empty where it is not told."""

    age: str = ""
    sex: str = ""
    conditions: tuple[Named, ...] = ()
    medicines: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    urgency: str = ""
    asks: str = ""
    interests: str | None = None
    """Commercial interests: empty for none, None where the author was never asked."""

    @classmethod
    def opened(cls, document: Mapping[str, JSONValue]) -> Self:
        """From the sealed document."""
        words = {part: str(document.get(part) or "") for part in ("age", "sex", "urgency", "asks")}
        interests = document.get("interests")
        return cls(
            **words,
            conditions=named_in(document.get("conditions")),
            medicines=_lines(document.get("medicines")),
            tests=_lines(document.get("tests")),
            interests=interests if isinstance(interests, str) else None,
        )

    def to_seal(self) -> dict[str, JSONValue]:
        """As they stand in a sealed document: what is empty is left out."""
        fields: dict[str, JSONValue] = {
            "age": self.age,
            "sex": self.sex,
            "urgency": self.urgency,
            "asks": self.asks,
            "conditions": [named.to_seal() for named in self.conditions],
            "medicines": [*self.medicines],
            "tests": [*self.tests],
        }
        told: dict[str, JSONValue] = {part: value for part, value in fields.items() if value}
        if self.interests is not None:
            told["interests"] = self.interests
        return told


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """What became of the patient: a diagnosis, if there is one, and words in Markdown."""

    diagnosis: Named | None
    words: str

    @classmethod
    def opened(cls, value: JSONValue) -> Self | None:
        """From its place in a sealed document; None where there is none."""
        if not isinstance(value, dict):
            return None
        return cls(Named.opened(value.get("diagnosis")), str(value.get("words") or ""))

    def to_seal(self) -> dict[str, JSONValue]:
        """As it stands in a sealed document."""
        return {"diagnosis": self.diagnosis.to_seal() if self.diagnosis else None, "words": self.words}


@dataclass(frozen=True, slots=True, repr=False)
class Alias:
    """The name of one case's author there, and who that is."""

    shown: str
    member_id: int

    @classmethod
    def opened(cls, value: JSONValue) -> Self | None:
        """From its place in a sealed document; None where there is none."""
        if not isinstance(value, dict):
            return None
        shown, member_id = value.get("name"), value.get("member")
        return cls(shown, member_id) if isinstance(shown, str) and isinstance(member_id, int) else None

    def to_seal(self) -> dict[str, JSONValue]:
        """As it stands in a sealed document."""
        return {"name": self.shown, "member": self.member_id}


@dataclass(frozen=True, slots=True, repr=False)
class CaseText:
    """A case's words; story and question in Markdown. ``attribution`` is what a published text's licence asks to be shown.

    Of a lesson, ``story`` is what happened, and ``question`` what its author would do now.
    """

    title: str
    story: str
    question: str
    attribution: str = ""
    facts: Facts = field(default_factory=Facts)
    outcome: Outcome | None = None
    salt: str = ""
    """Where readers give lists of diagnoses: what their marks are made with (cases.differentials.marks). No reader is shown it."""
    pictures: tuple[PictureNote, ...] = ()
    decided: bool = False
    """Whether its author was asked by the guard, and decided to post it as it is."""
    alias: Alias | None = None
    """Who wrote it, where that was under an alias. No reader is shown more than the name."""

    @classmethod
    def opened(cls, document: Document) -> Self:
        """From the sealed document."""
        words = {part: document.text(part) for part in ("title", "story", "question", "attribution", "salt")}
        outcome, alias = Outcome.opened(document.get("outcome")), Alias.opened(document.get("alias"))
        pictures, decided = notes_in(document.get("pictures")), document.get("decided") is True
        facts = Facts.opened(document)
        return cls(**words, facts=facts, outcome=outcome, pictures=pictures, decided=decided, alias=alias)

    def to_seal(self) -> Document:
        """As the document that is sealed."""
        words = {"title": self.title, "story": self.story, "question": self.question}
        rare = {part: value for part in ("attribution", "salt") if (value := getattr(self, part))}
        fields: dict[str, JSONValue] = {**words, **rare, **self.facts.to_seal()}
        if self.pictures:
            fields["pictures"] = [note.to_seal() for note in self.pictures]
        if self.decided:
            fields["decided"] = True
        if self.alias:
            fields["alias"] = self.alias.to_seal()
        return Document(fields | {"outcome": self.outcome.to_seal()} if self.outcome else fields)

    def in_words(self) -> str:
        """What its author wrote, in one piece."""
        said = [words for note in self.pictures for words in (note.caption, note.alt) if words]
        return "\n\n".join((self.title, self.story, self.question, *said))

    def reworded(self, new: "CaseText", *, facts: bool = True) -> "CaseText":
        """Another version's words in place of these; what its author did not write there stays."""
        words = replace(self, title=new.title, story=new.story, question=new.question, decided=new.decided)
        return replace(words, facts=new.facts) if facts else words


def named_in(value: JSONValue) -> tuple[Named, ...]:
    """Conditions of a sealed list."""
    items: Sequence[JSONValue] = value if isinstance(value, list) else []
    return tuple(named for item in items if (named := Named.opened(item)) is not None)


def _lines(value: JSONValue) -> tuple[str, ...]:
    return tuple(line for line in value if isinstance(line, str)) if isinstance(value, list) else ()
