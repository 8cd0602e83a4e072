from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.actions import post_comment
from curbside.anonymous.discussion.documents import CommentText
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.leaving import export_all_of
from curbside.anonymous.membership.models import Member
from curbside.anonymous.moderation.actions import appoint
from curbside.anonymous.moderation.models import Decision, Report
from curbside.anonymous.notifications.queries import notices_of
from curbside.anonymous.polls.models import Poll, VoteMark
from curbside.anonymous.polls.queries import poll_text
from curbside.anonymous.sealing.models import RingKey
from curbside.anonymous.shelf.making import make_missing_shelves
from curbside.kit.clock import this_minute, today
from curbside.kit.ids import public_id, random_id
from curbside.kit.paging import PAGE_SIZE
from tests.anonymous.cases.cast import browser_of, case_form, make_member, show_badge, stranger, words_of
from tests.anonymous.cases.cast import page_of as page_of_case
from tests.anonymous.cases.queries import named_queries
from tests.anonymous.polls.cast import OPTIONS, QUESTION, a_poll, page_of, page_words, poll_form, vote, votes

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


@pytest.fixture(autouse=True)
def shelves(other: Member) -> None:
    make_missing_shelves()


LIST = ["select membership_session", "select membership_member", "select polls_poll"]
FOLDS, KEY = "select sealing_sealedtext", "select sealing_ringkey"
"""What the reader folds away lies on their shelf."""
PAGE = [*LIST, "select discussion_comment", "select discussion_comment", "select sealing_sealedtext", "select membership_badge", KEY]
"""The reader's own marks, their vote and their shelf among them, come from one query, which begins with their comments."""
INSIDE = {
    "poll-question": QUESTION,
    "poll-options": "\n".join(OPTIONS),
    "poll-choice": "one",
    "poll-closes": str(today() + timedelta(days=7)),
}


def address(name: str, poll: Poll) -> str:
    return reverse(f"polls:{name}", args=[poll.pk])


def post(client: Client, **changes: str) -> int:
    return client.post(reverse("polls:post_poll"), poll_form(**changes)).status_code


def a_case_with_a_poll(client: Client) -> tuple[Case, Poll]:
    assert client.post(reverse("cases:post_case"), case_form(**INSIDE)).status_code == 302
    case = Case.objects.get()
    return case, Poll.objects.get(thread=case.thread)


