import json
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings, settings
from django.core.management import call_command
from django.core.signing import TimestampSigner
from django.test import Client

from curbside.anonymous.cases.models import Case, Quota
from curbside.anonymous.cases.queries import case_text
from curbside.anonymous.discussion.models import Comment, Reaction, Thread
from curbside.anonymous.discussion.queries import THREAD_PAGE
from curbside.anonymous.membership.models import Member
from curbside.anonymous.membership.verifying import proof_worker
from curbside.anonymous.notifications.kinds import Kind
from curbside.anonymous.notifications.queries import notices_of
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.sealing.models import SealedText
from curbside.kit import clock
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import a_case, a_comment, page_of, words_of
from tests.anonymous.cases.nobody import ANOTHER_CASE, LESSON, THE_CASE, Nobody, false_packet, nullifier
from tests.anonymous.cases.queries import keys_of_posts, named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


class TestPost:
    def test_a_proof_posts_a_lesson_without_an_author(self, nobody: Nobody, noon: datetime) -> None:
        assert nobody.post() == (200, {"next": f"/cases/{public_id(THE_CASE)}/", "act": "post"})
        case = Case.objects.get()
        assert (case.pk, case.kind, case.author, case.state) == (THE_CASE, "lesson", None, Case.State.OPEN)
        assert bytes(case.nullifier or b"") == nullifier("one, the case")
        assert case.posted_at == noon.replace(second=0)
        assert case_text(case).story == LESSON["story"]

    def test_a_case_proper_can_be_posted_as_nobody_too(self, nobody: Nobody, as_other: Client) -> None:
        nobody.posted(kind="case")
        assert "Ten times the dose" in words_of(as_other.get("/"))
        assert "Ten times the dose" not in words_of(as_other.get("/lessons/"))

    def test_a_poll_can_stand_inside_it_and_is_nobodys_either(self, nobody: Nobody, as_other: Client) -> None:
        asked = {"poll-question": "Tell the family?", "poll-options": "Yes\nNo", "poll-choice": "one", "poll-closes": "2026-11-30"}
        case = nobody.posted(kind="case", **asked)
        poll = Poll.objects.get()
        assert (poll.thread_id, poll.author, poll.inside) == (case.thread_id, None, True)
        assert "Tell the family?" in words_of(as_other.get(page_of(case)))
        assert as_other.get(f"/polls/{public_id(poll.pk)}/close/").status_code == 404

    def test_beside_it_stands_a_verified_doctor_and_the_crowd_of_everyone(self, nobody: Nobody, as_other: Client) -> None:
        words = words_of(as_other.get(page_of(nobody.posted())))
        assert "posted as nobody" in words
        assert "Verified doctor" in words
        assert "one of 8" in words
        assert "a member who left" not in words
        assert "<strong>myself</strong>" in words

    def test_everyone_sees_the_same_page_whoever_wrote_it(self, nobody: Nobody, as_author: Client, as_other: Client) -> None:
        case = nobody.posted()
        mine, theirs = words_of(as_author.get(page_of(case))), words_of(as_other.get(page_of(case)))
        assert mine.replace("quiet-heron-41", "") == theirs.replace("brave-otter-12", "")
        assert "Did you write this?" in mine
        assert "What you send here stands under quiet-heron-41." in mine

    def test_the_server_is_sent_no_words_before_the_proof(self, nobody: Nobody) -> None:
        asked = nobody.begin("post", "words")
        assert set(asked) == {"ticket", "wallet"}
        assert f"#prove?purpose=case&object={public_id(THE_CASE)}&epoch=&challenge=" in asked["wallet"]
        assert asked["wallet"].endswith("&passkey=-&badges=&quota=2026-11-23")

    def test_to_begin_writes_nothing_anywhere(self, nobody: Nobody) -> None:
        with named_queries() as queries:
            nobody.begin("post", "words")
        assert queries == []

    def test_the_page_the_wallet_comes_back_to_asks_for_no_session(self, nobody: Nobody, as_author: Client) -> None:
        with named_queries() as queries:
            response = as_author.get("/oneoff/")
        assert queries == []
        assert not response.cookies
        assert words_of(response) == words_of(nobody.client.get("/oneoff/"))

    @pytest.mark.parametrize("path", ["/oneoff/begin/", "/oneoff/finish/"])
    def test_a_request_that_brings_any_cookie_is_refused(self, as_author: Client, path: str) -> None:
        with named_queries() as queries:
            response = as_author.post(path, "{}", content_type="application/json")
        assert response.status_code == 403
        assert "would tell who you are" in response.json()["error"]
        assert queries == []

    def test_a_request_from_another_origin_is_refused(self, nobody: Nobody) -> None:
        body = {"act": "post", "digest": "0" * 64}
        for origin, status in (("https://elsewhere.example.org", 403), (str(settings.ORIGIN), 200)):
            response = nobody.client.post("/oneoff/begin/", body, content_type="application/json", headers={"origin": origin})
            assert response.status_code == status

    def test_the_composer_refuses_to_post_as_nobody_with_a_session(self, as_author: Client) -> None:
        for extra in ({}, {"preview": "1"}):
            response = as_author.post("/lessons/new/", {**LESSON, "under": "nobody", **extra})
            assert response.status_code == 400
            assert "nor at all" in words_of(response)
        assert not Case.objects.exists()
        assert not SealedText.objects.exists()

    @pytest.mark.parametrize(("field", "value"), [("story", ""), ("title", "x" * 161), ("specialty", "astrology"), ("language", "xx")])
    def test_a_wrong_field_is_told_and_costs_no_proof(self, nobody: Nobody, field: str, value: str) -> None:
        status, answer = nobody.post({**LESSON, field: value})
        assert status == 400
        assert answer["error"]
        assert not Case.objects.exists()
        assert nobody.post()[0] == 200

    def test_other_words_than_the_proof_was_asked_for_are_refused(self, nobody: Nobody) -> None:
        ticket = nobody.begin("post", json.dumps(LESSON))["ticket"]
        status, answer = nobody.finish(ticket, json.dumps({**LESSON, "story": "Another story."}))
        assert status == 400
        assert "changed after the proof" in answer["error"]

    def test_a_ticket_serves_once(self, nobody: Nobody) -> None:
        text = json.dumps(LESSON)
        ticket = nobody.begin("post", text)["ticket"]
        assert nobody.finish(ticket, text)[0] == 200
        assert nobody.finish(ticket, text)[0] == 409
        assert Quota.objects.get().posts == 1
        assert SealedText.objects.count() == 1

    def test_a_forged_ticket_is_refused(self, nobody: Nobody) -> None:
        assert nobody.finish("forged", json.dumps(LESSON))[0] == 400

    def test_a_ticket_is_too_old_after_an_hour(self, nobody: Nobody, monkeypatch: pytest.MonkeyPatch) -> None:
        text = json.dumps(LESSON)
        monkeypatch.setattr(TimestampSigner, "timestamp", lambda _self: "1")
        ticket = nobody.begin("post", text)["ticket"]
        monkeypatch.undo()
        status, answer = nobody.finish(ticket, text)
        assert status == 400
        assert "More than an hour" in answer["error"]

    def test_a_proof_of_another_case_is_refused(self, nobody: Nobody) -> None:
        text = json.dumps(LESSON)
        ticket = nobody.begin("post", text)["ticket"]
        assert nobody.finish(ticket, text, case="another case")[0] == 403
        assert not Case.objects.exists()

    @pytest.mark.parametrize("changes", [{"quota": ""}, {"proof": ""}, {"quota": "AAAA"}])
    def test_a_missing_proof_is_refused(self, nobody: Nobody, changes: dict[str, str]) -> None:
        text = json.dumps(LESSON)
        assert nobody.finish(nobody.begin("post", text)["ticket"], text, **changes)[0] == 400
        assert not Case.objects.exists()

    @pytest.mark.parametrize(("part", "place"), [("proof", "the case"), ("quota", "the day")])
    def test_a_false_proof_of_either_kind_posts_nothing(self, nobody: Nobody, part: str, place: str) -> None:
        text = json.dumps(LESSON)
        ticket = nobody.begin("post", text)["ticket"]
        status, answer = nobody.finish(ticket, text, **{part: false_packet(f"one, {place}")})
        assert status == 403
        assert "does not hold" in answer["error"]
        assert not Case.objects.exists()
        assert not Quota.objects.exists()

    @pytest.mark.parametrize("body", ["[]", "{", '{"act": "vote"}', '{"act": "post", "digest": "x"}', '{"act": 7}', '{"case": "iiii"}'])
    def test_a_broken_request_is_refused(self, nobody: Nobody, body: str) -> None:
        assert nobody.client.post("/oneoff/begin/", body, content_type="application/json").status_code == 400

    def test_a_full_verifying_process_costs_nothing(self, nobody: Nobody, settings: LazySettings) -> None:
        text = json.dumps(LESSON)
        ticket = nobody.begin("post", text)["ticket"]
        worker = proof_worker()
        taken = [worker.slot() for _ in range(settings.PROOFS_AT_ONCE)]
        for slot in taken:
            slot.__enter__()
        assert nobody.finish(ticket, text)[0] == 503
        for slot in taken:
            slot.__exit__(None, None, None)
        assert nobody.finish(ticket, text)[0] == 200


