"""Moderators leave each other notes on a post or a member: sealed, seen by them alone, gone after a month and with the member."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client

from curbside.anonymous.cases.actions import post_case
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.models import Note
from curbside.anonymous.moderation.notes import NOTE_LIMIT
from curbside.anonymous.sealing.models import SealedText
from curbside.kit import clock
from curbside.kit.ids import public_id, random_id
from tests.anonymous.cases.cast import TEXT, a_case, a_comment, browser_of, make_member, page_of, stranger, words_of
from tests.anonymous.cases.nobody import Nobody

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

NOTE = {"words": "Told off for this by message before.", "of_author": ""}


@pytest.fixture(autouse=True)
def fresh_limit() -> None:
    NOTE_LIMIT._uses.clear()


def at(thing: Case | Comment, what: str = "note") -> str:
    return f"/moderation/{'cases' if isinstance(thing, Case) else 'comments'}/{public_id(thing.pk)}/{what}/"


def test_a_note_on_a_post_is_read_where_it_is_judged_and_nowhere_else(
    as_moderator: Client, as_author: Client, as_other: Client, author: Member, case: Case
) -> None:
    comment = a_comment(case, author, "Mine.")
    assert as_moderator.post(at(comment), NOTE).status_code == 302
    assert NOTE["words"] in words_of(as_moderator.get(at(comment, "judge")))
    pages = [as_moderator.get(at(case, "judge")), as_moderator.get("/moderation/"), as_moderator.get(page_of(case))]
    pages += [as_author.get("/moderation/mine/"), as_author.get(page_of(case)), as_other.get(page_of(case))]
    assert not [page for page in pages if NOTE["words"] in words_of(page)]
    sealed = bytes(SealedText.objects.get(pk=Note.objects.get().text_id).ciphertext or b"")
    assert b"Told off" not in sealed


def test_a_note_on_a_member_is_read_at_all_that_they_wrote(as_moderator: Client, author: Member, other: Member, case: Case) -> None:
    as_moderator.post(at(case), NOTE | {"of_author": "on"})
    assert NOTE["words"] in words_of(as_moderator.get(at(a_case(author), "judge")))
    assert NOTE["words"] not in words_of(as_moderator.get(at(a_case(other), "judge")))


def test_of_nobody_there_is_no_note_but_on_the_post(as_moderator: Client, nobody: Nobody) -> None:
    posted = nobody.posted()
    assert "of_author" not in words_of(as_moderator.get(at(posted)))
    as_moderator.post(at(posted), NOTE | {"of_author": "on"})
    assert (Note.objects.get().about, Note.objects.get().case_id) == (None, posted.pk)


@pytest.mark.parametrize("words", ["", "a" * 501])
def test_an_empty_or_long_note_is_asked_for_again(as_moderator: Client, case: Case, words: str) -> None:
    answer = as_moderator.post(at(case), NOTE | {"words": words})
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert not Note.objects.exists()


def test_members_strangers_and_moderators_of_other_hubs_find_no_notes(as_other: Client, as_author: Client, case: Case) -> None:
    there = make_member("grey-swift-02")
    call_command("appoint_moderator", there.pseudonym, specialty="urology", stdout=StringIO())
    for client in (as_other, as_author, browser_of(there)):
        assert client.get(at(case)).status_code == 404
        assert client.post(at(case), NOTE).status_code == 404
    assert stranger().post(at(case), NOTE).status_code == 302
    assert not Note.objects.exists()


def test_other_methods_and_posts_that_never_were_are_refused(as_moderator: Client, case: Case) -> None:
    assert as_moderator.delete(at(case)).status_code == 405
    assert as_moderator.get(f"/moderation/comments/{public_id(random_id())}/note/").status_code == 404


def test_a_note_goes_after_a_month(as_moderator: Client, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    as_moderator.post(at(case), NOTE)
    text_id, begin = Note.objects.get().text_id, clock.now()
    for days, kept in ((30, True), (31, False)):
        monkeypatch.setattr(clock, "now", lambda days=days: begin + timedelta(days=days))
        call_command("forget_decisions", stdout=StringIO())
        assert Note.objects.exists() == kept
        assert (SealedText.objects.get(pk=text_id).key_id is not None) == kept


@pytest.mark.django_db(databases=["default", "ring"], transaction=True)
def test_notes_on_a_member_and_their_posts_go_with_them(as_moderator: Client, author: Member, other: Member, case: Case) -> None:
    for thing, of_author in ((case, ""), (case, "on"), (a_comment(case, author, "Mine."), ""), (a_case(other), "")):
        as_moderator.post(at(thing), NOTE | {"of_author": of_author})
    held = set(Note.objects.values_list("text_id", flat=True))
    leave(member=author)
    assert Note.objects.count() == 1
    assert SealedText.objects.filter(pk__in=held, key_id__isnull=False).count() == 1


def test_a_flood_of_notes_is_held(as_moderator: Client, moderator: Member, case: Case) -> None:
    for _time in range(NOTE_LIMIT.times):
        NOTE_LIMIT.count(str(moderator.pk))
    assert as_moderator.post(at(case), NOTE).status_code == 429


def test_a_note_is_of_a_post_or_a_member(author: Member, case: Case) -> None:
    with pytest.raises(IntegrityError):
        Note.objects.create(about=author, case_id=case.pk, text_id=random_id())


@pytest.mark.parametrize("alias", [False, True])
def test_a_moderator_reads_neither_notes_nor_reports_on_their_own_posts(
    as_moderator: Client, as_other: Client, other: Member, *, alias: bool
) -> None:
    own = post_case(author=other, specialty="anaesthetics", language="en", text=TEXT, alias=alias)
    as_moderator.post(at(own), NOTE)
    assert NOTE["words"] in words_of(as_moderator.get(at(own)))
    call_command("appoint_moderator", other.pseudonym, stdout=StringIO())
    for what in ("note", "judge"):
        for answer in (as_other.get(at(own, what)), as_other.post(at(own, what), NOTE)):
            assert answer.status_code == 403
            assert NOTE["words"] not in words_of(answer)