class TestAsking:
    def test_a_poll_is_posted_and_shown_with_its_author_and_options(self, as_author: Client, as_other: Client, author: Member) -> None:
        show_badge(author, "es/cardiology", 312)
        assert post(as_author, details="With **renal** failure.") == 302
        poll = Poll.objects.get()
        words = page_words(as_other, poll)
        for written in (QUESTION, *OPTIONS, author.pseudonym, "one of 312", "<strong>renal</strong>", "A vote cannot be changed"):
            assert written in words
        assert poll.closes_at.hour == poll.closes_at.minute == 0
        assert poll.last_day.date() == today() + timedelta(days=7)

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("options", "Only one", "from two to ten"),
            ("options", "Same\nSame", "from two to ten"),
            ("options", "\n".join(str(number) for number in range(11)), "from two to ten"),
            ("options", "A\n" + "x" * 201, "at most 200"),
            ("question", "x" * 301, "at most 300"),
            ("closes", "2020-01-01", "Choose a day from today on"),
            ("closes", "2099-01-01", "Choose a day from today on"),
            ("closes", "soon", "valid date"),
            ("specialty", "astrology", "valid choice"),
        ],
    )
    def test_what_cannot_be_asked_is_told_and_kept(self, as_author: Client, field: str, value: str, sentence: str) -> None:
        response = as_author.post(reverse("polls:post_poll"), poll_form(**{field: value}))
        assert response.status_code == 422
        assert sentence in words_of(response)
        assert QUESTION[:20] in words_of(response) or field == "question"
        assert not Poll.objects.exists()

    def test_who_reads_only_and_strangers_ask_nothing(self, as_read_only: Client) -> None:
        assert post(as_read_only) == 403
        assert stranger().post(reverse("polls:post_poll"), poll_form()).status_code == 302
        assert not Poll.objects.exists()

    def test_markup_in_every_field_is_shown_and_never_run(self, as_author: Client, as_other: Client) -> None:
        script = "<script>alert(1)</script>"
        post(as_author, question=f"{script}?", options=f"{script}\n<img src=x onerror=alert(2)>", details=script)
        poll = Poll.objects.get()
        for words in (
            page_words(as_other, poll),
            words_of(as_other.get(reverse("polls:list_polls"))),
            words_of(vote(as_other, poll, 0, sure=False)),
        ):
            assert script not in words
            assert "<img src=x" not in words

    def test_it_is_edited_until_somebody_has_voted(self, as_author: Client, as_other: Client, poll: Poll) -> None:
        salt = poll_text(poll).salt
        assert as_author.post(address("edit_poll", poll), poll_form(question="Another?")).status_code == 302
        assert "Another?" in page_words(as_other, poll)
        assert poll_text(poll).salt == salt
        vote(as_other, poll, 0)
        assert as_author.get(address("edit_poll", poll)).status_code == 409
        assert as_author.post(address("edit_poll", poll), poll_form(question="Yet another?")).status_code == 409
        assert "Another?" in page_words(as_other, poll)

    def test_its_author_closes_it_early_and_can_remove_it(self, as_author: Client, as_other: Client, poll: Poll) -> None:
        votes(poll, 0, 1)
        assert "Nobody can vote after that" in words_of(as_author.get(address("close_poll", poll)))
        as_author.post(address("close_poll", poll))
        assert "<strong>50 %</strong> 1 of 2" in page_words(as_other, poll)
        assert not VoteMark.objects.exists()
        as_author.post(address("remove_poll", poll))
        assert as_other.get(page_of(poll)).status_code == 404
        poll.refresh_from_db()
        assert (poll.text_id, poll.author_id, bytes(poll.tally)) == (None, None, b"")

    @pytest.mark.parametrize("name", ["edit_poll", "close_poll", "remove_poll"])
    def test_nobody_elses_poll_exists_for_its_tools(self, as_other: Client, poll: Poll, name: str) -> None:
        assert as_other.get(address(name, poll)).status_code == 404
        assert as_other.post(address(name, poll), poll_form()).status_code == 404
        assert stranger().get(address(name, poll)).status_code == 302
        assert as_other.put(address(name, poll)).status_code == 405

    def test_a_poll_that_never_was_is_a_404(self, as_other: Client) -> None:
        assert as_other.get(f"/polls/{public_id(random_id())}/").status_code == 404


