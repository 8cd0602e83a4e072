"""A post under an alias is judged like any; whom it concerns is told and sanctioned apart, and stands on no page and in no row of it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from curbside.anonymous.cases.actions import post_case
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.models import Ban, Member, Sanction
from curbside.anonymous.moderation.held import give_held_sanctions
from curbside.anonymous.moderation.models import Decision, HeldSanction
from curbside.anonymous.notifications.boxes import make_missing_boxes
from curbside.anonymous.notifications.held import deliver_held
from curbside.anonymous.notifications.models import Notification
from curbside.anonymous.notifications.queries import notices_of
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import TEXT, words_of

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


@pytest.fixture
def hidden(author: Member, moderator: Member) -> Case:
    make_missing_boxes()
    return post_case(author=author, specialty="anaesthetics", language="en", text=TEXT, alias=True)


def judge(client: Client, case: Case, **fields: str) -> int:
    form = {"action": "remove", "reason": "abuse", "sanction": "warn", "weeks": "1", **fields}
    return client.post(f"/moderation/cases/{public_id(case.pk)}/judge/", form).status_code


def test_whoever_is_behind_it_is_told_and_sanctioned_apart(hidden: Case, as_moderator: Client, author: Member) -> None:
    page = words_of(as_moderator.get(f"/moderation/cases/{public_id(hidden.pk)}/judge/"))
    assert author.pseudonym not in page
    assert judge(as_moderator, hidden) == 302
    decision = Decision.objects.get()
    assert (decision.author, decision.sanction) == (None, None)
    assert not Sanction.objects.exists()
    assert not Notification.objects.filter(recipient=author).exists()
    assert str(author.pk) not in str(list(HeldSanction.objects.values_list()))
    call_command("apply_sanctions", stdout=StringIO())
    deliver_held()
    assert bytes(Sanction.objects.get().nullifier) == bytes(author.nullifier)
    assert [notice.thread_id for _row, notice in notices_of(author)] == [hidden.thread_id]
    assert give_held_sanctions() == 0
    assert Sanction.objects.count() == 1


def test_nobody_judges_or_reports_their_own_alias(hidden: Case, as_author: Client, author: Member, as_moderator: Client) -> None:
    assert as_author.post(f"/moderation/cases/{public_id(hidden.pk)}/report/", {"reason": "abuse"}).status_code == 409
    call_command("appoint_moderator", author.pseudonym, stdout=StringIO())
    assert judge(as_author, hidden) == 403
    assert not Decision.objects.exists()


def test_the_page_offers_sanctions_and_shows_none_that_hold(hidden: Case, as_moderator: Client) -> None:
    judge(as_moderator, hidden, action="keep")
    call_command("apply_sanctions", stdout=StringIO())
    page = words_of(as_moderator.get(f"/moderation/cases/{public_id(hidden.pk)}/judge/"))
    assert 'name="sanction"' in page
    assert "What holds against its author" not in page
    assert 'name="sentence"' not in page  # nobody would be told it


def test_leaving_before_the_duty_washes_nothing_off(hidden: Case, as_moderator: Client, author: Member) -> None:
    nullifier = bytes(author.nullifier)
    judge(as_moderator, hidden, sanction="ban")
    leave(member=author)
    call_command("apply_sanctions", stdout=StringIO())
    assert Ban.objects.get().nullifier == nullifier


def test_the_openers_comment_is_theirs_and_another_members_is_not(
    hidden: Case, as_moderator: Client, as_author: Client, as_other: Client, author: Member, other: Member
) -> None:
    for client in (as_author, as_other):
        client.post(f"/threads/{public_id(hidden.thread_id)}/comments/", {"body": "You fool.", "parent": ""})
    for comment in Comment.objects.all():
        form = {"action": "hide", "reason": "abuse", "sanction": "warn", "weeks": "1"}
        assert as_moderator.post(f"/moderation/comments/{public_id(comment.pk)}/judge/", form).status_code == 302
    assert list(Sanction.objects.values_list("nullifier", flat=True)) == [other.nullifier]
    call_command("apply_sanctions", stdout=StringIO())
    assert {bytes(row) for row in Sanction.objects.values_list("nullifier", flat=True)} == {bytes(author.nullifier), bytes(other.nullifier)}
