"""Fetches cases for one member: absent, removed and forbidden give the same 404."""

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from curbside.anonymous.cases.aliases import owns
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.models import Thread
from curbside.anonymous.membership.models import Member
from curbside.credential.field import Nullifier, element_bytes
from curbside.kit.errors import NotAllowed


def fetch_case(*, case_id: int) -> Case:
    """A case that every member may read, or one that a moderator hid or removed, with its author and thread. One query."""
    readable = [Case.State.OPEN, Case.State.HIDDEN, Case.State.MODERATED]
    case = (
        Case.objects.filter(state__in=readable).with_author().with_thread().with_poll().with_epoch().with_crowd().filter(pk=case_id).first()
    )
    if case is None:
        raise Http404
    return case


def fetch_own_case(*, author: Member, case_id: int) -> Case:
    """One's own open case; anyone else's does not exist here. One query, and two more under an alias."""
    own = Case.objects.open().filter(Q(author=author) | Q(under_alias=True))
    case = own.with_author().with_thread().filter(pk=case_id).first()
    if case is None or not owns(author, case):
        raise Http404
    return case


def fetch_own_question(*, author: Member, case_id: int) -> Case:
    """One's own open case that asks: a lesson is told and has no outcome to wait for. One query."""
    case = fetch_own_case(author=author, case_id=case_id)
    if not case.is_question:
        raise Http404
    return case


def fetch_case_to_list(*, reader: Member, case_id: int) -> Case:
    """A case of another that readers give lists of diagnoses for now. One query."""
    case = fetch_case(case_id=case_id)
    if case.state != Case.State.OPEN or not case.keeps_answers_back or owns(reader, case):
        raise Http404
    return case


def fetch_case_of_nobody(*, case_id: int, nullifier: Nullifier) -> Case:
    """The open one-off post whose author showed this nullifier; the same refusal for absent, removed and another's. One query."""
    one_offs = Case.objects.open().filter(author=None, nullifier=element_bytes(nullifier))
    case = one_offs.with_thread().filter(pk=case_id).first()
    if case is None:
        raise NotAllowed(_("This wallet did not write that post, or it is gone."))
    return case


def locate_case(*, reader: Member, thread: Thread) -> str | None:  # noqa: ARG001 - every member may read every open case
    """The page of the case that holds the thread (discussion.places)."""
    case_id = Case.objects.open().filter(thread=thread).values_list("pk", flat=True).first()
    return reverse("cases:show_case", args=[case_id]) if case_id is not None else None
