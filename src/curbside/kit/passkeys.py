"""Passkey ceremonies (W3C WebAuthn level 3) over py_webauthn. No attestation; the authenticator's model is never looked at.

Nor is its signature counter, which many keep for all sites together (docs/decisions/0043-no-signature-counters.md).
A ceremony is two steps: options for the browser, with a challenge kept in the session, then the
browser's answer. A challenge serves once.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Final, NewType

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext_lazy as _
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from curbside.kit.environment import Origin
from curbside.kit.errors import PublicError
from curbside.kit.sessions import keep_for_an_hour, kept

CredentialId = NewType("CredentialId", bytes)
PublicKey = NewType("PublicKey", bytes)

_CHALLENGE = "passkey_challenge"
_LARGEST_ANSWER = 16_384
_ALGORITHMS: Final = [COSEAlgorithmIdentifier.ECDSA_SHA_256, COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256]
"""ES256 first, which nearly every authenticator makes: a rarer kind sets its owner apart on both sides. RS256 is for Windows Hello."""


class PasskeyRefused(PublicError):
    """The browser's answer did not verify."""


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What a registration yields: the credential's id and its COSE public key."""

    credential_id: CredentialId
    public_key: PublicKey


def creation_options(session: SessionBase, *, site: Origin, site_name: str, label: str, known: list[CredentialId]) -> dict[str, object]:
    """Options for navigator.credentials.create(); ``label`` is shown by the system, so it must name nobody.

    The user handle is random and not stored: it links a passkey to nothing.
    """
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=site_name,
        user_id=secrets.token_bytes(32),
        user_name=label,
        user_display_name=label,
        attestation=AttestationConveyancePreference.NONE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        supported_pub_key_algs=_ALGORITHMS,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=credential) for credential in known],
    )
    return _remember(session, options.challenge, options_to_json(options))


def request_options(session: SessionBase, *, site: Origin) -> dict[str, object]:
    """Options for navigator.credentials.get(), for any passkey of this host."""
    options = generate_authentication_options(rp_id=site.host, user_verification=UserVerificationRequirement.REQUIRED)
    return _remember(session, options.challenge, options_to_json(options))


def verify_creation(session: SessionBase, answer: str, *, site: Origin) -> NewPasskey:
    """Check the answer to ``creation_options``; raises PasskeyRefused."""
    fields = _parse(answer)
    try:
        verified = verify_registration_response(
            credential=fields,
            expected_challenge=_take_challenge(session),
            expected_rp_id=site.host,
            expected_origin=str(site),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused(_("That passkey could not be checked. Try again.")) from error
    return NewPasskey(CredentialId(verified.credential_id), PublicKey(verified.credential_public_key))


def answered_credential(answer: str) -> CredentialId:
    """The credential id an answer claims, to look its key up; proves nothing yet."""
    try:
        return CredentialId(base64url_to_bytes(str(_parse(answer)["rawId"])))
    except (KeyError, ValueError) as error:
        raise PasskeyRefused(_("That passkey could not be read. Try again.")) from error


def verify_request(session: SessionBase, answer: str, *, site: Origin, public_key: PublicKey) -> None:
    """Check the answer to ``request_options`` against a stored key; raises PasskeyRefused. Its counter is neither compared nor kept."""
    fields = _parse(answer)
    try:
        verify_authentication_response(
            credential=fields,
            expected_challenge=_take_challenge(session),
            expected_rp_id=site.host,
            expected_origin=str(site),
            credential_public_key=public_key,
            credential_current_sign_count=0,  # any counter passes, also none
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused(_("That passkey was not accepted. Try again, or use another one.")) from error


def _remember(session: SessionBase, challenge: bytes, options: str) -> dict[str, object]:
    keep_for_an_hour(session, _CHALLENGE, bytes_to_base64url(challenge))
    parsed: dict[str, object] = json.loads(options)
    return parsed


def _take_challenge(session: SessionBase) -> bytes:
    challenge = kept(session, _CHALLENGE)
    session.pop(_CHALLENGE, None)
    if not isinstance(challenge, str):
        raise PasskeyRefused(_("This page has been open too long. Reload it and try again."))
    return base64url_to_bytes(challenge)


def _parse(answer: str) -> dict[str, object]:
    """The answer's fields; a body that carries PRF output is refused, since it would hand the server a secret."""
    if len(answer) > _LARGEST_ANSWER:
        raise PasskeyRefused(_("That passkey's answer is too long."))
    try:
        fields = json.loads(answer)
    except ValueError as error:
        raise PasskeyRefused(_("That passkey could not be read. Try again.")) from error
    if not isinstance(fields, dict):
        raise PasskeyRefused(_("That passkey could not be read. Try again."))
    extensions = fields.get("clientExtensionResults")
    if isinstance(extensions, dict) and "prf" in extensions:
        raise PasskeyRefused(_("This page sent more than it should have. Reload it and try again."))
    return fields
