"""A passkey in software (W3C WebAuthn level 3): ES256, attestation "none", user verified. Each site's driver holds its own."""

import base64
import hashlib
import json
import secrets
import struct

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

_PRESENT_VERIFIED = 0x05
_NEW_CREDENTIAL = 0x40


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Passkey:
    """One credential for one host."""

    def __init__(self, host: str, origin: str) -> None:
        self._host, self._origin = host, origin
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._id = secrets.token_bytes(32)
        self._uses = 0

    def _authenticator_data(self, flags: int) -> bytes:
        self._uses += 1
        return hashlib.sha256(self._host.encode()).digest() + bytes([flags]) + struct.pack(">I", self._uses)

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self._origin, "crossOrigin": False}).encode()

    def _public_key(self) -> bytes:
        point = self._key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})

    def create(self, options: dict[str, str]) -> dict[str, object]:
        """The answer to creation options."""
        client = self._client_data("webauthn.create", options["challenge"])
        credential = bytes(16) + struct.pack(">H", len(self._id)) + self._id + self._public_key()
        data = self._authenticator_data(_PRESENT_VERIFIED | _NEW_CREDENTIAL) + credential
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({"clientDataJSON": _text(client), "attestationObject": _text(attestation)})

    def get(self, options: dict[str, str]) -> dict[str, object]:
        """The answer to request options."""
        client = self._client_data("webauthn.get", options["challenge"])
        data = self._authenticator_data(_PRESENT_VERIFIED)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {"clientDataJSON": _text(client), "authenticatorData": _text(data), "signature": _text(signature)}
        return self._answer(response)

    def _answer(self, response: dict[str, str]) -> dict[str, object]:
        return {"id": _text(self._id), "rawId": _text(self._id), "type": "public-key", "response": response, "clientExtensionResults": {}}
