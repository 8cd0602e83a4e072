"""The state that ties a wallet's answer to the session that asked for it: 16 random bytes, good for one answer."""

import hmac
import secrets

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext_lazy as _

from curbside.credential.names import encode_base64url
from curbside.kit.errors import NotAllowed

_STATE = "roll_state"
_STATE_BYTES = 16


class HandoverRefused(NotAllowed):
    """The answer does not belong to this session's question."""


def ask(session: SessionBase) -> str:
    """The state for the wallet. A second page opened before the answer carries the same one."""
    state = session.get(_STATE)
    if not isinstance(state, str):
        state = session[_STATE] = encode_base64url(secrets.token_bytes(_STATE_BYTES))
    return state


def take_answer(session: SessionBase, state: str) -> None:
    """Accept the session's own state once; any other answer uses it up as well."""
    asked = session.pop(_STATE, None)
    if not isinstance(asked, str) or not hmac.compare_digest(asked.encode(), state.encode()):
        raise HandoverRefused(_("This answer of the wallet does not belong to this visit, or it was used before. Open your wallet again."))
