from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from curbside.anonymous.cases.models import Case, Quota
from curbside.anonymous.discussion.models import Comment, Thread
from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.models import LogEntry, Moderator
from curbside.kit import clock
from curbside.kit.ids import public_id, random_id
from tests.anonymous.cases.cast import TEXT, a_case, a_comment, page_of, stranger, words_of
from tests.anonymous.cases.nobody import LESSON, Nobody
from tests.anonymous.cases.queries import keys_of_posts, named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

WHY = {"reason": "patient"}
TOOLS = "Remove, with a reason"


def removal_of(thing: Case | Comment) -> str:
    kind = "cases" if isinstance(thing, Case) else "comments"
    return f"/moderation/{kind}/{public_id(thing.pk)}/remove/"


def block_of(case: Case) -> str:
    return f"/moderation/cases/{public_id(case.pk)}/block/"


class TestWho:
    def test_the_operator_appoints_and_dismisses(self, as_other: Client, other: Member, case: Case) -> None:
        assert TOOLS not in words_of(as_other.get(page_of(case)))
        said = StringIO()
        call_command("appoint_moderator", other.pseudonym, stdout=said)
        call_command("appoint_moderator", other.pseudonym, stdout=said)
        assert TOOLS in words_of(as_other.get(page_of(case)))
        call_command("dismiss_moderator", other.pseudonym, stdout=said)
        call_command("dismiss_moderator", other.pseudonym, stdout=said)
        assert TOOLS not in words_of(as_other.get(page_of(case)))
        told = ("is a moderator now", "is a moderator already", "is a moderator no more", "was no moderator")
        assert said.getvalue().splitlines() == [f"{other.pseudonym} {what}." for what in told]

    @pytest.mark.parametrize("verb", ["appoint", "dismiss"])
    @pytest.mark.usefixtures("db")
    def test_nobody_of_that_name_can_be_one(self, verb: str) -> None:
        with pytest.raises(CommandError, match="no member called"):
            call_command(f"{verb}_moderator", "who-is-this")

    def test_a_moderator_who_leaves_is_none(self, moderator: Member) -> None:
        leave(member=moderator)
        assert not Moderator.objects.exists()

    def test_to_other_members_the_pages_do_not_exist(self, as_other: Client, as_author: Client, nobody: Nobody, other: Member) -> None:
        case = nobody.posted()
        comment = a_comment(case, other)
        for client in (as_other, as_author):
            for address in ("/moderation/", removal_of(case), removal_of(comment), block_of(case)):
                assert client.get(address).status_code == 404
            for address in (removal_of(case), removal_of(comment), block_of(case)):
                assert client.post(address, WHY).status_code == 404
        assert Case.objects.open().count() == 1
        assert not Quota.objects.get().blocked
        assert not LogEntry.objects.exists()

    def test_signed_out_visitors_are_led_to_sign_in(self, case: Case) -> None:
        for address in ("/moderation/", removal_of(case), block_of(case)):
            assert stranger().get(address).status_code == 302
        assert stranger().post(removal_of(case), WHY).status_code == 302
        assert Case.objects.open().exists()

    def test_a_moderator_gets_404_for_what_never_was(self, as_moderator: Client, case: Case) -> None:
        for address in (f"/moderation/cases/{public_id(random_id())}/remove/", f"/moderation/comments/{public_id(random_id())}/remove/"):
            assert as_moderator.get(address).status_code == 404
        assert as_moderator.get(block_of(case)).status_code == 404

    def test_the_pages_answer_to_no_other_method(self, as_moderator: Client, case: Case) -> None:
        assert as_moderator.post("/moderation/").status_code == 405
        assert as_moderator.delete(removal_of(case)).status_code == 405


class TestRemove:
    def test_it_asks_for_a_reason_first(self, as_moderator: Client, case: Case) -> None:
        assert "Remove this post?" in words_of(as_moderator.get(removal_of(case)))
        for form in ({}, {"reason": "because"}):
            assert as_moderator.post(removal_of(case), form).status_code == 422
        assert Case.objects.open().exists()

    @pytest.mark.django_db(databases=["default", "ring"], transaction=True)
    def test_a_case_gives_way_to_the_reason(self, as_moderator: Client, as_other: Client, case: Case) -> None:
        assert as_moderator.post(removal_of(case), WHY).headers["Location"] == page_of(case)
        response = as_other.get(page_of(case))
        assert response.status_code == 410
        assert "Removed by a moderator" in words_of(response)
        assert "Reason: it could tell who a patient is." in words_of(response)
        assert TEXT.title not in words_of(response)
        assert TEXT.title not in words_of(as_other.get("/"))
        assert not keys_of_posts()
        case.refresh_from_db()
        assert (case.state, case.author, case.text_id) == (Case.State.MODERATED, None, None)

    def test_a_one_off_gives_way_too_and_its_author_is_forgotten(self, as_moderator: Client, as_other: Client, nobody: Nobody) -> None:
        case = nobody.posted()
        nobody.act("answer", body="Mine.", parent="")
        as_moderator.post(removal_of(case), WHY)
        case.refresh_from_db()
        assert case.nullifier is None
        assert as_other.get(page_of(case)).status_code == 410
        assert not Comment.objects.exists()
        assert nobody.act("edit", **LESSON)[0] == 403

    def test_a_comment_gives_way_to_the_reason(self, as_moderator: Client, as_other: Client, case: Case, other: Member) -> None:
        comment = a_comment(case, other, "Bed 4, the baker from the corner.")
        a_comment(case, other, "A reply.", parent=comment)
        as_moderator.post(removal_of(comment), WHY)
        words = words_of(as_other.get(page_of(case)))
        assert "Removed by a moderator: it could tell who a patient is." in words
        assert "the baker" not in words
        assert "A reply." in words
        assert Thread.objects.get().comment_count == 1
        assert as_moderator.post(removal_of(comment), WHY).status_code == 404

    def test_an_answer_of_nobody_can_be_removed(self, as_moderator: Client, nobody: Nobody) -> None:
        case = nobody.posted()
        nobody.act("answer", body="Mine.", parent="")
        comment = Comment.objects.get()
        assert removal_of(comment) in words_of(as_moderator.get(page_of(case)))
        as_moderator.post(removal_of(comment), WHY)
        comment.refresh_from_db()
        assert (comment.state, comment.by_opener, comment.text_id) == (Comment.State.MODERATED, False, None)

    def test_the_mark_stays_when_its_author_and_those_who_replied_leave(
        self, as_moderator: Client, as_author: Client, case: Case, other: Member
    ) -> None:
        comment = a_comment(case, other)
        a_comment(case, other, parent=comment)
        as_moderator.post(removal_of(comment), WHY)
        leave(member=other)
        assert "Removed by a moderator: it could tell" in words_of(as_author.get(page_of(case)))
        assert Comment.objects.get() == comment


