"""Writes of cases and lessons: post, edit, remove, and erase all when a member leaves. One-off posts: cases.oneoffs."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from curbside.anonymous.cases.aliases import alias_cases_of, fresh_alias, owners_among
from curbside.anonymous.cases.choices import Asks, Urgency
from curbside.anonymous.cases.differentials.actions import erase_lists
from curbside.anonymous.cases.differentials.marks import fresh_salt
from curbside.anonymous.cases.differentials.queries import givers_of
from curbside.anonymous.cases.documents import CaseText, Outcome
from curbside.anonymous.cases.models import THREAD_KIND, TOLD_STAGES, Case, Quota
from curbside.anonymous.discussion.access import require_writer
from curbside.anonymous.discussion.actions import erase_openers_comments, start_thread
from curbside.anonymous.discussion.noticing import notice_words
from curbside.anonymous.discussion.queries import answerers_of
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.discussion.shared import page_changed
from curbside.anonymous.membership.models import Member
from curbside.anonymous.membership.queries import members_of_specialty
from curbside.anonymous.notifications.actions import notify
from curbside.anonymous.notifications.held import notify_later
from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.pictures.actions import erase_pictures_under, hang
from curbside.anonymous.polls.actions import Asked, erase_polls_inside, open_poll
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.sealing.actions import NoSuchText, erase_texts, mark_changed, reseal_text, seal_text
from curbside.anonymous.sealing.queries import read_text
from curbside.anonymous.sealing.secrecy import TextId
from curbside.kit.clock import this_minute, today
from curbside.kit.errors import Conflict, TooMany
from curbside.kit.limits import RateLimit

REMIND_AFTER: Final = 14
"""Days."""
MOST_REMINDED: Final = 500
"""In one run; the next takes the rest."""
CASE_LIMIT = RateLimit(times=10, seconds=3600)
PAGE_LIMIT = RateLimit(times=1, seconds=24 * 60 * 60)
ALIAS_PAGE_LIMIT = RateLimit(times=3, seconds=24 * 60 * 60)
"""For all aliases of a specialty together: a limit of their authors would tell who paged already, as a pseudonym or another alias."""


def post_case(
    *,
    author: Member,
    specialty: str,
    language: str,
    text: CaseText,
    kind: Case.Kind = Case.Kind.CASE,
    poll: Asked | None = None,
    alias: bool = False,
) -> Case:
    """Put a case to the others, or tell a lesson, under one's pseudonym or an alias for this alone; with a poll inside, if one is asked.

    Of an alias no row written here names the author, and none is left out by which the author could be told.
    """
    require_writer(author)
    CASE_LIMIT.count(str(author.pk))
    stage = first_stage(kind, text)
    blind = takes_lists(kind, text, stage)
    if alias:
        text = replace(text, alias=fresh_alias(author))
    with transaction.atomic():
        case = Case.objects.create(
            kind=kind,
            author=None if alias else author,
            under_alias=alias,
            thread=start_thread(kind=THREAD_KIND),
            text_id=seal_text(document=salted(text, blind=blind).to_seal()),
            specialty=specialty,
            language=language,
            blind=blind,
            stage=stage,
            has_pictures=bool(text.pictures),
        )
        hang(thread=case.thread, picture_ids=_picture_ids(text))
        if kind is Case.Kind.CASE and text.facts.urgency == Urgency.TODAY:
            _page_specialty(case, author=author)
        notice_words(thread_id=case.thread_id, words=text.in_words())
        if poll:
            open_poll(thread=case.thread, asked=poll)
    return case


def first_stage(kind: str, text: CaseText) -> Case.Stage:
    """How far a case is when it is posted: a finished study where its outcome comes with it."""
    return Case.Stage.TOLD if kind == Case.Kind.CASE and text.outcome else Case.Stage.ASKED


def takes_lists(kind: str, text: CaseText, stage: str) -> bool:
    """Whether readers give lists of diagnoses: where it asks what it is, and of a finished study."""
    return kind == Case.Kind.CASE and (text.facts.asks == Asks.DIAGNOSIS or stage == Case.Stage.TOLD)


def salted(text: CaseText, *, blind: bool) -> CaseText:
    """With what the marks of lists are made of, made once and kept through every edit."""
    return replace(text, salt=fresh_salt()) if blind and not text.salt else text


def _page_specialty(case: Case, *, author: Member) -> None:
    """Tell who shows a badge of the specialty; a second urgent case of one day is posted and calls nobody."""
    try:
        if case.under_alias:
            ALIAS_PAGE_LIMIT.count(case.specialty)
        else:
            PAGE_LIMIT.count(str(author.pk))
    except TooMany:
        return
    # Who is behind an alias is called like everyone: one who was left out would be known by it.
    notify(recipients=members_of_specialty(case.specialty), kind=Kind.PAGE, thread_id=case.thread_id, by=case.author_id)


def edit_case(*, case: Case, author: Member, specialty: str, language: str, text: CaseText) -> None:
    """Put new words in place of the old, which are erased; the minute of the edit is shown."""
    require_writer(author)
    CASE_LIMIT.count(f"edit {author.pk}")
    rewrite_case(case=case, specialty=specialty, language=language, text=text)


@transaction.atomic
def rewrite_case(*, case: Case, specialty: str, language: str, text: CaseText) -> None:
    """The edit itself, for whoever was found to be the author."""
    case.blind = takes_lists(case.kind, text, case.stage)
    try:
        reseal_text(text_id=_text_id(case), document=salted(text, blind=case.blind).to_seal())
    except NoSuchText as error:
        raise Conflict(_("This case was removed meanwhile.")) from error
    case.specialty, case.language, case.edited_at, case.has_pictures = specialty, language, this_minute(), bool(text.pictures)
    case.save(update_fields=["specialty", "language", "edited_at", "blind", "has_pictures"])
    hang(thread=case.thread, picture_ids=_picture_ids(text))
    notice_words(thread_id=case.thread_id, words=text.in_words())
    page_changed(thread_id=case.thread_id)


@transaction.atomic
def mark_answered(*, case: Case, answered: bool) -> None:
    """The author's word that the question is answered, or is not after all. A closed case stays closed."""
    stage = Case.Stage.ANSWERED if answered else Case.Stage.ASKED
    changed = Case.objects.open().filter(pk=case.pk).exclude(stage__in=TOLD_STAGES).update(stage=stage)
    if changed:
        mark_changed(text_id=_text_id(case))  # searching narrows by it; and comments can be found from now on, or no longer


