"""One-time links: the token is in the link only, its hash in the database."""

import hashlib
import secrets
from typing import NewType

Token = NewType("Token", str)


def new_token() -> Token:
    """32 random bytes as base64url."""
    return Token(secrets.token_urlsafe(32))


def token_hash(token: Token) -> bytes:
    """What is stored; a random token needs no salt."""
    return hashlib.sha256(b"curbside link\n" + token.encode()).digest()
