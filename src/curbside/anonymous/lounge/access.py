"""Fetches threads of the lounge for one member: absent, another's and what is no thread of the lounge give the same 404."""

from django.http import Http404

from curbside.anonymous.cases.access import fetch_own_case
from curbside.anonymous.cases.models import Case
from curbside.anonymous.membership.models import Member


def fetch_own_thread(*, author: Member, case_id: int) -> Case:
    """One's own thread. One query."""
    thread = fetch_own_case(author=author, case_id=case_id)
    if not thread.is_lounge:
        raise Http404
    return thread