def close_case(*, case: Case, author: Member, outcome: Outcome) -> None:
    """Say what happened, or say it anew."""
    require_writer(author)
    CASE_LIMIT.count(f"close {author.pk}")
    tell_outcome(case=case, outcome=outcome)


def tell_outcome(*, case: Case, outcome: Outcome) -> None:
    """The close itself, for whoever was found to be the author; everyone who answered or gave a list hears of it the first time."""
    first = case.stage not in TOLD_STAGES
    text_id = _text_id(case)
    with transaction.atomic():
        mark_changed(text_id=text_id)  # locks it before it is read: else words that are taken out just now would come back
        try:
            reseal_text(text_id=text_id, document=replace(CaseText.opened(read_text(text_id)), outcome=outcome).to_seal())
        except NoSuchText as error:
            raise Conflict(_("This case was removed meanwhile.")) from error
        Case.objects.filter(pk=case.pk).exclude(stage=Case.Stage.TOLD).update(stage=Case.Stage.CLOSED)
        notice_words(thread_id=case.thread_id, words=outcome.words)
        if first:
            answered = answerers_of(case.thread)
            notify(recipients=answered, kind=Kind.OUTCOME, thread_id=case.thread_id, by=case.author_id)
            notify_later(recipients=givers_of(case) - answered, kind=Kind.OUTCOME, thread_id=case.thread_id)