class TestQuota:
    def test_a_day_has_so_many_posts_and_no_more(self, nobody: Nobody, settings: LazySettings) -> None:
        settings.ONE_OFFS_A_DAY = 1
        assert nobody.post()[0] == 200
        status, answer = nobody.post(case="another case")
        assert status == 429
        assert "one such post a day" in answer["error"]
        assert Case.objects.count() == 1
        assert SealedText.objects.count() == 1

    def test_two_posts_of_one_day_share_a_quota_and_nothing_else(self, nobody: Nobody) -> None:
        nobody.post()
        nobody.post(case="another case")
        first, second = Case.objects.get(pk=THE_CASE), Case.objects.get(pk=ANOTHER_CASE)
        assert bytes(first.nullifier or b"") != bytes(second.nullifier or b"")
        assert first.quota == second.quota
        assert Quota.objects.get().posts == 2

    def test_another_person_has_another_quota(self, nobody: Nobody, another_nobody: Nobody, settings: LazySettings) -> None:
        settings.ONE_OFFS_A_DAY = 1
        nobody.post(case="another case")
        assert another_nobody.post()[0] == 200

    def test_from_midnight_on_nothing_ties_a_post_to_a_quota(self, nobody: Nobody, monkeypatch: pytest.MonkeyPatch) -> None:
        case = nobody.posted()
        call_command("forget_oneoffs")
        assert Quota.objects.count() == 1
        monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 0, 0, 1, tzinfo=UTC))
        call_command("forget_oneoffs")
        case.refresh_from_db()
        assert case.quota is None
        assert not Quota.objects.exists()
        assert case.by_nobody

    def test_a_new_day_has_a_new_number(self) -> None:
        assert nullifier("one, the day") != nullifier("one, the next day")
        assert len({nullifier(f"one, {place}") for place in ("the case", "another case", "the day", "the next day")}) == 4

    def test_a_proof_for_a_day_that_is_over_is_refused(self, nobody: Nobody, monkeypatch: pytest.MonkeyPatch) -> None:
        text = json.dumps(LESSON)
        ticket = nobody.begin("post", text)["ticket"]
        monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 0, 0, 1, tzinfo=UTC))
        status, answer = nobody.finish(ticket, text)
        assert status == 400
        assert "new day" in answer["error"]


