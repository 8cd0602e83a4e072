from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.membership.actions import _create, leave
from curbside.anonymous.membership.leaving import export_all_of
from curbside.anonymous.membership.models import Ban, Member, Sanction
from curbside.anonymous.moderation.judging import REPORT_LIMIT
from curbside.anonymous.moderation.models import Decision, LogEntry, Report
from curbside.anonymous.notifications.models import Notification
from curbside.anonymous.sealing.models import SealedText
from curbside.kit import clock
from curbside.kit.clock import today
from curbside.kit.ids import public_id, random_id
from tests.anonymous.cases.cast import TEXT, a_case, a_comment, browser_of, case_form, make_member, page_of, stranger, words_of
from tests.anonymous.cases.nobody import Nobody
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

JUDGED = {"action": "hide", "reason": "patient", "sanction": "", "weeks": "1"}


@pytest.fixture(autouse=True)
def no_reports_yet() -> None:
    REPORT_LIMIT._uses.clear()


@pytest.fixture
def second(db: None) -> Member:
    member = make_member("slow-tern-21")
    call_command("appoint_moderator", member.pseudonym, verbosity=0, stdout=StringIO())
    return member


def at(thing: Case | Comment, what: str) -> str:
    return f"/moderation/{'cases' if isinstance(thing, Case) else 'comments'}/{public_id(thing.pk)}/{what}/"


def appeal_of(decision: Decision, what: str = "appeal") -> str:
    return f"/moderation/decisions/{public_id(decision.pk)}/{what}/"


