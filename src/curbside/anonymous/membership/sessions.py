"""The anonymous side's session store (SESSION_ENGINE)."""

from curbside.anonymous.membership.models import Session
from curbside.kit.sessions import HashedSessionStore


class SessionStore(HashedSessionStore):
    """Sessions in this side's own table."""

    table = Session
