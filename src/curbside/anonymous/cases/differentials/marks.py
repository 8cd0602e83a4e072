"""What stands in a list's row in place of its member: a number of this case alone, by which the member finds their own list again.

Without the case's sealed salt it cannot be computed for anybody, so the database alone joins no list to a member. Whoever opens the
salt, as the server can, finds the member by trying all.
"""

import hashlib
import hmac
import secrets
from typing import Final

_BYTES: Final = 16


def fresh_salt() -> str:
    """For a case's sealed document."""
    return secrets.token_hex(_BYTES)


def mark_of(salt: str, member_id: int) -> str:
    """The member's mark in the case of this salt; empty where there is no salt, which is nobody's mark."""
    if not salt:
        return ""
    return hmac.new(bytes.fromhex(salt), member_id.to_bytes(8), hashlib.sha256).digest()[:_BYTES].hex()
