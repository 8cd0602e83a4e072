"""Writing, rewriting and erasing sealed texts, and care of the ring.

The ring is another database, so no transaction spans both. The order is always such that a crash leaves behind a key without a
text, which `sweep_keys` removes, and never a text without its key.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from curbside.anonymous.sealing.cipher import decrypt_document, encrypt_document, fresh_key
from curbside.anonymous.sealing.key_service import KeyService, OperatorKeyMissing, WrappedKey
from curbside.anonymous.sealing.key_services import key_service
from curbside.anonymous.sealing.models import ChangeCount, RingKey, SealedText
from curbside.anonymous.sealing.queries import key_of, keyless_texts, textless_keys
from curbside.anonymous.sealing.secrecy import Document, JSONValue, KeyId, OperatorKeyId, SealingError, TextId, TextKey
from curbside.kit.clock import today
from curbside.kit.ids import random_id
from curbside.kit.layers import SHARED

BATCH = 500
FEW_KEYS = 100


class NoSuchText(SealingError):
    """A text that is absent or erased cannot be rewritten."""


class TooManyKeys(SealingError):
    """More keys without a text than crashes explain; the sentence is for the operator."""


class KeyInUse(SealingError):
    """An operator's key that is still needed; the sentence is for the operator."""


def seal_text(*, document: Mapping[str, JSONValue]) -> TextId:
    """Store a document under a fresh key; gives its id. The key is written first."""
    return seal_texts(documents=[document])[0]


def seal_texts(*, documents: Sequence[Mapping[str, JSONValue]]) -> list[TextId]:
    """Store many documents at once, for seeding and imports; their ids in the same order."""
    made = [(TextId(random_id()), KeyId(random_id()), fresh_key()) for _ in documents]
    _add_to_ring([(text_id, key_id, key) for text_id, key_id, key in made])
    with transaction.atomic():
        change = _next_change()
        SealedText.objects.bulk_create(
            SealedText(pk=text_id, key_id=key_id, changed=change, ciphertext=encrypt_document(document, text_id=text_id, key=key))
            for (text_id, key_id, key), document in zip(made, documents, strict=True)
        )
    return [text_id for text_id, _key_id, _key in made]


def reseal_text(*, text_id: TextId, document: Mapping[str, JSONValue]) -> None:
    """Replace a document under a new key. The old key goes, so that no backup of the text can read the old version."""
    key_id, key = KeyId(random_id()), fresh_key()
    _add_to_ring([(text_id, key_id, key)])
    with transaction.atomic():
        row = SealedText.objects.select_for_update().filter(pk=text_id, key_id__isnull=False).first()
        if row is None:
            raise NoSuchText
        old_key_ids = [] if row.key_id is None else [row.key_id]
        row.ciphertext = encrypt_document(document, text_id=text_id, key=key)
        row.key_id, row.changed = key_id, _next_change(erasures=1)
        row.save(update_fields=["ciphertext", "key_id", "changed"])
        transaction.on_commit(lambda: _end_words(old_key_ids))


@transaction.atomic
def rewrite_text(*, text_id: TextId, change: Callable[[Document], Mapping[str, JSONValue]]) -> None:
    """Put in place what ``change`` makes of a document, under the same key: for what is one member's own and seen by nobody else.

    Unlike ``reseal_text`` it leaves no new day in the ring and no place in the order of changes, by which one could tell when the member
    was last here; so a backup of the text opens an old version for as long as the key is there. The row is locked meanwhile: nothing that
    two windows write at once is lost. Raises NoSuchText.
    """
    row = SealedText.objects.select_for_update().filter(pk=text_id, key_id__isnull=False).first()
    key = key_of(row) if row is not None else None
    if row is None or key is None:
        raise NoSuchText
    document = decrypt_document(bytes(row.ciphertext), text_id=text_id, key=key)
    row.ciphertext = encrypt_document(change(document), text_id=text_id, key=key)
    row.save(update_fields=["ciphertext"])


def mark_changed(*, text_id: TextId) -> None:
    """Have followers look anew at a text whose words stand, where something else has changed. Call inside a transaction."""
    SealedText.objects.filter(pk=text_id, key_id__isnull=False).update(changed=_next_change())


def erase_texts(*, text_ids: Collection[TextId]) -> None:
    """Make texts unreadable: their keys leave the ring once this is committed. Their rows stay, empty."""
    with transaction.atomic():
        rows = SealedText.objects.select_for_update().filter(pk__in=list(text_ids), key_id__isnull=False)
        key_ids = [row.key_id for row in rows.only("key_id") if row.key_id is not None]
        if not key_ids:
            return
        SealedText.objects.filter(key_id__in=key_ids).update(ciphertext=b"", key_id=None, changed=_next_change(erasures=1))
        transaction.on_commit(lambda: _end_words(key_ids))


