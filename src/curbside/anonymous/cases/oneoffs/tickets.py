"""Tickets: what a one-off act was begun for, signed and handed to the browser, because here nothing is kept between begin and finish.

A row for each act under way would tell, in its order and its minute, what a thief wants to know. The challenge in the ticket is
fresh; since the ticket ties it to the digest of the words, a proof made for it posts these words in this place and nothing else.
"""

import hashlib
import hmac
import secrets
from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from curbside.credential.knock import Challenge, KnockTerms, Purpose
from curbside.credential.names import Host, decode_base64url, encode_base64url
from curbside.kit.clock import today
from curbside.kit.errors import PublicError
from curbside.kit.ids import public_id, random_id

LASTS: Final = 60 * 60
"""Seconds: time for a proof on an old phone, with the words looked up."""
_SALT: Final = "curbside.oneoff.ticket"


class Act(StrEnum):
    """What is done as nobody."""

    POST = "post"
    ANSWER = "answer"
    EDIT = "edit"
    REMOVE = "remove"
    REMOVE_ANSWER = "unanswer"
    HELPED = "helped"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Ticket:
    """An act that was begun. For a post the case is new, for an answer the comment is."""

    act: Act
    case_id: int
    comment_id: int
    digest: str
    challenge: str
    day: str
    """Of a post: the day whose quota counts it. Otherwise empty."""

    @property
    def case_terms(self) -> KnockTerms:
        """What shows the author of this one case, again and again the same, and nowhere else."""
        return KnockTerms(
            Host(settings.ORIGIN.host), Challenge(decode_base64url(self.challenge)), Purpose.CASE, object_id=public_id(self.case_id)
        )

    @property
    def quota_terms(self) -> KnockTerms | None:
        """What counts the post for its day, where the act is one that counts."""
        if not self.day:
            return None
        return KnockTerms(Host(settings.ORIGIN.host), Challenge(decode_base64url(self.challenge)), Purpose.QUOTA, epoch=self.day)

    def wallet_url(self) -> str:
        """Where the wallet is asked to prove; the page's script adds the key of the draft, which no server sees."""
        asked = {
            "purpose": Purpose.CASE.value,
            "object": public_id(self.case_id),
            "epoch": "",
            "challenge": self.challenge,
            "passkey": "-",
            "badges": "",
            "quota": self.day,
        }
        return f"{settings.WALLET_ORIGIN}/#prove?{urlencode(asked, quote_via=quote, safe='')}"

    def covers(self, draft: str) -> bool:
        """Whether these are the words it was begun for."""
        return hmac.compare_digest(self.digest, hashlib.sha256(draft.encode()).hexdigest())

    def signed(self) -> str:
        """As the browser carries it."""
        return signing.dumps(astuple(self), salt=_SALT)


def begin(act: Act, *, case_id: int, comment_id: int, digest: str) -> Ticket:
    """A ticket under a fresh challenge; what is new gets its id here."""
    return Ticket(
        act=act,
        case_id=random_id() if act is Act.POST else case_id,
        comment_id=random_id() if act is Act.ANSWER else comment_id,
        digest=digest,
        challenge=encode_base64url(secrets.token_bytes(32)),
        day=today().isoformat() if act is Act.POST else "",
    )


def read(text: str) -> Ticket:
    """The ticket of this text; raises PublicError where it is not ours, too old, or its day is over."""
    try:
        act, *rest = signing.loads(text, salt=_SALT, max_age=LASTS)
    except signing.SignatureExpired as error:
        raise PublicError(_("More than an hour has passed since you began. Your words are still here: open the wallet again.")) from error
    except signing.BadSignature as error:
        raise PublicError(_("That could not be read. Your words are still here: open the wallet again.")) from error
    ticket = Ticket(Act(act), *rest)
    if ticket.day and ticket.day != today().isoformat():
        raise PublicError(_("A new day (UTC) has begun; the proof was for the old one. Your words are still here: open the wallet again."))
    return ticket
