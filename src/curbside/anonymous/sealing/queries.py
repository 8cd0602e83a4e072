"""Reading sealed texts: two queries, however many texts."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextvars import ContextVar
from datetime import date
from typing import Any, Final, Self, TypeVar

from django.db.models import Count, Model, QuerySet, Subquery

from curbside.anonymous.sealing.cipher import decrypt_document
from curbside.anonymous.sealing.key_service import OperatorKeyMissing, WrappedKey
from curbside.anonymous.sealing.key_services import key_service
from curbside.anonymous.sealing.models import ChangeCount, RingKey, SealedText
from curbside.anonymous.sealing.secrecy import Document, Erased, KeyId, OperatorKeyId, TextId, TextKey

BATCH: Final = 500
T = TypeVar("T", bound=Model)


def read_texts(text_ids: Collection[TextId]) -> dict[TextId, Document]:
    """The documents, for every id asked; Erased where a text was erased or its key is gone. Two queries."""
    found = _read(text_ids)
    # A text edited between the two queries has its old key gone and a new one there: look once more.
    moved = [row.pk for row, document in found if row.key_id is not None and document.erased]
    if moved:
        found += _read(moved)
    documents = {TextId(row.pk): document for row, document in found}
    return {text_id: documents.get(text_id, Erased()) for text_id in text_ids}


def read_text(text_id: TextId) -> Document:
    """One document."""
    return read_texts([text_id])[text_id]


def read_text_named(text_id: "QuerySet[Any, int]") -> Document:
    """The document that another query names; Erased where there is none. Two queries, one in each database."""
    found = _read(text_id)
    moved = [row.pk for row, document in found if row.key_id is not None and document.erased]
    return next((document for _row, document in (_read(moved) if moved else found)), Erased())


def key_of(row: SealedText) -> TextKey | None:
    """The key of one text; None where it is gone. One query."""
    return _keys([row.key_id]).get(KeyId(row.key_id)) if row.key_id is not None else None


class KeysAlong:
    """Keys that are read together with those of the texts read next, within ``with``: for a text that another query brought along.

    >>> with KeysAlong([key_id]) as along:
    ...     read_texts(text_ids)
    >>> along[key_id]
    """

    def __init__(self, key_ids: Collection[KeyId]) -> None:
        self._wanted = set(key_ids)
        self._found: dict[KeyId, TextKey] | None = None

    def __enter__(self) -> Self:
        self._token = _ALONG.set(self)
        return self

    def __exit__(self, *_error: object) -> None:
        _ALONG.reset(self._token)

    def __getitem__(self, key_id: KeyId) -> TextKey | None:
        """The key; None where it is gone. One query where nothing was read within."""
        if self._found is None:
            self._found = _keys(self._wanted)
        return self._found.get(key_id)

    def take_along(self, key_ids: Iterable[int]) -> set[int]:
        """What to ask the ring for besides."""
        return {*key_ids, *(self._wanted if self._found is None else ())}

    def note(self, keys: Mapping[KeyId, TextKey]) -> None:
        """Keep those that were wanted."""
        if self._found is None:
            self._found = {key_id: key for key_id, key in keys.items() if key_id in self._wanted}


_ALONG: Final[ContextVar[KeysAlong | None]] = ContextVar("along", default=None)


def open_text(ciphertext: bytes, *, text_id: TextId, key: TextKey | None) -> Document:
    """A text that another query brought along; Erased where its key is gone. No query."""
    return decrypt_document(ciphertext, text_id=text_id, key=key) if key else Erased()


def erasures_so_far() -> Subquery:
    """How many erasures there were, for another query to read along."""
    return Subquery(ChangeCount.objects.filter(pk=1).values("erasures")[:1])


def _read(text_ids: "Iterable[int] | QuerySet[Any, int]") -> list[tuple[SealedText, Document]]:
    named = text_ids if isinstance(text_ids, QuerySet) else list(text_ids)
    rows = list(SealedText.objects.filter(pk__in=named).only("id", "ciphertext", "key_id"))
    keys = _keys([row.key_id for row in rows if row.key_id is not None])
    return [(row, _open(row, keys)) for row in rows]


def _keys(key_ids: Iterable[int]) -> dict[KeyId, TextKey]:
    along = _ALONG.get()
    keys = _unwrapped(key_ids if along is None else along.take_along(key_ids))
    if along is not None:
        along.note(keys)
    return keys


def _unwrapped(key_ids: Iterable[int]) -> dict[KeyId, TextKey]:
    ring = RingKey.objects.filter(pk__in=list(key_ids)).only("id", "wrapped", "operator_key")
    try:
        return key_service().unwrap(_wrapped(ring))
    except OperatorKeyMissing:
        # The key was rotated and retired since the query: look once more.
        return key_service().unwrap(_wrapped(ring.all()))


def _wrapped(rows: Iterable[RingKey]) -> list[WrappedKey]:
    return [WrappedKey(KeyId(row.pk), OperatorKeyId(row.operator_key), bytes(row.wrapped)) for row in rows]


def _open(row: SealedText, keys: dict[KeyId, TextKey]) -> Document:
    key = keys.get(KeyId(row.key_id)) if row.key_id is not None else None
    return decrypt_document(bytes(row.ciphertext), text_id=TextId(row.pk), key=key) if key else Erased()


def count_wrapped() -> dict[OperatorKeyId, int]:
    """How many texts' keys each of the operator's keys wraps."""
    rows = RingKey.objects.values_list("operator_key").annotate(number=Count("pk")).order_by()
    return {OperatorKeyId(operator_key): number for operator_key, number in rows}


def count_keyless_texts() -> int:
    """How many texts name a key that the ring does not hold."""
    return sum(len(texts) for texts in keyless_texts())


def keyless_texts() -> Iterator[list[TextId]]:
    """Those texts, batch by batch."""
    rows = SealedText.objects.filter(key_id__isnull=False).order_by("pk").values_list("pk", "key_id")
    for batch in _batches(rows):
        held = set(RingKey.objects.filter(pk__in=[key_id for _pk, key_id in batch]).values_list("pk", flat=True))
        yield [TextId(pk) for pk, key_id in batch if key_id not in held]


def count_textless_keys() -> int:
    """How many keys no text names, those of texts under way among them."""
    return sum(len(keys) for keys in textless_keys())


def textless_keys(before: date | None = None) -> Iterator[list[KeyId]]:
    """Those keys, batch by batch; with a date only those made before it."""
    ring = RingKey.objects.filter(made_on__lt=before) if before else RingKey.objects.all()
    for batch in _batches(ring.order_by("pk").values_list("pk", "pk")):
        key_ids = [key_id for key_id, _again in batch]
        named = set(SealedText.objects.filter(key_id__in=key_ids).values_list("key_id", flat=True))
        yield [KeyId(key_id) for key_id in key_ids if key_id not in named]


def _batches(rows: QuerySet[T, tuple[int, int | None]]) -> Iterator[list[tuple[int, int | None]]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1][0]
        yield batch
