"""A moderator puts a case's specialty, conditions and urgency right."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from curbside.anonymous.cases.documents import CaseText, Facts, Named
from curbside.anonymous.cases.models import Case
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.models import Decision, LogEntry
from curbside.anonymous.notifications.models import Notification
from curbside.anonymous.sealing.queries import read_text
from curbside.anonymous.sealing.secrecy import TextId
from curbside.kit.ids import public_id, random_id
from tests.anonymous.cases.cast import TEXT, a_case, browser_of, make_member, page_of, stranger, words_of
from tests.anonymous.cases.nobody import Nobody

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

URGENT = CaseText(TEXT.title, TEXT.story, TEXT.question, facts=Facts(conditions=(Named("a weakness"),), urgency="today", interests=""))
RIGHT = {"specialty": "neurology", "conditions": "apnoea\nprolonged block", "urgency": "days", "reason": "specialty"}


def tags_of(case: Case) -> str:
    return f"/moderation/cases/{public_id(case.pk)}/tags/"


def text_of(case: Case) -> CaseText:
    case.refresh_from_db()
    return CaseText.opened(read_text(TextId(case.text_id or 0)))


@pytest.fixture
def urgent(author: Member) -> Case:
    return a_case(author, text=URGENT)


def test_tags_are_put_right_and_the_words_stay(as_moderator: Client, as_other: Client, urgent: Case) -> None:
    before = urgent.edited_at
    assert tags_of(urgent) in words_of(as_moderator.get(page_of(urgent)))
    assert "a weakness" in words_of(as_moderator.get(tags_of(urgent)))
    assert as_moderator.post(tags_of(urgent), RIGHT).status_code == 302
    text = text_of(urgent)
    assert ([named.label for named in text.facts.conditions], text.facts.urgency) == (["apnoea", "prolonged block"], "days")
    assert (text.title, text.story, text.question) == (URGENT.title, URGENT.story, URGENT.question)
    assert (urgent.specialty, urgent.edited_at) == ("neurology", before)
    assert "prolonged block" in words_of(as_other.get(page_of(urgent)))


def test_its_author_is_told_and_it_is_counted(as_moderator: Client, as_author: Client, author: Member, urgent: Case) -> None:
    as_moderator.post(tags_of(urgent), RIGHT)
    assert list(Notification.objects.values_list("recipient_id", flat=True)) == [author.pk]
    mine = words_of(as_author.get("/moderation/mine/"))
    assert "Specialty, conditions or urgency corrected" in mine
    assert "another specialty answers this" in mine
    assert "/appeal/" not in mine
    assert "another specialty answers this" in words_of(stranger().get("/moderation/counts/"))
    assert LogEntry.objects.get().case_id == urgent.pk


def test_it_cannot_be_appealed_as_its_author_edits_it_back(as_moderator: Client, as_author: Client, urgent: Case) -> None:
    as_moderator.post(tags_of(urgent), RIGHT)
    appeal = f"/moderation/decisions/{public_id(Decision.objects.get().pk)}/appeal/"
    assert as_author.post(appeal, {"words": "No."}).status_code == 409


@pytest.mark.parametrize(
    "changes", [{"specialty": "magic"}, {"urgency": "now"}, {"reason": "abuse"}, {"reason": ""}, {"conditions": "a\n" * 31 + "b" * 201}]
)
def test_what_cannot_stand_is_asked_for_again_and_kept_as_typed(as_moderator: Client, urgent: Case, changes: dict[str, str]) -> None:
    answer = as_moderator.post(tags_of(urgent), RIGHT | changes)
    assert answer.status_code == 422
    assert RIGHT["conditions"].split("\n")[0] in words_of(answer) or "conditions" in changes
    assert text_of(urgent).facts.urgency == "today"


def test_a_post_of_nobody_is_put_right_and_nobody_told(as_moderator: Client, nobody: Nobody) -> None:
    case = nobody.posted()
    status = as_moderator.post(tags_of(case), RIGHT).status_code
    assert status == (404 if case.is_lesson else 302)
    assert not Notification.objects.exists()


def test_others_find_no_such_page(as_moderator: Client, as_other: Client, as_author: Client, urgent: Case) -> None:
    for client in (as_other, as_author):
        assert client.get(tags_of(urgent)).status_code == 404
        assert client.post(tags_of(urgent), RIGHT).status_code == 404
        assert tags_of(urgent) not in words_of(client.get(page_of(urgent)))
    assert stranger().post(tags_of(urgent), RIGHT).status_code == 302
    assert as_moderator.get(f"/moderation/cases/{public_id(random_id())}/tags/").status_code == 404
    assert as_moderator.delete(tags_of(urgent)).status_code == 405
    assert text_of(urgent).facts.urgency == "today"


def test_a_moderator_of_another_hub_changes_nothing(urgent: Case) -> None:
    there = make_member("grey-swift-02")
    call_command("appoint_moderator", there.pseudonym, specialty="urology", stdout=StringIO())
    assert browser_of(there).post(tags_of(urgent), RIGHT).status_code == 403
    assert text_of(urgent).facts.urgency == "today"