class TestBlock:
    def test_a_blocked_quota_posts_no_more_that_day(self, as_moderator: Client, nobody: Nobody, another_nobody: Nobody) -> None:
        case = nobody.posted()
        assert "Block its quota of today" in words_of(as_moderator.get(page_of(case)))
        assert "Who it is stays unknown" in words_of(as_moderator.get(block_of(case)))
        as_moderator.post(block_of(case), {"reason": "abuse"})
        status, answer = nobody.post(case="another case")
        assert status == 403
        assert "for today" in answer["error"]
        assert Case.objects.count() == 1

    def test_it_can_be_blocked_after_the_post_was_removed(self, as_moderator: Client, nobody: Nobody) -> None:
        case = nobody.posted()
        as_moderator.post(removal_of(case), WHY)
        as_moderator.post(block_of(case), {"reason": "abuse"})
        assert Quota.objects.get().blocked

    def test_a_members_case_has_no_quota_to_block(self, as_moderator: Client, case: Case) -> None:
        assert "quota" not in words_of(as_moderator.get(page_of(case)))
        assert as_moderator.post(block_of(case), {"reason": "abuse"}).status_code == 404

    def test_a_day_that_is_over_cannot_be_blocked(
        self, as_moderator: Client, nobody: Nobody, monkeypatch: pytest.MonkeyPatch, noon: datetime
    ) -> None:
        case = nobody.posted()
        monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=1))
        assert as_moderator.post(block_of(case), {"reason": "abuse"}).status_code == 409
        assert not LogEntry.objects.exists()
        call_command("forget_oneoffs")
        assert as_moderator.get(block_of(case)).status_code == 404
        assert "quota" not in words_of(as_moderator.get(page_of(case)))


class TestLog:
    def test_every_deed_stands_in_it_with_its_day_and_reason(
        self, as_moderator: Client, nobody: Nobody, other: Member, moderator: Member
    ) -> None:
        case = nobody.posted()
        comment = a_comment(case, other)
        as_moderator.post(removal_of(comment), {"reason": "selling"})
        as_moderator.post(block_of(case), {"reason": "abuse"})
        as_moderator.post(removal_of(case), {"reason": "danger"})
        words = words_of(as_moderator.get("/moderation/"))
        deeds = ("Comment removed", "One-off posts ended for the day", "Post removed")
        reasons = ("it advertises", "it attacks a person", "it could lead to harm if followed")
        for said in (*deeds, *reasons):
            assert said in words
        assert set(LogEntry.objects.values_list("done_on", "case_id")) == {(date(2026, 11, 23), case.pk)}
        assert other.pseudonym not in words

    def test_an_empty_log_says_what_it_is_for(self, as_moderator: Client) -> None:
        assert "Nothing was removed yet." in words_of(as_moderator.get("/moderation/"))

    @pytest.mark.parametrize("count", [1, 120])
    def test_the_log_makes_the_same_five_queries_for_one_deed_and_for_many(self, as_moderator: Client, count: int) -> None:
        LogEntry.objects.bulk_create(LogEntry(deed="case", reason="abuse", case_id=random_id()) for _ in range(count))
        with named_queries() as queries:
            words = words_of(as_moderator.get("/moderation/"))
        assert words.count("Post removed") == min(count, 50)
        assert queries == [
            "select membership_session",
            "select membership_member",
            "select moderation_moderator",
            "select moderation_logentry",
            "select moderation_logentry",
        ]


def test_removing_costs_no_more_for_a_case_with_many_comments(as_moderator: Client, author: Member, other: Member) -> None:
    costs = []
    for count in (1, 20):
        case = a_case(author)
        for _ in range(count):
            a_comment(case, other)
        with named_queries() as queries:
            as_moderator.post(removal_of(case), WHY)
        costs.append(queries)
    assert costs[0] == costs[1]