def joined_long_ago(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(joined_on=today() - timedelta(days=60))


class TestReport:
    def test_a_member_reports_and_reads_what_came_of_it(self, as_other: Client, as_moderator: Client, case: Case) -> None:
        assert at(case, "report") in words_of(as_other.get(page_of(case)))
        assert "What is wrong with it?" in words_of(as_other.get(at(case, "report")))
        as_other.post(at(case, "report"), {"reason": "selling", "words": "They sell it."})
        assert "has not looked at it yet" in words_of(as_other.get("/moderation/mine/"))
        assert "They sell it." in words_of(as_moderator.get(at(case, "judge")))
        as_moderator.post(at(case, "judge"), JUDGED | {"reason": "selling"})
        assert "A moderator hid it." in words_of(as_other.get("/moderation/mine/"))
        assert Report.objects.get().text_id is None

    def test_a_decision_is_among_the_notifications_also_where_the_post_can_no_longer_be_read(
        self, as_other: Client, as_author: Client, as_moderator: Client, case: Case
    ) -> None:
        as_other.post(at(case, "report"), {"reason": "selling"})
        as_moderator.post(at(case, "judge"), JUDGED)
        for client in (as_author, as_other):
            response = client.get("/notifications/")
            assert "Nothing yet" not in words_of(response)
            assert 'href="/moderation/mine/"' in response.content.decode()
            assert TEXT.title not in words_of(response)

    def test_one_reports_a_post_once_and_never_ones_own(self, as_other: Client, as_author: Client, case: Case) -> None:
        assert as_other.post(at(case, "report"), {"reason": "abuse"}).status_code == 302
        assert as_other.post(at(case, "report"), {"reason": "danger"}).status_code == 409
        assert as_author.post(at(case, "report"), {"reason": "abuse"}).status_code == 409
        assert Report.objects.count() == 1

    def test_a_report_needs_a_reason_and_keeps_the_words(self, as_other: Client, case: Case) -> None:
        response = as_other.post(at(case, "report"), {"words": "Look at this."})
        assert response.status_code == 422
        assert "Look at this." in words_of(response)

    def test_a_flood_of_reports_is_held(self, as_other: Client, author: Member, case: Case) -> None:
        for number in range(REPORT_LIMIT.times):
            assert as_other.post(at(a_comment(case, author, f"{number}"), "report"), {"reason": "abuse"}).status_code == 302
        assert as_other.post(at(case, "report"), {"reason": "abuse"}).status_code == 429

    def test_who_may_not_write_may_not_report_and_strangers_sign_in(self, as_read_only: Client, case: Case) -> None:
        assert as_read_only.post(at(case, "report"), {"reason": "abuse"}).status_code == 403
        assert stranger().post(at(case, "report"), {"reason": "abuse"}).status_code == 302
        assert as_read_only.get(f"/moderation/cases/{public_id(random_id())}/report/").status_code == 404
        assert not Report.objects.exists()

    def test_a_report_of_a_patient_hides_until_judged(self, as_other: Client, as_moderator: Client, other: Member, case: Case) -> None:
        joined_long_ago(other)
        as_other.post(at(case, "report"), {"reason": "patient"})
        assert "Hidden until a moderator has looked" in words_of(as_other.get(page_of(case)))
        assert "hidden meanwhile" in words_of(as_moderator.get("/moderation/queue/"))
        as_moderator.post(at(case, "judge"), JUDGED | {"action": "keep"})
        assert TEXT.title in words_of(as_other.get(page_of(case)))

    def test_it_does_not_hide_for_new_members_nor_again_what_was_judged(
        self, as_other: Client, as_moderator: Client, second: Member, case: Case
    ) -> None:
        as_other.post(at(case, "report"), {"reason": "patient"})
        assert Case.objects.get().state == Case.State.OPEN
        as_moderator.post(at(case, "judge"), JUDGED | {"action": "keep"})
        joined_long_ago(second)
        browser_of(second).post(at(case, "report"), {"reason": "patient"})
        assert Case.objects.get().state == Case.State.OPEN

    def test_it_hides_two_posts_a_day_and_none_for_whom_was_wrong_twice(
        self, as_other: Client, as_moderator: Client, other: Member, author: Member, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        joined_long_ago(other)
        comments = [a_comment(case, author, str(number)) for number in range(4)]
        for comment in comments[:3]:
            as_other.post(at(comment, "report"), {"reason": "patient"})
        assert Comment.objects.filter(state="hidden").count() == 2
        for comment in comments[:3]:
            as_moderator.post(at(comment, "judge"), JUDGED | {"action": "keep"})
        later = clock.now() + timedelta(days=1)
        monkeypatch.setattr(clock, "now", lambda: later)
        as_other.post(at(comments[3], "report"), {"reason": "patient"})
        assert not Comment.objects.filter(state="hidden").exists()

    def test_what_its_author_erased_meanwhile_waits_no_more(
        self, as_other: Client, as_author: Client, as_moderator: Client, author: Member, case: Case
    ) -> None:
        comment = a_comment(case, author, "Mine.")
        as_other.post(at(comment, "report"), {"reason": "abuse", "words": "Rude."})
        as_other.post(at(case, "report"), {"reason": "abuse"})
        as_author.post(f"/comments/{public_id(comment.pk)}/remove/")
        call_command("forget_decisions", stdout=StringIO())
        assert "It was erased before a moderator looked." in words_of(as_other.get("/moderation/mine/"))
        queue = words_of(as_moderator.get("/moderation/queue/"))
        assert public_id(comment.pk) not in queue
        assert public_id(case.pk) in queue
        assert not Report.objects.filter(text_id__isnull=False).exists()

    def test_the_reporter_stands_on_no_page(
        self, as_other: Client, as_moderator: Client, as_author: Client, other: Member, case: Case
    ) -> None:
        as_other.post(at(case, "report"), {"reason": "abuse", "words": "See."})
        pages = [as_moderator.get("/moderation/queue/"), as_moderator.get(at(case, "judge"))]
        as_moderator.post(at(case, "judge"), JUDGED)
        pages += [as_author.get("/moderation/mine/"), as_author.get(page_of(case)), stranger().get("/moderation/counts/")]
        assert not [page for page in pages if other.pseudonym in words_of(page)]

    @pytest.mark.django_db(databases=["default", "ring"], transaction=True)
    def test_a_reporters_words_are_exported_and_go_with_them(self, as_other: Client, other: Member, case: Case) -> None:
        as_other.post(at(case, "report"), {"reason": "abuse", "words": "See the last line."})
        assert "See the last line." in str(export_all_of(other))
        leave(member=other)
        assert not Report.objects.exists()
        assert SealedText.objects.filter(key_id__isnull=False).count() == 1


class TestJudge:
    def test_a_moderator_of_another_specialty_sees_nothing_of_it(self, as_other: Client, case: Case) -> None:
        there = make_member("grey-swift-02")
        call_command("appoint_moderator", there.pseudonym, specialty="urology", stdout=StringIO())
        as_other.post(at(case, "report"), {"reason": "abuse"})
        assert public_id(case.pk) not in words_of(browser_of(there).get("/moderation/queue/"))
        assert browser_of(there).post(at(case, "judge"), JUDGED).status_code == 404
        call_command("appoint_moderator", there.pseudonym, specialty="anaesthetics", stdout=StringIO())
        assert public_id(case.pk) in words_of(browser_of(there).get("/moderation/queue/"))

    def test_a_moderator_of_another_specialty_removes_nothing(self, case: Case) -> None:
        there = make_member("grey-swift-02")
        call_command("appoint_moderator", there.pseudonym, specialty="urology", stdout=StringIO())
        assert browser_of(there).post(at(case, "remove"), {"reason": "abuse"}).status_code == 403
        assert Case.objects.open().exists()

    def test_members_find_no_queue_and_judge_nothing(self, as_other: Client, as_author: Client, case: Case) -> None:
        for client in (as_other, as_author):
            assert client.get("/moderation/queue/").status_code == 404
            assert client.post(at(case, "judge"), JUDGED).status_code == 404
        assert Case.objects.open().exists()

    def test_a_moderator_does_not_judge_ones_own_post(self, as_moderator: Client, moderator: Member) -> None:
        assert as_moderator.post(at(a_case(moderator), "judge"), JUDGED).status_code == 403

    def test_a_comment_is_hidden_with_its_reason(self, as_moderator: Client, as_author: Client, case: Case, other: Member) -> None:
        comment = a_comment(case, other, "The baker.")
        assert "The baker." in words_of(as_moderator.get(at(comment, "judge")))
        as_moderator.post(at(comment, "judge"), JUDGED)
        assert "Hidden by a moderator: it could tell who a patient is." in words_of(as_author.get(page_of(case)))

    def test_removing_erases_and_like_decisions_are_shown(self, as_moderator: Client, as_other: Client, author: Member, case: Case) -> None:
        as_moderator.post(at(case, "judge"), JUDGED | {"action": "remove"})
        assert Case.objects.get().text_id is None
        another = a_case(author)
        as_other.post(at(another, "report"), {"reason": "patient"})
        assert "Removed, words erased" in words_of(as_moderator.get(at(another, "judge"))).split("Decided before")[1]

    def test_author_and_reporters_get_a_notification_each(
        self, as_moderator: Client, as_other: Client, case: Case, author: Member, other: Member
    ) -> None:
        as_other.post(at(case, "report"), {"reason": "abuse"})
        as_moderator.post(at(case, "judge"), JUDGED)
        assert set(Notification.objects.values_list("recipient_id", flat=True)) == {author.pk, other.pk}

    def test_an_unfinished_judgement_does_nothing(self, as_moderator: Client, case: Case) -> None:
        assert as_moderator.post(at(case, "judge"), {"action": "hide"}).status_code == 422
        assert Case.objects.open().exists()

    def test_nobody_gets_no_sanction(self, as_moderator: Client, nobody: Nobody) -> None:
        as_moderator.post(at(nobody.posted(), "judge"), JUDGED | {"sanction": "ban"})
        assert not Ban.objects.exists()
        assert Decision.objects.get().author is None

    @pytest.mark.parametrize("count", [1, 200])
    def test_the_queue_makes_the_same_queries_for_one_report_and_for_twenty(self, as_moderator: Client, other: Member, count: int) -> None:
        Report.objects.bulk_create(Report(case_id=random_id(), specialty="urology", reporter=other, reason="abuse") for _ in range(count))
        with named_queries() as queries:
            words = words_of(as_moderator.get("/moderation/queue/"))
        assert words.count("it attacks a person") == count
        assert queries == [
            "select membership_session",
            "select membership_member",
            "select moderation_moderator",
            "select moderation_report",
            "select moderation_messagereport",
            "select moderation_decision",
        ]

    @pytest.mark.parametrize("count", [1, 200])
    def test_ones_own_page_makes_the_same_queries_for_one_report_and_for_twenty(self, as_other: Client, other: Member, count: int) -> None:
        Report.objects.bulk_create(Report(case_id=random_id(), specialty="urology", reporter=other, reason="abuse") for _ in range(count))
        with named_queries() as queries:
            as_other.get("/moderation/mine/")
        assert queries[2:] == [
            "select moderation_decision",
            "select moderation_report",
            "select membership_sanction",
            "select moderation_messagereport",
        ]


class TestSanction:
    def test_a_suspended_member_reads_only_and_is_told_until_when_and_why(
        self, as_moderator: Client, as_author: Client, author: Member, case: Case, noon: object
    ) -> None:
        as_moderator.post(at(case, "judge"), JUDGED | {"sanction": "suspend", "weeks": "2"})
        author.refresh_from_db()
        assert author.suspended_until == date(2026, 12, 7)
        refused = words_of(as_author.post("/cases/new/", case_form()))
        assert "You were suspended for telling who patients are." in refused
        assert "write again from Dec. 7, 2026" in refused
        assert "suspended" in words_of(as_author.get("/membership/"))
        assert as_author.get("/").status_code == 200

    def test_leaving_and_coming_back_washes_no_suspension_off(self, as_moderator: Client, author: Member, case: Case) -> None:
        as_moderator.post(at(case, "judge"), JUDGED | {"sanction": "suspend", "weeks": "4"})
        nullifier = bytes(author.nullifier)
        leave(member=author)
        again = _create(pseudonym="new-name-01", nullifier=nullifier)
        assert not again.may_write

    def test_a_suspension_ends_on_its_day(self, as_moderator: Client, author: Member, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
        as_moderator.post(at(case, "judge"), JUDGED | {"sanction": "suspend"})
        author.refresh_from_db()
        assert not author.may_write
        later = clock.now() + timedelta(days=14)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert author.may_write
        call_command("forget_decisions", stdout=StringIO())
        assert not Sanction.objects.exists()

    def test_a_warning_is_told_to_its_member_and_shown_to_moderators(
        self, as_moderator: Client, as_author: Client, case: Case, author: Member
    ) -> None:
        as_moderator.post(at(case, "judge"), JUDGED | {"sanction": "warn"})
        assert "warning: telling who patients are" in words_of(as_author.get("/moderation/mine/"))
        assert "warning: telling who patients are" in words_of(as_moderator.get(at(a_case(author), "judge")))

    def test_a_ban_ends_in_membership(self, as_moderator: Client, author: Member, case: Case) -> None:
        as_moderator.post(at(case, "judge"), JUDGED | {"sanction": "ban"})
        assert bytes(Ban.objects.get().nullifier) == bytes(author.nullifier)

    def test_the_log_of_a_sanction_has_no_page_and_the_month_alone(self, as_moderator: Client, case: Case, noon: object) -> None:
        as_moderator.post(at(case, "judge"), JUDGED | {"sanction": "suspend"})
        entry = LogEntry.objects.get(deed="suspend")
        assert (entry.case_id, entry.done_on) == (None, date(2026, 11, 1))


class TestAppeal:
    def judged(self, as_moderator: Client, case: Case) -> Decision:
        as_moderator.post(at(case, "judge"), JUDGED | {"sanction": "suspend"})
        return Decision.objects.get()

    def test_a_second_moderator_takes_it_back(
        self, as_moderator: Client, as_author: Client, as_other: Client, case: Case, author: Member, second: Member
    ) -> None:
        decision = self.judged(as_moderator, case)
        assert appeal_of(decision) in words_of(as_author.get("/moderation/mine/"))
        as_author.post(appeal_of(decision), {"words": "All of it is invented."})
        assert as_moderator.get(appeal_of(decision, "judge")).status_code == 404
        assert appeal_of(decision, "judge") not in words_of(as_moderator.get("/moderation/queue/"))
        as_second = browser_of(second)
        assert appeal_of(decision, "judge") in words_of(as_second.get("/moderation/queue/"))
        assert "All of it is invented." in words_of(as_second.get(appeal_of(decision, "judge")))
        as_second.post(appeal_of(decision, "judge"), {"verdict": "reverse"})
        assert TEXT.title in words_of(as_other.get(page_of(case)))
        author.refresh_from_db()
        assert author.may_write
        assert "took it back" in words_of(as_author.get("/moderation/mine/"))
        decision.refresh_from_db()
        assert (decision.decided_by, decision.text_id) == (None, None)

    def test_it_can_stand_and_is_asked_once(self, as_moderator: Client, as_author: Client, case: Case, second: Member) -> None:
        decision = self.judged(as_moderator, case)
        assert as_author.post(appeal_of(decision), {"words": ""}).status_code == 422
        as_author.post(appeal_of(decision), {"words": "Please."})
        assert as_author.post(appeal_of(decision), {"words": "Please!"}).status_code == 409
        browser_of(second).post(appeal_of(decision, "judge"), {"verdict": "uphold"})
        assert "and it stands" in words_of(as_author.get("/moderation/mine/"))
        assert Case.objects.get().state == Case.State.HIDDEN

    def test_nobody_else_appeals_or_judges(self, as_moderator: Client, as_author: Client, as_other: Client, case: Case) -> None:
        decision = self.judged(as_moderator, case)
        assert as_other.post(appeal_of(decision), {"words": "Mine."}).status_code == 404
        as_author.post(appeal_of(decision), {"words": "Please."})
        for client in (as_other, as_author):
            assert client.post(appeal_of(decision, "judge"), {"verdict": "reverse"}).status_code == 404
        assert stranger().post(appeal_of(decision, "judge"), {"verdict": "reverse"}).status_code == 302

    def test_a_ban_is_lifted_with_the_decision(self, as_moderator: Client, case: Case, author: Member, second: Member) -> None:
        as_moderator.post(at(case, "judge"), JUDGED | {"sanction": "ban"})
        author.refresh_from_db()
        assert not author.may_write
        decision = Decision.objects.get()
        assert browser_of(author).post(appeal_of(decision), {"words": "All of it is invented."}).status_code == 302
        browser_of(second).post(appeal_of(decision, "judge"), {"verdict": "reverse"})
        author.refresh_from_db()
        assert author.may_write
        assert not Ban.objects.exists()
        assert browser_of(author).post("/cases/new/", case_form()).status_code == 302

    def test_nobody_judges_anew_what_an_appeal_is_about(
        self, as_moderator: Client, as_author: Client, as_other: Client, case: Case, second: Member
    ) -> None:
        decision = self.judged(as_moderator, case)
        as_author.post(appeal_of(decision), {"words": "All of it is invented."})
        for client in (as_moderator, browser_of(second)):
            assert client.post(at(case, "judge"), JUDGED | {"action": "remove"}).status_code == 409
        browser_of(second).post(appeal_of(decision, "judge"), {"verdict": "reverse"})
        for judgement in (JUDGED, JUDGED | {"action": "keep", "sanction": "warn"}):
            assert as_moderator.post(at(case, "judge"), judgement).status_code == 409
        assert as_moderator.post(f"/moderation/cases/{public_id(case.pk)}/remove/", {"reason": "abuse"}).status_code == 409
        as_other.post(at(case, "report"), {"reason": "abuse"})
        assert as_moderator.post(at(case, "judge"), JUDGED | {"action": "keep"}).status_code == 302
        assert Case.objects.get().state == Case.State.OPEN

    def test_new_words_after_a_won_appeal_are_judged_anew(
        self, as_moderator: Client, as_author: Client, case: Case, second: Member, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        decision = self.judged(as_moderator, case)
        as_author.post(appeal_of(decision), {"words": "All of it is invented."})
        browser_of(second).post(appeal_of(decision, "judge"), {"verdict": "reverse"})
        later = clock.now() + timedelta(days=1)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert as_author.post(f"{page_of(case)}edit/", case_form()).status_code == 302
        assert as_moderator.post(at(case, "judge"), JUDGED).status_code == 302
        assert Case.objects.get().state == Case.State.HIDDEN

    def test_a_removal_beside_the_post_can_be_appealed_too(self, as_moderator: Client, as_author: Client, case: Case) -> None:
        as_moderator.post(f"/moderation/cases/{public_id(case.pk)}/remove/", {"reason": "abuse"})
        decision = Decision.objects.get()
        assert appeal_of(decision) in words_of(as_author.get("/moderation/mine/"))
        assert as_author.post(appeal_of(decision), {"words": "Please."}).status_code == 302

    def test_reports_are_forgotten_a_month_after_the_answer(
        self, as_other: Client, moderator: Member, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        as_other.post(at(case, "report"), {"reason": "abuse"})
        begin = clock.now()

        def reports_after(days: int) -> int:
            monkeypatch.setattr(clock, "now", lambda: begin + timedelta(days=days))
            call_command("forget_decisions", stdout=StringIO())
            return Report.objects.count()

        assert reports_after(40) == 1
        browser_of(moderator).post(at(case, "judge"), JUDGED)
        assert reports_after(70) == 1
        assert reports_after(71) == 0

    def test_after_a_month_nothing_says_who_decided_of_whom(
        self, as_moderator: Client, as_author: Client, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        decision = self.judged(as_moderator, case)
        later = clock.now() + timedelta(days=31)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert as_author.post(appeal_of(decision), {"words": "Late."}).status_code == 409
        call_command("forget_decisions", stdout=StringIO())
        decision.refresh_from_db()
        assert (decision.decided_by, decision.author, decision.sanction) == (None, None, None)


def test_everyone_reads_the_counts_by_month(as_moderator: Client, case: Case, author: Member, moderator: Member) -> None:
    assert "nothing yet" in words_of(stranger().get("/moderation/counts/"))
    as_moderator.post(at(case, "judge"), JUDGED)
    words = words_of(stranger().get("/moderation/counts/"))
    assert "Hidden" in words
    assert author.pseudonym not in words
    assert moderator.pseudonym not in words


def test_the_operator_lists_moderators_and_reads_what_waits(as_other: Client, case: Case, moderator: Member) -> None:
    as_other.post(at(case, "report"), {"reason": "abuse"})
    said = StringIO()
    call_command("list_moderators", stdout=said)
    call_command("moderation_stats", stdout=said)
    assert said.getvalue().splitlines() == [f"{moderator.pseudonym}  all", "1 moderators; 1 reports and 0 appeals wait."]