@transaction.atomic
def remind_authors() -> int:
    """Ask the authors of cases that have waited long what happened, once for each case; gives how many."""
    long = Case.objects.waiting_since(today() - timedelta(days=REMIND_AFTER)).filter(reminded=False)
    due = list(long.filter(author__is_demo=False).values_list("pk", "author_id", "thread_id")[:MOST_REMINDED])
    for _pk, author_id, thread_id in due:
        notify(recipients=[author_id], kind=Kind.UPDATE, thread_id=thread_id)
    under_alias = list(long.filter(under_alias=True)[:MOST_REMINDED])
    owners = owners_among(under_alias)
    for case in under_alias:
        notify_later(recipients={owners[case.pk]} if case.pk in owners else set(), kind=Kind.UPDATE, thread_id=case.thread_id)
    reminded = [pk for pk, _author, _thread in due] + [case.pk for case in under_alias]
    return Case.objects.filter(pk__in=reminded).update(reminded=True)


@transaction.atomic
def remove_case(*, case: Case) -> None:
    """Erase the words for good; nobody reaches the page again. What others wrote under it stays in their own lists."""
    _erase(case)
    Case.objects.filter(pk=case.pk).update(state=Case.State.REMOVED, quota=None)


@transaction.atomic
def bar_case(*, case: Case, reason: Reason) -> None:
    """A moderator's removal: the words are erased likewise; the page stays, and says why."""
    _erase(case)
    Case.objects.filter(pk=case.pk).update(state=Case.State.MODERATED, reason=reason)


@transaction.atomic
def hide_case(*, case: Case, reason: Reason | None) -> None:
    """Keep the words and show them to nobody; without a reason until a moderator has looked."""
    if not Case.objects.open().filter(pk=case.pk).update(state=Case.State.HIDDEN, reason=reason or ""):
        raise Conflict(_("This case was removed meanwhile."))
    mark_changed(text_id=_text_id(case))  # so that it leaves the search index


@transaction.atomic
def show_case_again(*, case: Case) -> None:
    """Take back what hid it."""
    if Case.objects.filter(pk=case.pk, state=Case.State.HIDDEN).update(state=Case.State.OPEN, reason=""):
        mark_changed(text_id=_text_id(case))


@transaction.atomic
def block_quota(*, case: Case) -> None:
    """End today's one-off posts of whoever wrote this one. Known only while its day lasts."""
    if not Quota.objects.filter(pk=case.quota_id, day=today()).update(blocked=True):
        raise Conflict(_("Its day is over: nothing ties this post to a quota any more."))


def _erase(case: Case) -> None:
    """Words, author and lists, and what the author of a one-off post answered: nobody could erase that later."""
    erase_lists(case_ids=[case.pk])
    erase_texts(text_ids=[_text_id(case)])
    erase_openers_comments(thread_id=case.thread_id)
    erase_polls_inside(thread_ids=[case.thread_id])
    erase_pictures_under(thread_ids=[case.thread_id])
    gone = {"text_id": None, "author": None, "nullifier": None, "edited_at": None, "has_pictures": False}
    Case.objects.filter(pk=case.pk).update(state=Case.State.REMOVED, **gone)


@transaction.atomic
def erase_cases_of(*, member: Member) -> None:
    """A leaving member's cases: words erased, author forgotten."""
    cases = Case.objects.written_by(member.pk)
    erase_lists(case_ids=cases.values_list("pk", flat=True))
    erase_texts(text_ids=[TextId(text_id) for text_id in cases.values_list("text_id", flat=True) if text_id is not None])
    erase_pictures_under(thread_ids=list(cases.filter(has_pictures=True).values_list("thread_id", flat=True)))
    erase_polls_inside(thread_ids=list(cases.values_list("thread_id", flat=True)), state=Poll.State.LEFT)
    cases.update(state=Case.State.LEFT, text_id=None, author=None, edited_at=None, has_pictures=False)
    for under_alias in alias_cases_of(member):
        for case in under_alias:
            _erase(case)


def _picture_ids(text: CaseText) -> list[int]:
    return [note.picture_id for note in text.pictures]


def _text_id(case: Case) -> TextId:
    if case.text_id is None:
        raise Conflict(_("This case was removed meanwhile."))
    return TextId(case.text_id)