class TestLists:
    def test_open_and_closed_polls_are_listed_apart_and_narrowed(self, as_other: Client, author: Member) -> None:
        for specialty, language in (("neurology", "es"), ("urology", "es"), ("neurology", "fr")):
            a_poll(author, specialty=specialty, language=language)
        gone = a_poll(author, specialty="neurology")
        Poll.objects.filter(pk=gone.pk).update(closes_at=this_minute())
        listed = {
            query: len(as_other.get(f"/polls/?{query}").context["polls"].polls)
            for query in (
                "",
                "which=closed",
                "specialty=neurology",
                "specialty=neurology&language=es",
                "which=closed&specialty=urology",
                "which=%27",
            )
        }
        assert list(listed.values()) == [3, 1, 2, 1, 0, 3]

    def test_a_list_names_no_author_and_tells_no_answer(self, as_other: Client, author: Member, poll: Poll) -> None:
        votes(poll, 0, 0)
        words = words_of(as_other.get("/polls/"))
        assert QUESTION in words
        assert "2 answered" in words
        assert author.pseudonym not in words
        assert "%" not in words.split("<main", 1)[1].split("</main")[0].replace("95 %", "")

    @pytest.mark.parametrize("closed", [False, True])
    @pytest.mark.parametrize("count", [1, 200])
    def test_a_list_makes_the_same_seven_queries_for_one_and_for_many(
        self, as_other: Client, author: Member, count: int, closed: bool
    ) -> None:
        for number in range(count):
            made = a_poll(author)
            if closed:
                Poll.objects.filter(pk=made.pk).update(closes_at=this_minute(), posted_at=this_minute() - timedelta(minutes=number % 3))
        where = "/polls/?which=closed" if closed else "/polls/"
        with named_queries() as queries:
            words = words_of(as_other.get(where))
        assert words.count(QUESTION) == min(count, PAGE_SIZE)
        assert queries == [*LIST, "select sealing_sealedtext", FOLDS, KEY, KEY]
        with named_queries() as again:
            as_other.get(where)
        assert again == [*LIST, FOLDS, KEY]

    @pytest.mark.parametrize("which", ["", "closed"])
    def test_older_polls_follow_without_a_gap_or_a_double(self, as_other: Client, author: Member, which: str) -> None:
        made = {a_poll(author).pk for _ in range(PAGE_SIZE + 5)}
        if which:
            Poll.objects.update(closes_at=this_minute())
        first = as_other.get("/polls/", {"which": which})
        second = as_other.get("/polls/", {"which": which, "after": first.context["polls"].next_cursor})
        shown = [row.pk for response in (first, second) for row in response.context["polls"].polls]
        assert len(shown) == len(set(shown))
        assert set(shown) == made

    def test_my_polls_are_mine_alone(self, as_author: Client, as_other: Client, poll: Poll) -> None:
        assert QUESTION in words_of(as_author.get("/mine/polls/"))
        assert QUESTION not in words_of(as_other.get("/mine/polls/"))
        assert stranger().get("/mine/polls/").status_code == 302

    def test_a_hub_leads_to_the_polls_of_its_specialty(self, as_other: Client, poll: Poll) -> None:
        where = "/polls/?specialty=cardiology"
        assert where in words_of(as_other.get(reverse("cases:show_hub", args=["cardiology"])))
        assert QUESTION in words_of(as_other.get(where))

    def test_empty_lists_say_what_they_are_for(self, as_other: Client) -> None:
        assert "No poll is open: ask one." in words_of(as_other.get("/polls/"))
        assert "No poll has closed yet." in words_of(as_other.get("/polls/?which=closed"))
        assert "ask the first one" in words_of(as_other.get("/polls/?specialty=urology"))
        assert "You have asked no poll yet." in words_of(as_other.get("/mine/polls/"))


class TestPage:
    @pytest.mark.parametrize("count", [1, 29])
    def test_a_poll_makes_the_same_eight_queries_for_one_comment_and_for_many(self, as_other: Client, poll: Poll, count: int) -> None:
        for number in range(count):
            member = make_member(f"member-{number}")
            show_badge(member, "es", 400)
            post_comment(thread=poll.thread, author=member, text=CommentText("Never again."))
        with named_queries() as queries:
            words = page_words(as_other, poll)
        assert words.count("Never again.") == count
        assert queries == PAGE
        with named_queries() as again:
            page_words(as_other, poll)
        assert again == [*LIST, "select discussion_comment", KEY]

    @pytest.mark.parametrize("count", [1, 200])
    def test_a_poll_makes_the_same_queries_for_one_vote_and_for_many(self, as_other: Client, poll: Poll, count: int) -> None:
        VoteMark.objects.bulk_create(VoteMark(poll=poll, digest=number.to_bytes(32)) for number in range(count - 1))
        vote(as_other, poll, 1)
        page_words(as_other, poll)
        with named_queries() as queries:
            assert "<strong>100 %</strong> 1 of 1" in page_words(as_other, poll)
        assert queries == [*LIST, "select discussion_comment", KEY]

    def test_a_comment_under_a_poll_leads_there_from_ones_own_list(self, as_other: Client, other: Member, poll: Poll) -> None:
        comment = post_comment(thread=poll.thread, author=other, text=CommentText("Never again."))
        where = reverse("discussion:show_comment", args=[comment.pk])
        assert where in words_of(as_other.get(reverse("cases:list_my_comments")))
        assert as_other.get(where).headers["Location"].startswith(page_of(poll))

    def test_its_author_hears_of_answers(self, as_other: Client, author: Member, other: Member, poll: Poll) -> None:
        post_comment(thread=poll.thread, author=other, text=CommentText("Never again."))
        assert len(notices_of(author)) == 1
        assert QUESTION in words_of(browser_of(author).get(reverse("notifications:list")))


