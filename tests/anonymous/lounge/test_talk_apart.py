"""The lounge: its threads have what cases have, and stand nowhere among them."""

import pytest
from django.test import Client
from django.urls import reverse

from curbside.anonymous.cases.actions import CASE_LIMIT, post_case
from curbside.anonymous.cases.documents import CaseText, Facts
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.actions import COMMENT_LIMIT
from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.leaving import export_all_of
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.models import Report
from curbside.anonymous.notifications.queries import unread_count
from curbside.anonymous.shelf.actions import SHELF_LIMIT, follow_member, put
from curbside.anonymous.shelf.documents import Kind
from curbside.anonymous.shelf.making import make_missing_shelves
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import a_case, a_comment, browser_of, make_member, page_of, stranger, words_of
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
LOUNGE, NEW = reverse("lounge:list_threads"), reverse("lounge:post_thread")
TALK = CaseText("Coffee on nights", "Which **beans**?", "", facts=Facts(interests=""))


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    for limit in (CASE_LIMIT, COMMENT_LIMIT, SHELF_LIMIT):
        limit._uses.clear()


@pytest.fixture
def heron(db: None) -> Member:
    return make_member("quiet-heron-41")


@pytest.fixture
def otter(db: None) -> Member:
    return make_member("brave-otter-12")


@pytest.fixture
def as_heron(heron: Member) -> Client:
    return browser_of(heron)


@pytest.fixture
def as_otter(otter: Member) -> Client:
    return browser_of(otter)


def a_thread(author: Member) -> Case:
    CASE_LIMIT._uses.clear()
    return post_case(author=author, kind=Case.Kind.LOUNGE, specialty="", language="en", text=TALK)


def test_thread_is_begun_marked_changed_and_erased(as_heron: Client, as_otter: Client) -> None:
    assert "Nobody has begun a thread yet" in words_of(as_heron.get(LOUNGE))
    assert "No patients here" in words_of(as_heron.get(NEW))
    form = {"language": "en", "title": TALK.title, "story": TALK.story, "interests": ""}
    answer = as_heron.post(NEW, form)
    thread = Case.objects.get()
    assert answer.headers["Location"] == page_of(thread)
    page = words_of(as_otter.get(page_of(thread)))
    assert "Lounge: no clinical matter" in page
    assert "<strong>beans</strong>" in page
    assert "quiet-heron-41" in page
    assert 'id="question"' not in page
    assert "Mark as answered" not in words_of(as_heron.get(page_of(thread)))
    edit = reverse("lounge:edit_thread", args=[thread.pk])
    assert as_heron.get(reverse("cases:edit_case", args=[thread.pk])).headers["Location"] == edit
    assert "Which **beans**?" in words_of(as_heron.get(edit))
    assert as_heron.post(edit, {**form, "title": "Tea on nights"}).status_code == 302
    assert "Tea on nights" in words_of(as_otter.get(LOUNGE))
    assert as_otter.get(edit).status_code == 404
    assert as_heron.post(reverse("cases:remove_case", args=[thread.pk])).headers["Location"] == LOUNGE
    assert as_otter.get(page_of(thread)).status_code == 404


def test_form_that_lacks_something_keeps_what_was_typed(as_heron: Client) -> None:
    answer = as_heron.post(NEW, {"language": "en", "title": "", "story": "Words that stay"})
    assert answer.status_code == 422
    assert "Words that stay" in words_of(answer)
    assert not Case.objects.exists()


def test_it_stands_in_no_clinical_list_and_no_mix(heron: Member, otter: Member, as_heron: Client) -> None:
    thread = a_thread(otter)
    follow_member(member=heron, other=otter)
    put(member=heron, kind=Kind.CASE, value=public_id(thread.thread_id))
    put(member=heron, kind=Kind.HUB, value="cardiology")
    for address in ("/", "/lessons/", "/hubs/cardiology/", "/hubs/cardiology/waiting/", "/home/", "/home/waiting/"):
        assert TALK.title not in words_of(as_heron.get(address)), address
    assert TALK.title in words_of(as_heron.get(LOUNGE))
    assert TALK.title in words_of(as_heron.get("/shelf/follows/"))
    case = a_case(otter)
    assert page_of(case) not in words_of(as_heron.get(LOUNGE))
    assert as_heron.get(reverse("lounge:edit_thread", args=[case.pk])).status_code == 404


def test_it_has_no_stage_and_no_outcome(heron: Member, as_heron: Client) -> None:
    thread = a_thread(heron)
    assert as_heron.get(reverse("cases:close_case", args=[thread.pk])).status_code == 404
    assert as_heron.post(reverse("cases:mark_answered", args=[thread.pk])).status_code == 404


def test_answers_are_told_reports_arrive_and_leaving_erases(heron: Member, otter: Member, as_heron: Client, as_otter: Client) -> None:
    thread = a_thread(heron)
    a_comment(thread, otter)
    assert unread_count(heron) == 1
    assert TALK.title in words_of(as_heron.get("/notifications/"))
    assert TALK.title in words_of(as_heron.get("/mine/"))
    assert as_otter.post(reverse("moderation:report_case", args=[thread.pk]), {"reason": "abuse", "words": ""}).status_code == 302
    assert Report.objects.filter(case_id=thread.pk).exists()
    assert [piece["kind"] for piece in export_all_of(heron)["Cases"]] == ["lounge"]
    leave(member=heron)
    assert as_otter.get(page_of(thread)).status_code == 404
    assert TALK.title not in words_of(as_otter.get(LOUNGE))


@pytest.mark.parametrize("count", [1, 200])
def test_lounge_costs_the_same_for_one_thread_and_for_many(otter: Member, as_heron: Client, count: int) -> None:
    for _ in range(count):
        a_thread(otter)
    make_missing_shelves()
    with named_queries() as queries:
        assert words_of(as_heron.get(LOUNGE)).count(TALK.title) == min(count, 20)
    assert sorted(queries) == sorted(
        ["select membership_session", "select membership_member", "select cases_case"]
        + 2 * ["select sealing_sealedtext", "select sealing_ringkey"]
    )


def test_who_may_not_write_reads_and_visitors_are_led_to_sign_in(as_heron: Client) -> None:
    reader = browser_of(make_member("late-owl-77", days_left=-1))
    assert "New thread" not in words_of(reader.get(LOUNGE))
    assert reader.get(NEW).status_code == 403
    for address in (LOUNGE, NEW):
        assert stranger().get(address).status_code == 302
    assert as_heron.post(LOUNGE).status_code == 405
