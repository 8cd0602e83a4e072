"""Learning the registrars' editions: signature, chain back to the last one known, then the rolls' roots and sizes.

Only the manifest is fetched: it is signed, and names every root. What is asked of a registrar says nothing of any member.
"""

from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction

from curbside.anonymous.membership.models import Edition, EditionRoll, Member
from curbside.anonymous.membership.queries import accepted_hosts, newest_edition
from curbside.credential.edition import Manifest, check_follows
from curbside.credential.edition_source import EditionSource, read_edition, read_latest, source_at
from curbside.credential.errors import ChainBroken
from curbside.credential.names import Host
from curbside.kit.clock import today
from curbside.kit.registrars import Registrar


def learn_editions(*, registrar: Registrar) -> list[Edition]:
    """Fetch, check and keep the registrar's editions since the last one known; raises credential.errors.CredentialError."""
    known = newest_edition(registrar.host)
    source, key = source_at(registrar.source), Ed25519PublicKey.from_public_bytes(registrar.public_key)
    latest = read_latest(source, key, Host(registrar.host))
    if known and latest.number <= known.number:
        _check_same(latest, known)
        return []
    chain = _chain_back(latest, Manifest.decode(bytes(known.manifest)) if known else None, source, key)
    return _keep(chain, known)


def _check_same(latest: Manifest, known: Edition) -> None:
    if latest.number < known.number:
        raise ChainBroken(f"the registrar shows edition {latest.number}, but edition {known.number} is known here")
    if latest.address != known.digest:
        raise ChainBroken(f"there are two editions {known.number}")


def _chain_back(latest: Manifest, known: Manifest | None, source: EditionSource, key: Ed25519PublicKey) -> list[Manifest]:
    """The editions after the one known, or from the first one on, oldest first, each checked against the one before it."""
    chain = [latest]
    first = known.number + 1 if known else 1
    while chain[-1].number > first:
        later = chain[-1]
        if later.previous is None:
            raise ChainBroken(f"edition {later.number} names no edition before it")
        earlier = read_edition(source, later.previous, key, later.registrar)
        check_follows(later, earlier)
        chain.append(earlier)
    if known:
        check_follows(chain[-1], known)
    return chain[::-1]


@transaction.atomic
def _keep(chain: Sequence[Manifest], known: Edition | None) -> list[Edition]:
    kept: list[Edition] = []
    before = known
    for manifest in chain:
        if before:
            before.replaced_on = manifest.date
            before.save(update_fields=["replaced_on"])
        before = _keep_one(manifest)
        kept.append(before)
    return kept


def _keep_one(manifest: Manifest) -> Edition:
    edition = Edition.objects.create(
        registrar=manifest.registrar,
        number=manifest.number,
        digest=manifest.address,
        manifest=manifest.encode(),
        k=manifest.k,
        date=manifest.date,
    )
    EditionRoll.objects.bulk_create(
        EditionRoll(edition=edition, roll=roll.name, size=roll.size, root=str(roll.root)) for roll in manifest.rolls
    )
    return edition


def count_unvouched() -> int:
    """How many members, whose term would run, no accepted registrar vouches for: they read only. Without any registrar, none."""
    hosts = accepted_hosts()
    if not hosts:
        return 0
    running = Member.objects.filter(is_demo=False, banned=False, term_ends_on__gte=today())
    return running.exclude(vouches__registrar__in=hosts).count()