class TestAuthor:
    def test_the_same_wallet_answers_as_the_author(self, nobody: Nobody, as_other: Client, other: Member) -> None:
        case = nobody.posted()
        question = a_comment(case, other, "Who stood beside you?")
        status, answer = nobody.act("answer", body="Nobody did, that was *the point*.", parent=public_id(question.pk))
        made = Comment.objects.get(by_opener=True)
        assert (status, answer["next"]) == (200, f"/comments/{public_id(made.pk)}/")
        assert (made.author, made.parent, made.thread) == (None, question, case.thread)
        assert Thread.objects.get().comment_count == 2
        words = words_of(as_other.get(page_of(case)))
        assert "the author" in words
        assert "<em>the point</em>" in words

    def test_what_can_be_answered_is_offered_by_its_first_words(self, nobody: Nobody, as_other: Client, other: Member) -> None:
        case = nobody.posted()
        a_comment(case, other, "Was it 5 < 6 & **so** on? " + "word " * 40)
        words = words_of(as_other.get(page_of(case)))
        assert "brave-otter-12: Was it 5 &lt; 6 &amp; so on? word word word" in words

    def test_a_ticket_to_answer_serves_once(self, nobody: Nobody) -> None:
        nobody.posted()
        text = json.dumps({"body": "Yes."})
        ticket = nobody.begin("answer", text)["ticket"]
        assert nobody.finish(ticket, text, day="")[0] == 200
        assert nobody.finish(ticket, text, day="")[0] == 409
        assert Comment.objects.count() == 1
        assert SealedText.objects.count() == 2

    def test_the_same_wallet_edits_it(self, nobody: Nobody) -> None:
        case = nobody.posted()
        assert nobody.act("edit", **{**LESSON, "title": "A hundred times the dose"})[0] == 200
        case.refresh_from_db()
        assert case_text(case).title == "A hundred times the dose"
        assert case.edited_at is not None

    def test_the_same_wallet_removes_it_and_its_answers(self, nobody: Nobody, as_other: Client, other: Member) -> None:
        case = nobody.posted()
        kept = a_comment(case, other)
        nobody.act("answer", body="Mine.", parent="")
        status, answer = nobody.act("remove")
        assert (status, answer["next"]) == (200, "/lessons/")
        case.refresh_from_db()
        assert (case.state, case.text_id, case.nullifier, case.quota) == (Case.State.REMOVED, None, None, None)
        assert list(Comment.objects.values_list("pk", flat=True)) == [kept.pk]
        assert SealedText.objects.filter(key_id__isnull=False).count() == 1
        assert as_other.get(page_of(case)).status_code == 404

    @pytest.mark.django_db(databases=["default", "ring"], transaction=True)
    def test_what_it_removes_has_no_key_any_more(self, nobody: Nobody) -> None:
        nobody.posted()
        nobody.act("answer", body="Mine.", parent="")
        nobody.act("remove")
        assert not keys_of_posts()

    def test_the_same_wallet_removes_an_answer(self, nobody: Nobody) -> None:
        nobody.posted()
        nobody.act("answer", body="Mine.", parent="")
        assert nobody.act("unanswer", comment=Comment.objects.get().pk)[0] == 200
        assert not Comment.objects.exists()

    def test_the_same_wallet_says_that_an_answer_helped_and_leaves_no_row(self, nobody: Nobody, as_other: Client, other: Member) -> None:
        case = nobody.posted()
        comment = a_comment(case, other)
        letters = public_id(comment.pk)
        assert f'<option value="{letters}">' in words_of(as_other.get(page_of(case)))
        assert nobody.act("helped", answer=letters)[0] == 200
        words = words_of(as_other.get(page_of(case)))
        assert "helped, says who asked" in words
        assert f'<option value="-{letters}">' in words
        assert not Reaction.objects.exists()
        assert nobody.act("helped", answer=f"-{letters}")[0] == 200
        assert "helped, says who asked" not in words_of(as_other.get(page_of(case)))

    def test_who_posted_as_nobody_names_members_and_stays_nobody(self, nobody: Nobody, other: Member) -> None:
        nobody.posted()
        nobody.act("answer", body=f"Ask @{other.pseudonym}.", parent="")
        assert [notice.kind for _row, notice in notices_of(other)] == [Kind.MENTION]
        assert Comment.objects.get().author is None

    def test_only_an_answer_under_the_same_post_can_help_it(self, nobody: Nobody, author: Member) -> None:
        nobody.posted()
        nobody.act("answer", body="Mine.", parent="")
        own, elsewhere = Comment.objects.get(), a_comment(a_case(author), author)
        for comment in (own, elsewhere):
            assert nobody.act("helped", answer=public_id(comment.pk))[0] == 403
        assert nobody.act("helped", answer="?")[0] == 400
        assert not Comment.objects.filter(helped_asker=True).exists()

    @pytest.mark.parametrize("act", ["answer", "edit", "remove", "unanswer"])
    def test_another_wallet_can_do_none_of_it(self, nobody: Nobody, another_nobody: Nobody, act: str) -> None:
        case = nobody.posted()
        nobody.act("answer", body="Mine.", parent="")
        status, answer = another_nobody.act(act, comment=Comment.objects.get().pk, **{**LESSON, "title": "No", "body": "No", "parent": ""})
        assert status == 403
        assert "This wallet did not write that post" in answer["error"]
        case.refresh_from_db()
        assert case_text(case).title == LESSON["title"]
        assert Comment.objects.count() == 1

    def test_nobody_is_the_author_of_a_members_case(self, nobody: Nobody, author: Member) -> None:
        Case.objects.create(pk=THE_CASE, author=author, thread=Thread.objects.create(kind="case"), text_id=1, specialty="x", language="en")
        assert nobody.act("remove")[0] == 403

    def test_a_members_comment_cannot_be_removed_by_the_author(self, nobody: Nobody, other: Member) -> None:
        comment = a_comment(nobody.posted(), other)
        assert nobody.act("unanswer", comment=comment.pk)[0] == 403
        assert Comment.objects.get() == comment

    def test_no_session_edits_or_removes_it(self, nobody: Nobody, as_author: Client) -> None:
        case = nobody.posted()
        for verb in ("edit", "remove"):
            assert as_author.post(f"{page_of(case)}{verb}/", LESSON).status_code == 404