class TestInsideACase:
    def test_a_case_shows_its_poll_and_takes_votes(self, as_author: Client, as_other: Client) -> None:
        case, poll = a_case_with_a_poll(as_author)
        assert (poll.inside, poll.author_id) == (True, None)
        words = words_of(as_other.get(page_of_case(case)))
        assert QUESTION in words
        assert 'type="radio"' in words
        assert vote(as_other, poll, 2).headers["Location"] == f"{page_of_case(case)}#poll"
        assert "<strong>100 %</strong> 1 of 1" in words_of(as_other.get(page_of_case(case)))
        assert 'type="radio"' in words_of(as_author.get(page_of_case(case)))

    def test_a_case_with_a_poll_makes_six_queries_and_three_once_rendered(self, as_author: Client, as_other: Client) -> None:
        case, _poll = a_case_with_a_poll(as_author)
        with named_queries() as queries:
            as_other.get(page_of_case(case))
        assert len(queries) == 2 + 6
        with named_queries() as again:
            as_other.get(page_of_case(case))
        assert len(again) == 2 + 3

    def test_a_case_that_keeps_answers_back_keeps_its_polls_back_too(self, as_author: Client, as_other: Client) -> None:
        as_author.post(reverse("cases:post_case"), case_form(**INSIDE, asks="diagnosis"))
        case, poll = Case.objects.get(), Poll.objects.get()
        vote(as_other, poll, 2)
        words = words_of(as_other.get(page_of_case(case)))
        assert "Its answers are shown once you have given your list" in words
        assert "self-selected" not in words
        assert 'type="radio" name="option"' not in words
        as_other.post(reverse("cases:look_first", args=[case.pk]))
        assert "<strong>100 %</strong> 1 of 1" in words_of(as_other.get(page_of_case(case)))

    def test_it_stands_in_no_list_and_has_no_page_of_its_own(self, as_author: Client, as_other: Client) -> None:
        _case, poll = a_case_with_a_poll(as_author)
        assert as_other.get("/polls/").context["polls"].polls == []
        assert as_other.get(page_of(poll)).status_code == 404

    def test_half_a_poll_is_told_and_the_case_is_kept_in_the_form(self, as_author: Client) -> None:
        response = as_author.post(reverse("cases:post_case"), case_form(**INSIDE | {"poll-options": "One"}))
        assert response.status_code == 422
        assert "from two to ten" in words_of(response)
        assert QUESTION in words_of(response)
        response = as_author.post(reverse("cases:post_case"), case_form(**INSIDE | {"poll-options": ""}))
        assert "A poll needs this." in words_of(response)
        assert not Case.objects.exists()

    def test_a_case_without_a_poll_is_posted_as_before(self, as_author: Client) -> None:
        blank = INSIDE | {"poll-question": "", "poll-options": ""}
        assert as_author.post(reverse("cases:post_case"), case_form(**blank)).status_code == 302
        assert not Poll.objects.exists()

    def test_its_author_edits_closes_and_removes_it(self, as_author: Client, as_other: Client) -> None:
        case, poll = a_case_with_a_poll(as_author)
        assert as_other.get(address("edit_poll", poll)).status_code == 404
        changed = INSIDE | {"poll-question": "Which valve?"}
        assert as_author.post(address("edit_poll", poll), changed).headers["Location"] == page_of_case(case)
        assert "Which valve?" in words_of(as_other.get(page_of_case(case)))
        as_author.post(address("close_poll", poll))
        assert "Nobody answered." in words_of(as_other.get(page_of_case(case)))
        as_author.post(address("remove_poll", poll))
        words = words_of(as_other.get(page_of_case(case)))
        assert "Which valve?" not in words
        assert case_form()["question"] in words

    def test_it_goes_with_its_case(self, as_author: Client, as_other: Client) -> None:
        case, poll = a_case_with_a_poll(as_author)
        vote(as_other, poll, 0)
        as_author.post(reverse("cases:remove_case", args=[case.pk]))
        poll.refresh_from_db()
        assert (poll.state, poll.text_id) == ("removed", None)
        assert not VoteMark.objects.exists()
        assert vote_is_refused(as_other, poll)


