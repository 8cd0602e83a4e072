"""Types of what must never be shown: ids, keys and decrypted documents, whose repr says nothing."""

from collections.abc import Iterator, Mapping
from typing import Final, NewType, TypeAlias

TextId = NewType("TextId", int)
KeyId = NewType("KeyId", int)
OperatorKeyId = NewType("OperatorKeyId", str)

JSONValue: TypeAlias = "bool | int | float | str | list[JSONValue] | dict[str, JSONValue] | None"

REDACTED: Final = "(sealed)"
KEY_BYTES: Final = 32


class SealingError(Exception):
    """Something about sealing that is not as it must be: a fault of the installation or of the code, never of a reader."""


class Document(Mapping[str, JSONValue]):
    """What a member wrote, decrypted: a mapping whose repr and str show none of it, so that no log or error page can."""

    __slots__ = ("_fields",)
    erased = False

    def __init__(self, fields: Mapping[str, JSONValue]) -> None:
        self._fields = dict(fields)

    def __getitem__(self, key: str) -> JSONValue:
        return self._fields[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __repr__(self) -> str:
        return REDACTED

    def text(self, key: str) -> str:
        """The field as text; empty where it is absent or something else."""
        value = self._fields.get(key)
        return value if isinstance(value, str) else ""


class Erased(Document):
    """Stands where a text was erased, or where its key is gone: an empty document whose ``erased`` is true."""

    __slots__ = ()
    erased = True

    def __init__(self) -> None:
        super().__init__({})


class TextKey:
    """A text's key of 32 bytes, in clear in memory only."""

    __slots__ = ("secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError("A text's key has 32 bytes.")
        self.secret = secret

    def __repr__(self) -> str:
        return REDACTED
