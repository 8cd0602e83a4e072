"""A passkey in software (W3C WebAuthn level 3): ES256, attestation "none", user verified, with a key that is the same in every run."""

import base64
import hashlib
import json
import struct

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

HOST, ORIGIN = "community.localhost", "http://community.localhost:8003"


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class SoftPasskey:
    """One credential; ``number`` is its private key, as in make_knocks.mjs."""

    def __init__(self, number: int, *, counts: bool = True, uses: int = 0) -> None:
        self._key = ec.derive_private_key(number, ec.SECP256R1())
        self.credential_id = hashlib.sha256(f"credential {number}".encode()).digest()
        self._counts, self.uses = counts, uses

    def public_key(self) -> bytes:
        point = self._key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})

    def create(self, challenge: str) -> dict[str, object]:
        credential = bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + self.public_key()
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": self._data(0x45) + credential})
        return self._answer({"clientDataJSON": _text(self._client("webauthn.create", challenge)), "attestationObject": _text(attestation)})

    def use(self, challenge: str) -> dict[str, object]:
        client, data = self._client("webauthn.get", challenge), self._data(0x05)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer({"clientDataJSON": _text(client), "authenticatorData": _text(data), "signature": _text(signature)})

    def _data(self, flags: int) -> bytes:
        self.uses += self._counts
        return hashlib.sha256(HOST.encode()).digest() + bytes([flags]) + struct.pack(">I", self.uses)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": ORIGIN, "crossOrigin": False}).encode()

    def _answer(self, response: dict[str, str]) -> dict[str, object]:
        return {"id": _text(self.credential_id), "rawId": _text(self.credential_id), "type": "public-key", "response": response}
