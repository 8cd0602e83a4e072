"""Publishing editions: trees are built outside the transaction, the database decides, the folder's pointer moves last.

An edition that the database holds is finished from it, however often the process was cut short in between: the places
held are exactly what the newest edition's rolls list until the next one is decided.
"""

import fcntl
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from curbside.credential.edition import Manifest, RollEntry
from curbside.credential.edition_source import read_pointer, roll_path
from curbside.credential.edition_store import EditionStore
from curbside.credential.field import parse_field_element
from curbside.credential.names import RollName, Sha256, host
from curbside.credential.roll_file import RollFile
from curbside.kit.errors import Conflict
from curbside.named.roll import queries
from curbside.named.roll.models import Commitment, Edition, EditionRoll, Place
from curbside.named.roll.places import settle_places
from curbside.named.roll.schedule import EditionPlan, RollPlan
from curbside.named.roll.signing import signing_key

logger = logging.getLogger("curbside.roll")
_BATCH = 2_000


class FolderAhead(Conflict):
    """The folder has an edition that this database never decided: one of the two was restored from an old backup."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: the edition it published or none, what it weighed, and whether it finished one cut short."""

    edition: Edition | None
    plan: EditionPlan
    finished_former: bool


@dataclass(frozen=True, slots=True)
class _Draft:
    """An edition that is not decided yet: its manifest, the files that are new, the places that it gives."""

    manifest: Manifest
    files: tuple[RollFile, ...]
    admitted: tuple[int, ...]


def publish_edition(*, day: date, now: bool = False, processes: int = 1) -> Outcome:
    """Publish an edition if one is due; ``now`` waives the interval, but neither k nor the waits."""
    with only_publisher():
        finished = finish_former(processes=processes)
        settle_places(day)
        plan = queries.coming_edition(day)
        newest = queries.newest_edition()
        if not _is_due(plan, newest, day, now=now):
            return Outcome(None, plan, finished)
        draft = _draft(plan, newest, day, processes)
        edition = _decide(draft, newest)
        EditionStore(settings.ROLL_DIR).publish(draft.manifest, draft.files, signing_key())
    logger.info("edition %d published", edition.number)
    return Outcome(edition, plan, finished)


def publish_if_at_once(*, day: date) -> None:
    """In a demo an edition follows each commitment."""
    if settings.PUBLISH_AT_ONCE:
        publish_edition(day=day)


def finish_former(*, processes: int = 1) -> bool:
    """Write the newest edition's files and pointer if the folder does not have them; whether that was needed."""
    store, newest = EditionStore(settings.ROLL_DIR), queries.newest_edition()
    pointer = read_pointer(store.source) if store.has_edition() else None
    decided = newest.number if newest else 0
    if pointer and (pointer.number > decided or (newest and pointer.number == decided and pointer.edition != newest.digest)):
        raise FolderAhead(
            _("The roll folder holds edition %(number)d, which this database does not know: see `curbside roll adopt`.")
            % {"number": pointer.number}
        )
    if newest is None or (pointer and pointer.number == decided):
        return False
    manifest = Manifest.decode(bytes(newest.manifest))
    store.publish(manifest, (RollFile.build(held_by_newest(roll.name), processes) for roll in manifest.rolls), signing_key())
    logger.warning("edition %d was cut short and is now finished", newest.number)
    return True


@contextmanager
def only_publisher() -> Iterator[None]:
    """One at a time on a host; between hosts the database's chain of editions decides."""
    settings.ROLL_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.ROLL_DIR / ".publishing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_due(plan: EditionPlan, newest: Edition | None, day: date, *, now: bool) -> bool:
    """By schedule an edition comes out changed or not, so that its coming says nothing. The first waits for a roll."""
    if newest is None and not plan.published:
        return False
    if now:
        return True
    return plan.changes if queries.policy().at_once else plan.due_on <= day


def _draft(plan: EditionPlan, newest: Edition | None, day: date, processes: int) -> _Draft:
    former = {roll.name: roll for roll in queries.rolls_of_edition(newest)} if newest else {}
    entries, files, admitted = [], [], []
    for roll in plan.published:
        again = former.get(roll.name)
        if again and not roll.changes and (settings.ROLL_DIR / roll_path(Sha256(again.file))).exists():
            entries.append(RollEntry(roll.name, again.size, parse_field_element(again.root), Sha256(again.file)))
            continue
        coming = _coming(roll)
        file = RollFile.build((int.from_bytes(place.value) for place in coming), processes)
        files.append(file)
        entries.append(RollEntry(roll.name, file.size, file.root, file.digest))
        admitted += [place.pk for place in coming if place.waits]
    return _Draft(_manifest(entries, newest, day), tuple(files), tuple(admitted))


