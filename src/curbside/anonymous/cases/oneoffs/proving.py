"""Verifies the packets of a one-off act: cheap checks of all, then the equations in the process apart. Learns nullifiers, and not whose."""

from collections.abc import Sequence

from curbside.anonymous.membership.knocking import KnockRefused
from curbside.anonymous.membership.queries import accepted_roll
from curbside.anonymous.membership.verifying import proof_worker
from curbside.credential.errors import CredentialError
from curbside.credential.field import Nullifier
from curbside.credential.knock import CheckedPacket, KnockTerms, check_packet, packet_from_fragment


def verify(*asked: tuple[str, KnockTerms]) -> list[Nullifier]:
    """The nullifier of each packet under its terms; raises KnockRefused or Busy. Outside any transaction."""
    try:
        checked = [check_packet(packet_from_fragment(packet), terms, accepted_roll) for packet, terms in asked]
        return _check_equations(checked)
    except CredentialError as error:
        raise KnockRefused(error) from error


def _check_equations(checked: Sequence[CheckedPacket]) -> list[Nullifier]:
    worker = proof_worker()
    with worker.slot():
        return [worker.run(CheckedPacket.check_equations, packet).nullifier for packet in checked]
