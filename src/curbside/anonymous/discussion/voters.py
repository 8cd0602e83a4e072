"""Who voted, so that nobody does twice and nobody can read off who did: a code of member and thread under a key outside the database.

A thief of the database and its backups learns of no reaction whose it is, nor that two in different threads are one reader's. Whoever has
the secret key too can try every member. When the key is replaced, codes of former keys count as long as those are kept.
"""

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT: Final = "curbside.discussion.voter"
_LETTERS: Final = 32


def voter_codes(*, member_id: int, thread_id: int) -> Sequence[str]:
    """The codes of this member in this thread: the first is for writing, the others were made under former keys."""
    value = f"{member_id}:{thread_id}"
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(_SALT, value, secret=key, algorithm="sha256").hexdigest()[:_LETTERS] for key in keys]