@dataclass(frozen=True, slots=True)
class _Coming:
    """A place that the coming edition holds."""

    pk: int
    value: bytes
    waits: bool


def _coming(roll: RollPlan) -> list[_Coming]:
    """Who stays, and with them who waits if the roll takes them up."""
    places = Place.objects.filter(roll=roll.name, leaves=False)
    if not roll.admits:
        places = places.held()
    elif roll.within:
        places = places.filter(Q(edition__isnull=False) | Q(Exists(Place.objects.on_country())))
    rows = places.values_list("pk", "commitment__value", "edition")
    return [_Coming(pk, bytes(value), edition is None) for pk, value, edition in rows.iterator()]


def held_by_newest(roll: RollName) -> Iterator[int]:
    """What the newest edition lists on a roll."""
    values = Place.objects.held().filter(roll=roll).values_list("commitment__value", flat=True)
    return (int.from_bytes(bytes(value)) for value in values.iterator())


def _manifest(entries: list[RollEntry], newest: Edition | None, day: date) -> Manifest:
    sums = settings.WALLET_SUMS_FILE
    return Manifest(
        registrar=host(settings.REGISTRAR_HOST),
        number=newest.number + 1 if newest else 1,
        date=day,
        previous=Sha256(newest.digest) if newest else None,
        k=settings.ROLL_LEAST,
        rolls=tuple(sorted(entries, key=lambda entry: entry.name)),
        registers=queries.register_counts(),
        wallet=Sha256(hashlib.sha256(sums.read_bytes()).hexdigest()) if sums.is_file() else None,
    )


def _decide(draft: _Draft, newest: Edition | None) -> Edition:
    """Write the edition into the chain; whoever comes second finds the number taken."""
    manifest = draft.manifest
    try:
        with transaction.atomic():
            edition = record_edition(manifest=manifest, previous=newest)
            _drop_leaving(manifest.date)
            _hold(draft.admitted, edition)
    except IntegrityError as error:
        raise Conflict(_("Another process published an edition meanwhile. Nothing was changed; run this again.")) from error
    return edition


def record_edition(*, manifest: Manifest, previous: Edition | None) -> Edition:
    """The edition's rows. Call inside a transaction."""
    edition = Edition.objects.create(
        number=manifest.number, published_on=manifest.date, digest=manifest.address, manifest=manifest.encode(), previous=previous
    )
    EditionRoll.objects.bulk_create(
        EditionRoll(edition=edition, name=roll.name, size=roll.size, root=str(roll.root), file=roll.file) for roll in manifest.rolls
    )
    return edition


def _drop_leaving(day: date) -> None:
    """Those who leave, leave; what replaces one of them may join a term after this edition."""
    leaving = Place.objects.held().filter(leaves=True)
    elsewhere = Place.objects.held().filter(leaves=False, commitment=OuterRef("commitment"))
    dropped = sorted(set(leaving.filter(~Exists(elsewhere)).values_list("commitment_id", flat=True)))
    for at in range(0, len(dropped), _BATCH):
        ids = dropped[at : at + _BATCH]
        joins_from = day + timedelta(days=settings.TERM_DAYS)
        Commitment.objects.filter(pk__in=ids).update(left_on=day)
        Commitment.objects.current().filter(licence__commitments__in=ids).exclude(pk__in=ids).update(joins_from=joins_from)
    leaving.delete()


def _hold(admitted: tuple[int, ...], edition: Edition) -> None:
    """Give the places their edition; if one was withdrawn since the trees were built, nothing of this counts."""
    held = 0
    for at in range(0, len(admitted), _BATCH):
        held += Place.objects.waiting().filter(pk__in=admitted[at : at + _BATCH]).update(edition=edition.number)
    if held != len(admitted):
        raise Conflict(_("A commitment was withdrawn meanwhile. Nothing was changed; run this again."))
    Commitment.objects.filter(~Q(left_on=None), places__edition__isnull=False).update(left_on=None)
