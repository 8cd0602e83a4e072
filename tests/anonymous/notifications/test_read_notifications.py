"""The page of notifications, the count that open pages ask for, and what a member chooses to hear."""

import pytest
from django.test import Client
from django.urls import reverse

from curbside.anonymous.cases.actions import CASE_LIMIT
from curbside.anonymous.discussion.actions import COMMENT_LIMIT
from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.models import Mailbox, Notification
from curbside.anonymous.notifications.queries import unread_count
from tests.anonymous.cases.cast import TEXT, a_case, a_comment, browser_of, stranger, words_of
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

LIST, NEWS, ALL_READ, CHOOSE = (reverse(f"notifications:{name}") for name in ("list", "news", "mark_all_read", "choose"))


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    COMMENT_LIMIT._uses.clear()
    CASE_LIMIT._uses.clear()


@pytest.fixture
def as_heron(heron: Member) -> Client:
    return browser_of(heron)


def test_author_hears_of_answers_once_for_each_case(heron: Member, otter: Member, as_heron: Client) -> None:
    case = a_case(heron)
    for _ in range(2):
        a_comment(case, otter)
    page = words_of(as_heron.get(LIST))
    assert page.count(TEXT.title) == 2  # the link, and the label of its button
    assert "2 answers to you" in page
    assert "brave-otter-12" not in page
    assert TEXT.title not in words_of(browser_of(otter).get(LIST))


def test_reply_is_told_to_the_opener_and_to_whom_it_answers_but_not_to_its_author(heron: Member, otter: Member) -> None:
    case = a_case(heron)
    comment = a_comment(case, otter)
    a_comment(case, heron, parent=comment)
    assert (unread_count(heron), unread_count(otter)) == (1, 1)


def test_all_or_one_thread_is_marked_as_read_by_a_press_and_not_by_looking(heron: Member, otter: Member, as_heron: Client) -> None:
    one, other = a_case(heron), a_case(heron)
    a_comment(one, otter)
    a_comment(other, otter)
    as_heron.get(LIST)
    assert unread_count(heron) == 2
    assert as_heron.post(reverse("notifications:mark_read", args=[one.thread_id])).status_code == 302
    assert unread_count(heron) == 1
    assert as_heron.post(ALL_READ).status_code == 302
    assert unread_count(heron) == 0
    assert Notification.objects.count() == 2
    assert "New:" not in words_of(as_heron.get(LIST))


def test_case_that_is_gone_is_left_out(heron: Member, otter: Member, as_heron: Client) -> None:
    case = a_case(heron)
    a_comment(case, otter)
    as_heron.post(reverse("cases:remove_case", args=[case.pk]))
    response = as_heron.get(LIST)
    assert response.status_code == 200
    assert TEXT.title not in words_of(response)


def test_count_is_told_once_and_then_costs_one_query_and_writes_nothing(heron: Member, otter: Member, as_heron: Client) -> None:
    case = a_case(heron)
    a_comment(case, otter)
    answer = as_heron.get(NEWS)
    assert answer.json() == {"unread": 1}
    with named_queries() as queries:
        again = as_heron.get(NEWS, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert queries == ["select membership_session", "select membership_member", "select notifications_notification"]
    assert "Set-Cookie" not in again.headers
    a_comment(case, otter)
    assert as_heron.get(NEWS, headers={"If-None-Match": answer.headers["ETag"]}).json() == {"unread": 2}
    version = as_heron.get(NEWS).headers["ETag"]
    as_heron.post(ALL_READ)
    assert as_heron.get(NEWS, headers={"If-None-Match": version}).json() == {"unread": 0}


@pytest.mark.usefixtures("unlimited")
def test_list_costs_the_same_at_1_and_200_threads(heron: Member, otter: Member, as_heron: Client) -> None:
    seen = []
    for number in (1, 199):
        for _ in range(number):
            CASE_LIMIT._uses.clear()
            a_comment(a_case(heron), otter)
        with named_queries() as queries:
            as_heron.get(LIST)
        seen.append(queries)
    assert seen[0] == seen[1] == [
        "select membership_session",
        "select membership_member",
        "select notifications_mailbox",
        "select sealing_sealedtext",
        "select notifications_notification",
        "select polls_poll",
        "select cases_case",
        "select sealing_sealedtext",
        "select sealing_ringkey",
        "select sealing_ringkey",
    ]  # fmt: skip


def test_list_goes_on_on_a_second_page(heron: Member, otter: Member, as_heron: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curbside.anonymous.notifications.queries.PAGE_SIZE", 2)
    for _ in range(3):
        a_comment(a_case(heron), otter)
    first = as_heron.get(LIST)
    cursor = first.context["list"].next_cursor
    second = as_heron.get(LIST, {"after": cursor})
    threads = [group.thread_id for page in (first, second) for group in page.context["list"].groups]
    assert len(threads) == len(set(threads)) == 3
    assert second.context["list"].next_cursor == ""


def test_member_chooses_what_to_hear_and_quiet_hours(heron: Member, as_heron: Client) -> None:
    assert as_heron.get(CHOOSE).status_code == 200
    assert as_heron.post(CHOOSE, {"kinds": ["answer", "page"], "quiet_from": "22", "quiet_until": "6"}).status_code == 302
    box = Mailbox.objects.get(member=heron)
    assert box.kinds_off == {"update", "outcome", "mention", "helpful", "moderation", "message"}
    assert (box.quiet_from, box.quiet_until) == (22, 6)
    for wrong in ({"quiet_from": "22"}, {"quiet_from": "6", "quiet_until": "6"}, {"kinds": ["all"]}):
        assert as_heron.post(CHOOSE, wrong).status_code == 422
    assert as_heron.post(CHOOSE, {}).status_code == 302
    box.refresh_from_db()
    assert (box.quiet_from, box.quiet_until) == (None, None)


def test_visitors_are_led_to_sign_in(db: None) -> None:
    for address in (LIST, NEWS, CHOOSE):
        assert stranger().get(address).status_code == 302
    assert stranger().post(ALL_READ).status_code == 302