def sweep_keys(*, however_many: bool = False) -> int:
    """Remove the ring's keys that no text names and that are older than a day; gives how many. Raises TooManyKeys."""
    day = today() - timedelta(days=1)
    if not however_many:
        _insist_on_few(sum(len(keys) for keys in textless_keys(day)))
    return sum(_remove_from_ring(keys) for keys in textless_keys(day))


def _insist_on_few(textless: int) -> None:
    """A crash leaves a key or two. Many mean that the texts are not all there: with their keys gone, no backup could bring them back."""
    if textless > max(FEW_KEYS, RingKey.objects.count() // 10):
        raise TooManyKeys(f"{textless} keys have no text. Were texts lost, or restored from an old backup? See `curbside texts settle`.")


def forget_order() -> int:
    """Forget the places of changes that were made before the last forgetting; gives how many texts had one."""
    with transaction.atomic():
        count = ChangeCount.objects.select_for_update().filter(pk=1).first()
        if count is None:
            return 0
        count.forgotten, count.before = count.before, count.changes
        count.save(update_fields=["forgotten", "before"])
        return SealedText.objects.filter(changed__gt=0, changed__lte=count.forgotten).update(changed=0)


def erase_keyless_texts() -> None:
    """Mark as erased, for good, the texts whose keys are gone."""
    for text_ids in keyless_texts():
        if text_ids:
            erase_texts(text_ids=text_ids)


def rotate_keys(*, service: KeyService) -> Iterator[int]:
    """Wrap every key under the service's current operator's key, batch by batch; gives the number done after each.

    It can be broken off and run again: only rows under other keys are touched. Reading goes on meanwhile.
    """
    current, done = service.current_key(), 0
    while rows := list(RingKey.objects.exclude(operator_key=current).order_by("pk")[:BATCH]):
        done += _rewrap(rows, service)
        yield done


def _rewrap(rows: Sequence[RingKey], service: KeyService) -> int:
    keys = service.unwrap([WrappedKey(KeyId(row.pk), OperatorKeyId(row.operator_key), bytes(row.wrapped)) for row in rows])
    _store(service.wrap(keys))
    return len(rows)


def retire_key(*, operator_key: OperatorKeyId, service: KeyService) -> None:
    """Destroy an operator's key that wraps nothing; raises KeyInUse."""
    if operator_key not in service.key_ids():
        raise OperatorKeyMissing(f"There is no operator's key {operator_key}.")
    if operator_key == service.current_key():
        raise KeyInUse(f"{operator_key} is the current key: run `curbside keys rotate` first.")
    wraps = RingKey.objects.filter(operator_key=operator_key).count()
    if wraps:
        raise KeyInUse(f"{operator_key} still wraps the keys of {wraps} texts: run `curbside keys rotate --finish` first.")
    service.remove_key(operator_key)


def _add_to_ring(keys: Sequence[tuple[TextId, KeyId, TextKey]]) -> None:
    texts = {key_id: text_id for text_id, key_id, _key in keys}
    clear = {key_id: key for _text_id, key_id, key in keys}
    service = key_service()
    wrapped = service.wrap(clear)
    RingKey.objects.bulk_create(
        RingKey(pk=row.key_id, text_id=texts[row.key_id], wrapped=row.data, operator_key=row.operator_key) for row in wrapped
    )
    if any(row.operator_key != service.current_key() for row in wrapped):
        # A rotation began since the wrapping, and may have ended before these rows were there to be seen.
        _store(service.wrap(clear))


def _store(wrapped: Sequence[WrappedKey]) -> None:
    """Put keys wrapped anew in place: by an update, never a save, since a key that was erased meanwhile must not come back."""
    with transaction.atomic(using="ring"):
        for row in wrapped:
            RingKey.objects.filter(pk=row.key_id).update(wrapped=row.data, operator_key=row.operator_key)


def _end_words(key_ids: Collection[int]) -> None:
    """What this process rendered goes first: should the ring be out of reach, `sweep_keys` removes the keys."""
    SHARED.drop()
    _remove_from_ring(key_ids)


def _remove_from_ring(key_ids: Collection[int]) -> int:
    return RingKey.objects.filter(pk__in=key_ids).delete()[0]


def _next_change(*, erasures: int = 0) -> int:
    """The next place in the order of changes; its row is locked until the commit, so that no follower sees a later number first."""
    count, one_more = ChangeCount.objects.filter(pk=1), {"changes": F("changes") + 1, "erasures": F("erasures") + erasures}
    if not count.update(**one_more):
        ChangeCount.objects.get_or_create(pk=1)
        count.update(**one_more)
    return ChangeCount.objects.values_list("changes", flat=True).get(pk=1)
