"""A knock under way: what a visitor's session keeps between choosing a pseudonym and coming back from the wallet.

The session holds nothing that the site would not know of the member anyway, and forgets it when the challenge is used, or an hour later.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext_lazy as _

from curbside.credential.errors import CredentialError
from curbside.credential.knock import Challenge, KnockTerms, PasskeyDigest, Purpose
from curbside.credential.names import Badge, Host, decode_base64url, encode_base64url
from curbside.kit.errors import PublicError
from curbside.kit.passkeys import CredentialId, NewPasskey, PublicKey
from curbside.kit.sessions import keep_for_an_hour, kept

_IN_SESSION = "knock"


class Kind(StrEnum):
    """What the visitor means to do. The proof is the same for all three."""

    JOIN = "join"
    RECOVER = "recover"
    RENEW = "renew"


class NoKnock(PublicError):
    """There is no challenge to answer: used, or never asked for."""


@dataclass(frozen=True, slots=True)
class PendingKnock:
    """All values are text or numbers, because a session keeps JSON."""

    kind: Kind
    challenge: str
    badges: tuple[str, ...] = ()
    pseudonym: str = ""
    drop_old_passkeys: bool = False
    credential_id: str = ""
    public_key: str = ""

    @property
    def needs_passkey(self) -> bool:
        """Whether a new passkey has yet to be made."""
        return self.kind is not Kind.RENEW and not self.credential_id

    @property
    def passkey(self) -> NewPasskey | None:
        """The passkey made for this knock, if it brings one."""
        if not self.credential_id:
            return None
        return NewPasskey(CredentialId(decode_base64url(self.credential_id)), PublicKey(decode_base64url(self.public_key)))

    def terms(self) -> KnockTerms:
        """What the proof must be made for."""
        return KnockTerms(
            community=Host(settings.ORIGIN.host),
            challenge=Challenge(decode_base64url(self.challenge)),
            purpose=Purpose.MEMBER,
            passkey=PasskeyDigest(hashlib.sha256(self.passkey.public_key).digest()) if self.passkey else None,
            badges=tuple(Badge.parse(badge) for badge in self.badges),
        )

    def wallet_url(self) -> str:
        """Where the wallet is asked to prove."""
        terms = self.terms()
        asked = {
            "purpose": terms.purpose.value,
            "object": terms.object_id,
            "epoch": terms.epoch,
            "challenge": self.challenge,
            "passkey": encode_base64url(terms.passkey) if terms.passkey else "-",
            "badges": ",".join(self.badges),
        }
        return f"{settings.WALLET_ORIGIN}/#prove?{urlencode(asked, quote_via=quote, safe='')}"


def begin(session: SessionBase, *, kind: Kind, badges: Sequence[str], pseudonym: str = "", drop_old_passkeys: bool = False) -> PendingKnock:
    """Start a knock under a fresh challenge; one begun before in this session is forgotten."""
    knock = PendingKnock(
        kind=kind,
        challenge=encode_base64url(secrets.token_bytes(32)),
        badges=tuple(sorted(set(badges))),
        pseudonym=pseudonym,
        drop_old_passkeys=drop_old_passkeys,
    )
    _store(session, knock)
    return knock


def bring_passkey(session: SessionBase, passkey: NewPasskey) -> PendingKnock:
    """Tie the new passkey to the knock under way; the challenge is made anew with it."""
    knock = replace(
        pending(session),
        challenge=encode_base64url(secrets.token_bytes(32)),
        credential_id=encode_base64url(passkey.credential_id),
        public_key=encode_base64url(passkey.public_key),
    )
    _store(session, knock)
    return knock


def pending(session: SessionBase) -> PendingKnock:
    """The knock under way; raises NoKnock."""
    fields = kept(session, _IN_SESSION)
    if not isinstance(fields, dict):
        raise NoKnock(_("This request was answered already, or is too old. Start again from the beginning."))
    try:
        return PendingKnock(**{**fields, "kind": Kind(fields["kind"]), "badges": tuple(fields["badges"])})
    except (KeyError, TypeError, ValueError, CredentialError) as error:
        raise NoKnock(_("This request is too old. Start again from the beginning.")) from error


def use_up(session: SessionBase) -> None:
    """Forget the knock, and write that down at once: a challenge serves once, also when two answers come together."""
    session.pop(_IN_SESSION, None)
    session.save()


def _store(session: SessionBase, knock: PendingKnock) -> None:
    keep_for_an_hour(session, _IN_SESSION, asdict(knock))
