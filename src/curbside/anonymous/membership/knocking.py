"""From the wallet's packet to a member: cheap checks here, equations in the process apart, then one transaction.

Learns a nullifier and the rolls that were shown, and nothing else of who knocks.
"""

from http import HTTPStatus

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from curbside.anonymous.membership import knocks, queries
from curbside.anonymous.membership.actions import Answer, answer_knock
from curbside.anonymous.membership.knocks import NoKnock, PendingKnock
from curbside.anonymous.membership.models import Member
from curbside.anonymous.membership.verifying import proof_worker
from curbside.credential.errors import CredentialError
from curbside.credential.knock import CheckedPacket, Verified, check_packet, packet_from_fragment
from curbside.kit.errors import PublicError


class KnockRefused(PublicError):
    """The proof does not hold, or not for what was asked."""

    def __init__(self, error: CredentialError) -> None:
        super().__init__(gettext(error.sentence))
        self.status = HTTPStatus(error.status)


def finish_knock(*, session: SessionBase, packet: str, renewing: Member | None) -> Answer:
    """Verify the packet against the knock under way; raises NoKnock, KnockRefused, Busy, NotAllowed or Conflict.

    The challenge is used up just before the equations: a packet that was made for another knock, or that comes when all places are taken,
    does not cost the visitor theirs.
    """
    knock = knocks.pending(session)
    if knock.needs_passkey:
        raise NoKnock(_("Make a passkey first: without it you could not sign in again."))
    checked = _check(packet, knock)
    with proof_worker().slot():
        knocks.use_up(session)
        verified = _verify(checked)
    rolls = queries.accepted_rolls(verified.rolls)
    return answer_knock(knock=knock, nullifier=verified.nullifier, rolls=[rolls[roll] for roll in verified.rolls], renewing=renewing)


def _check(packet: str, knock: PendingKnock) -> CheckedPacket:
    try:
        return check_packet(packet_from_fragment(packet), knock.terms(), queries.accepted_roll)
    except CredentialError as error:
        raise KnockRefused(error) from error


def _verify(checked: CheckedPacket) -> Verified:
    try:
        return proof_worker().run(CheckedPacket.check_equations, checked)
    except CredentialError as error:
        raise KnockRefused(error) from error
