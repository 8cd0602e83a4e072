"""What a draft asks for, once its author is proved: each act reads its own fields, refuses what is wrong, and says what will be done."""

import json
from collections.abc import Callable, Mapping
from typing import TypeAlias

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from curbside.anonymous.cases import access, queries
from curbside.anonymous.cases.actions import remove_case, rewrite_case, tell_outcome
from curbside.anonymous.cases.forms import FORMS, OutcomeForm
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.oneoffs.actions import post_as_nobody
from curbside.anonymous.cases.oneoffs.tickets import Act, Ticket
from curbside.anonymous.discussion.access import fetch_answer, fetch_openers_comment
from curbside.anonymous.discussion.actions import answer_as_opener, remove_comment
from curbside.anonymous.discussion.forms import CommentForm
from curbside.anonymous.discussion.reacting import mark_as_asker
from curbside.anonymous.guard.forms import KEEP_ALL
from curbside.anonymous.polls.forms import CasePollForm
from curbside.credential.field import Nullifier
from curbside.kit.errors import PublicError
from curbside.kit.ids import PublicId

Fields: TypeAlias = Mapping[str, str]
Deed: TypeAlias = Callable[[Nullifier, Nullifier | None], str]
"""Does what was asked, given who asks: the case's nullifier and, for a post, the day's. Gives the page to go to."""


def read_draft(text: str) -> dict[str, str]:
    """The fields of a draft."""
    try:
        fields = json.loads(text)
    except ValueError as error:
        raise PublicError(_("That could not be read. Your words are still here: open the wallet again.")) from error
    if not isinstance(fields, dict):
        raise PublicError(_("That could not be read. Your words are still here: open the wallet again."))
    return {str(key): value for key, value in fields.items() if isinstance(value, str)}


def prepare(ticket: Ticket, fields: Fields) -> Deed:
    """What the ticket's act will do with these fields; raises PublicError where a field is wrong, before anything is proved."""
    return _PREPARE[ticket.act](ticket, fields)


def _valid(form: forms.Form) -> None:
    if not form.is_valid():
        wrong = [f"{form[field].label}: {' '.join(map(str, errors))}" for field, errors in form.errors.items()]
        raise PublicError(" ".join(wrong))


def _asked(fields: Fields) -> dict[str, str]:
    """With the guard's question answered: the page put it before the proof, as after it there is no page that could."""
    return {**fields, "guard_kept": KEEP_ALL}


def _kind(fields: Fields) -> Case.Kind:
    return Case.Kind.LESSON if fields.get("kind") == Case.Kind.LESSON else Case.Kind.CASE


def _post(ticket: Ticket, fields: Fields) -> Deed:
    kind = _kind(fields)
    form, poll_form = FORMS[kind](_asked(fields)), CasePollForm(_asked(fields))
    _valid(form)
    _valid(poll_form)
    poll = poll_form.asked() if poll_form.wanted else None

    def deed(nullifier: Nullifier, quota: Nullifier | None) -> str:
        if quota is None:
            raise PublicError(_("That could not be read. Your words are still here: open the wallet again."))
        case = post_as_nobody(
            case_id=ticket.case_id, nullifier=nullifier, quota=quota, kind=kind, **form.place(), text=form.text(), poll=poll
        )
        return _page_of(case)

    return deed


def _edit(ticket: Ticket, fields: Fields) -> Deed:
    form = FORMS[_kind(fields)](_asked(fields))
    _valid(form)

    def deed(nullifier: Nullifier, _quota: Nullifier | None) -> str:
        case = access.fetch_case_of_nobody(case_id=ticket.case_id, nullifier=nullifier)
        # The tools under the post send the words alone: what was told beside them stays.
        rewrite_case(case=case, **form.place(), text=queries.case_text(case).reworded(form.text(), facts=False))
        return _page_of(case)

    return deed


def _remove(ticket: Ticket, _fields: Fields) -> Deed:
    def deed(nullifier: Nullifier, _quota: Nullifier | None) -> str:
        case = access.fetch_case_of_nobody(case_id=ticket.case_id, nullifier=nullifier)
        remove_case(case=case)
        return queries.list_address(case.kind)

    return deed


def _answer(ticket: Ticket, fields: Fields) -> Deed:
    form = CommentForm(_asked(fields))
    _valid(form)

    def deed(nullifier: Nullifier, _quota: Nullifier | None) -> str:
        case = access.fetch_case_of_nobody(case_id=ticket.case_id, nullifier=nullifier)
        parent = form.cleaned_data["parent"]
        comment = answer_as_opener(thread=case.thread, comment_id=ticket.comment_id, text=form.text(), parent_id=parent)
        return reverse("discussion:show_comment", args=[comment.pk])

    return deed


def _remove_answer(ticket: Ticket, _fields: Fields) -> Deed:
    def deed(nullifier: Nullifier, _quota: Nullifier | None) -> str:
        case = access.fetch_case_of_nobody(case_id=ticket.case_id, nullifier=nullifier)
        remove_comment(comment=fetch_openers_comment(thread=case.thread, comment_id=ticket.comment_id))
        return _page_of(case)

    return deed


def _helped(ticket: Ticket, fields: Fields) -> Deed:
    letters = fields.get("answer", "")
    try:
        helped, comment_id = not letters.startswith("-"), PublicId().to_python(letters.removeprefix("-"))
    except ValueError as error:
        raise PublicError(_("Choose an answer.")) from error

    def deed(nullifier: Nullifier, _quota: Nullifier | None) -> str:
        case = access.fetch_case_of_nobody(case_id=ticket.case_id, nullifier=nullifier)
        comment = fetch_answer(thread=case.thread, comment_id=comment_id)
        mark_as_asker(comment=comment, helped=helped)
        return reverse("discussion:show_comment", args=[comment.pk])

    return deed


def _close(ticket: Ticket, fields: Fields) -> Deed:
    form = OutcomeForm(_asked(fields))
    _valid(form)

    def deed(nullifier: Nullifier, _quota: Nullifier | None) -> str:
        case = access.fetch_case_of_nobody(case_id=ticket.case_id, nullifier=nullifier)
        if case.is_lesson:
            raise PublicError(_("A lesson is told, and has no outcome to wait for."))
        tell_outcome(case=case, outcome=form.outcome())
        return _page_of(case)

    return deed


def _page_of(case: Case) -> str:
    return reverse("cases:show_case", args=[case.pk])


_PREPARE: dict[Act, Callable[[Ticket, Fields], Deed]] = {
    Act.POST: _post,
    Act.EDIT: _edit,
    Act.REMOVE: _remove,
    Act.ANSWER: _answer,
    Act.REMOVE_ANSWER: _remove_answer,
    Act.CLOSE: _close,
    Act.HELPED: _helped,
}
