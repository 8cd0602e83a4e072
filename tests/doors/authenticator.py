"""A passkey that can also lie: about its host, its origin, its counter, and whether anybody was there."""

import hashlib
import struct

from tests.drill.authenticator import Passkey

PRESENT, VERIFIED = 0x01, 0x04


class LyingPasskey(Passkey):
    """One credential whose next answers are as its attributes say."""

    def __init__(self, host: str, origin: str, *, counts: bool = True) -> None:
        super().__init__(host, origin)
        self.host, self.origin, self.counts = host, origin, counts
        self.used = 0
        self.takes_away = 0
        """Flags left out of the next answers: PRESENT, VERIFIED."""

    @property
    def credential_id(self) -> bytes:
        return self._id

    @property
    def public_key(self) -> bytes:
        return self._public_key()

    def _authenticator_data(self, flags: int) -> bytes:
        self.used += self.counts
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags & ~self.takes_away]) + struct.pack(">I", self.used)

    def _client_data(self, kind: str, challenge: str) -> bytes:
        self._origin = self.origin
        return super()._client_data(kind, challenge)
