"""The named side's session store (SESSION_ENGINE)."""

from curbside.kit.sessions import HashedSessionStore
from curbside.named.doctors.models import Session


class SessionStore(HashedSessionStore):
    """Sessions in this side's own table."""

    table = Session
