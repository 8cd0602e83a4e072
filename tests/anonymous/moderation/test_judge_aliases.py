"""A post under an alias is judged like any; whom it concerns is told and sanctioned apart, and stands on no page and in no row of it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from curbside.anonymous.cases.actions import post_case
from curbside.anonymous.cases.models import Case
from curbside.anonymous.membership.models import Member, Sanction
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
    call_command("forget_decisions", stdout=StringIO())
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