@pytest.mark.parametrize("count", [1, 200])
def test_a_one_off_makes_the_same_nine_queries_for_one_comment_and_for_many(
    nobody: Nobody, as_other: Client, other: Member, count: int
) -> None:
    case = nobody.posted()
    for _ in range(count):
        Comment.objects.create(thread=case.thread, author=other, text_id=a_text())
    with named_queries() as queries:
        words = words_of(as_other.get(page_of(case)))
    assert words.count('id="comment-') == min(count, THREAD_PAGE)
    assert queries == [
        "select membership_session",
        "select membership_member",
        "select cases_case",
        "select discussion_comment",
        "select discussion_comment",
        "select sealing_sealedtext",
        "select membership_badge",
        "select membership_vouch",
        "select sealing_ringkey",
    ]


def a_text() -> int:
    from curbside.anonymous.sealing.actions import seal_text

    return seal_text(document={"body": "Yes."})


def test_a_post_of_yesterday_keeps_its_author(nobody: Nobody, monkeypatch: pytest.MonkeyPatch, noon: datetime) -> None:
    case = nobody.posted()
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=1))
    call_command("forget_oneoffs")
    assert nobody.act("answer", body="A day later.", parent="")[0] == 200
    assert Comment.objects.get().thread == case.thread


def test_the_author_tells_the_outcome_with_a_proof_and_nobody_else_does(nobody: Nobody, another_nobody: Nobody, other: Member) -> None:
    case = nobody.posted(kind="case")
    a_comment(case, other)
    status, answer = another_nobody.act("close", diagnosis="", words="Not mine to tell.")
    assert status == 403, answer
    status, answer = nobody.act("close", diagnosis="Cholinesterase deficiency", words="Slept it off.")
    assert status == 200, answer
    case.refresh_from_db()
    assert case.stage == Case.Stage.CLOSED
    outcome = case_text(case).outcome
    assert outcome is not None
    assert outcome.words == "Slept it off."
    assert nobody.act("close", diagnosis="", words="")[0] == 400
