"""After a theft or a loss: the whole chain signed anew, or editions taken up that a restored database does not know.

What others hold of the chain stays true: manifests keep their bytes, and so their addresses.
"""

from itertools import pairwise

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from curbside.credential.edition import Manifest, check_follows
from curbside.credential.edition_source import EditionSource, read_edition, read_latest, read_pointer
from curbside.credential.edition_store import EditionStore
from curbside.credential.names import host
from curbside.credential.roll_file import RollFile
from curbside.kit.errors import Conflict
from curbside.named.roll import queries
from curbside.named.roll.models import Edition
from curbside.named.roll.publishing import FolderAhead, held_by_newest, only_publisher, record_edition
from curbside.named.roll.signing import signing_key


def rewrite_editions() -> int:
    """Write every edition that the database knows again, under the present key; gives how many."""
    with only_publisher():
        store, chain = EditionStore(settings.ROLL_DIR), [Manifest.decode(bytes(row.manifest)) for row in Edition.objects.order_by("number")]
        if not chain:
            raise Conflict(_("There is no edition yet."))
        if store.has_edition() and read_pointer(store.source).number > chain[-1].number:
            raise FolderAhead(_("The roll folder holds a newer edition than this database: run `curbside roll adopt` first."))
        missing = (roll for roll in chain[-1].rolls if not store.has_roll(roll.file))
        store.rewrite(chain, (RollFile.build(held_by_newest(roll.name)) for roll in missing), signing_key())
    return len(chain)


def adopt_editions(*, source: EditionSource) -> list[Edition]:
    """Take up the editions that follow the newest one known here; raises credential.errors.CredentialError.

    They are this registrar's own, from before the loss: signed by its key, and a chain. Commitments that came after the backup are
    not in it: they drop out of their roll when it next changes, unless they are handed in again.
    """
    key, registrar = signing_key().public_key(), host(settings.REGISTRAR_HOST)
    with only_publisher(), transaction.atomic():
        newest = queries.newest_edition()
        latest = read_latest(source, key, registrar)
        if newest and latest.number <= newest.number:
            return []
        adopted, before = [], newest
        for manifest in _chain_after(newest, latest, source, key):
            before = record_edition(manifest=manifest, previous=before)
            adopted.append(before)
    return adopted


def _chain_after(newest: Edition | None, latest: Manifest, source: EditionSource, key: Ed25519PublicKey) -> list[Manifest]:
    """Oldest first."""
    chain = [latest]
    while chain[-1].previous is not None and not (newest and chain[-1].number == newest.number + 1):
        chain.append(read_edition(source, chain[-1].previous, key, latest.registrar))
    known = [Manifest.decode(bytes(newest.manifest))] if newest else []
    for earlier, later in pairwise([*known, *chain[::-1]]):
        check_follows(later, earlier)
    return chain[::-1]
