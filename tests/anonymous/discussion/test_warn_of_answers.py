"""That an answer could do harm: said under a pseudonym, with a reason, beside the answer; withdrawn, answered, seen by moderators."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.actions import remove_comment
from curbside.anonymous.discussion.documents import LONGEST_WARNING
from curbside.anonymous.discussion.models import Comment, Thread
from curbside.anonymous.discussion.queries import comment_text
from curbside.anonymous.membership.leaving import export_all_of
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.models import Report
from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.notifications.queries import notices_of
from curbside.kit.ids import public_id, random_id
from tests.anonymous.cases.cast import a_comment, browser_of, make_member, page_of, show_badge, stranger, words_of
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

WHY = "Not with a prolonged QT."


def warn(client: Client, comment: Comment, words: str = WHY, status: int = 302) -> str:
    response = client.post(address_of(comment), {"body": words})
    assert response.status_code == status
    return words_of(response)


def address_of(comment: Comment) -> str:
    return reverse("discussion:warn_of_comment", args=[comment.pk])


@pytest.fixture
def answer(case: Case, other: Member) -> Comment:
    return a_comment(case, other)


@pytest.fixture
def reader(db: None) -> Member:
    return make_member("calm-finch-31")


@pytest.fixture
def as_reader(reader: Member) -> Client:
    return browser_of(reader)


def test_it_stands_beside_the_answer_with_who_says_so(
    as_reader: Client, as_author: Client, reader: Member, case: Case, answer: Comment
) -> None:
    show_badge(reader, "gb/cardiology", 212)
    asked = words_of(as_reader.get(address_of(answer)))
    assert "Could this answer harm?" in asked
    assert "Dibucaine number first." in asked
    warn(as_reader, answer)
    warning = Comment.objects.get(warns_of=answer)
    words = words_of(as_author.get(page_of(case)))
    box = words[words.index('aria-label="Could harm"') :]
    assert words.index("Dibucaine number first.") < words.index('aria-label="Could harm"')
    for part in (WHY, reader.pseudonym, "Cardiology, United Kingdom", f'id="comment-{public_id(warning.pk)}"'):
        assert part in box[: box.index("</section>")]
    assert words.count(WHY) == 1
    assert comment_text(warning).body == WHY
    assert Thread.objects.get().comment_count == 2


def test_a_reply_can_be_marked_too_and_everyone_can_answer(as_reader: Client, as_other: Client, case: Case, answer: Comment) -> None:
    reply = a_comment(case, make_member("even-crane-08"), "Double the dose.", parent=answer)
    warn(as_reader, reply)
    warning = Comment.objects.get(warns_of=reply)
    assert warning.parent == answer
    as_other.post(reverse("discussion:post_comment", args=[case.thread_id]), {"body": "The QT was normal.", "parent": public_id(answer.pk)})
    words = words_of(as_other.get(page_of(case)))
    assert words.index("Double the dose.") < words.index(WHY)
    assert "The QT was normal." in words


def test_its_author_withdraws_it_and_the_answer_stands_as_before(as_reader: Client, case: Case, answer: Comment) -> None:
    before = words_of(as_reader.get(page_of(case)))
    warn(as_reader, answer)
    as_reader.post(f"/comments/{public_id(Comment.objects.get(warns_of=answer).pk)}/remove/")
    after = words_of(as_reader.get(page_of(case)))
    assert 'aria-label="Could harm"' not in after
    assert before.count("<li") == after.count("<li")


def test_the_answers_author_is_told_and_moderators_find_it_in_the_queue(as_reader: Client, other: Member, answer: Comment) -> None:
    warn(as_reader, answer)
    assert [notice.kind for _row, notice in notices_of(other)] == [Kind.ANSWER]
    report = Report.objects.get()
    assert (report.comment_id, report.reason, report.reporter) == (answer.pk, "danger", None)
    moderator = make_member("even-crane-08")
    call_command("appoint_moderator", moderator.pseudonym, verbosity=0)
    as_moderator = browser_of(moderator)
    assert "marked “could harm” by a member" in words_of(as_moderator.get(reverse("moderation:show_queue")))
    judge = reverse("moderation:judge_comment", args=[answer.pk])
    assert WHY in words_of(as_moderator.get(judge))


def test_nobody_marks_their_own_nor_a_mark_nor_one_twice(as_reader: Client, as_other: Client, answer: Comment) -> None:
    warn(as_other, answer, status=403)
    warn(as_reader, answer)
    warn(as_reader, answer, status=409)
    warning = Comment.objects.get(warns_of=answer)
    warn(as_other, warning, status=403)
    assert address_of(warning) not in words_of(as_other.get(page_of(answer.thread.case)))
    assert Comment.objects.count() == 2


def test_a_mark_helps_nobody_and_one_agrees_or_not(as_author: Client, as_reader: Client, case: Case, answer: Comment) -> None:
    warn(as_reader, answer)
    warning = Comment.objects.get(warns_of=answer)
    offered = re.findall(rf'id="react-{public_id(warning.pk)}-(\w+)"', words_of(as_author.get(page_of(case))))
    assert offered == ["agree", "disagree"]
    response = as_author.post(reverse("discussion:react_to_comment", args=[warning.pk]), {"kind": "helped"})
    assert response.status_code == 403


def test_a_reason_is_asked_for_and_a_long_one_keeps_its_words(as_reader: Client, answer: Comment) -> None:
    warn(as_reader, answer, " ", status=422)
    assert f"at most {LONGEST_WARNING} fit" in warn(as_reader, answer, "long " * LONGEST_WARNING, status=422)
    assert "Preview, not posted yet" in words_of(as_reader.post(address_of(answer), {"body": WHY, "preview": "1"}))
    assert not Comment.objects.filter(warns_of=answer).exists()


def test_once_the_answer_is_erased_the_mark_is_a_reply_as_any(as_reader: Client, case: Case, answer: Comment) -> None:
    reply = a_comment(case, make_member("even-crane-08"), "Double the dose.", parent=answer)
    warn(as_reader, reply)
    remove_comment(comment=reply)
    words = words_of(as_reader.get(page_of(case)))
    assert WHY in words
    assert 'aria-label="Could harm"' not in words


def test_doors_are_closed_to_strangers_read_only_members_and_what_is_gone(
    as_reader: Client, as_read_only: Client, case: Case, author: Member, answer: Comment
) -> None:
    assert stranger().get(address_of(answer)).status_code == 302
    warn(as_read_only, answer, status=403)
    assert as_reader.get(reverse("discussion:warn_of_comment", args=[random_id()])).status_code == 404
    assert as_reader.put(address_of(answer)).status_code == 405
    a_comment(case, author, "A reply.", parent=answer)
    remove_comment(comment=answer)
    warn(as_reader, answer, status=409)


def test_it_is_in_its_authors_export(as_reader: Client, reader: Member, answer: Comment) -> None:
    warn(as_reader, answer)
    [piece] = export_all_of(reader)["Comments"]
    assert (piece["body"], piece["could_harm"]) == (WHY, public_id(answer.pk))


@pytest.mark.parametrize("count", [1, 20])
def test_marks_cost_the_page_no_query_more(as_reader: Client, case: Case, answer: Comment, count: int) -> None:
    for number in range(count):
        warn(browser_of(make_member(f"member-{'abcdefghijklmnopqrstuvwxyz'[number]}-1")), answer)
    with named_queries() as queries:
        assert words_of(as_reader.get(page_of(case))).count(WHY) == count
    assert len(queries) == 2 + 6