def vote_is_refused(client: Client, poll: Poll) -> bool:
    return client.post(address("vote", poll), {"option": "0", "wording": "x", "sure": "on"}).status_code == 404


class TestLeaving:
    def test_own_polls_are_exported_and_erased(
        self, as_author: Client, author: Member, poll: Poll, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        case, inside = a_case_with_a_poll(as_author)
        kept = export_all_of(author)
        assert kept["Polls"][0]["options"] == [*OPTIONS]
        assert kept["Cases"][0]["poll"] == {"question": QUESTION, "details": "", "options": [*OPTIONS]}
        texts = {poll.text_id, inside.text_id}
        with django_capture_on_commit_callbacks(execute=True):
            leave(member=author)
        assert not RingKey.objects.filter(text_id__in=texts).exists()
        assert set(Poll.objects.values_list("state", "text_id", "author")) == {("left", None, None)}
        assert case.pk


class TestModeration:
    def test_a_poll_is_reported_judged_and_removed_like_a_case(
        self, as_other: Client, as_author: Client, author: Member, poll: Poll
    ) -> None:
        report = reverse("moderation:report_case", args=[poll.pk])
        assert report in page_words(as_other, poll)
        assert as_other.post(report, {"reason": "selling", "words": ""}).status_code == 302
        assert Report.objects.get().specialty == "cardiology"
        judge = make_member("wise-crane-58")
        appoint(member=judge)
        as_judge = browser_of(judge)
        words = words_of(as_judge.get(reverse("moderation:judge_case", args=[poll.pk])))
        assert QUESTION in words
        assert OPTIONS[2] in words
        as_judge.post(
            reverse("moderation:judge_case", args=[poll.pk]), {"action": "hide", "reason": "selling", "sanction": "", "weeks": "1"}
        )
        assert "Hidden by a moderator" in words_of(as_other.get(page_of(poll)))
        assert as_other.get(page_of(poll)).status_code == 410
        assert as_other.get("/polls/").context["polls"].polls == []
        assert Decision.objects.get().author == author
        shown = reverse("moderation:show_post", args=[poll.pk])
        assert shown in words_of(as_author.get(reverse("moderation:show_mine")))
        assert as_author.get(shown).headers["Location"] == page_of(poll)

    def test_a_moderator_removes_it_with_a_reason(self, as_other: Client, poll: Poll) -> None:
        judge = make_member("wise-crane-58")
        appoint(member=judge)
        remove = reverse("moderation:remove_case", args=[poll.pk])
        assert remove in page_words(browser_of(judge), poll)
        assert remove not in page_words(as_other, poll)
        browser_of(judge).post(remove, {"reason": Reason.SELLING})
        assert "it advertises" in words_of(as_other.get(page_of(poll)))
        assert Poll.objects.get().text_id is None

    def test_a_hidden_poll_takes_no_votes(self, as_other: Client, poll: Poll) -> None:
        Poll.objects.filter(pk=poll.pk).update(state="hidden")
        assert vote_is_refused(as_other, poll)
