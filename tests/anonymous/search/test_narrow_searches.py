import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from curbside.anonymous.cases.actions import CASE_LIMIT, close_case, hide_case, mark_answered, post_case, show_case_again
from curbside.anonymous.cases.documents import Facts, Named, Outcome
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.actions import hide_comment, post_comment, show_comment_again
from curbside.anonymous.discussion.documents import CommentText
from curbside.anonymous.membership.models import Member
from curbside.anonymous.polls.actions import POLL_LIMIT, close_poll, edit_poll, hide_poll, post_poll, remove_poll, show_poll_again
from curbside.anonymous.polls.documents import PollText
from curbside.anonymous.polls.models import Poll
from curbside.anonymous.search.following import IndexKeeper
from curbside.kit.clock import this_minute
from tests.anonymous.cases.cast import TEXT, page_of, words_of
from tests.anonymous.cases.queries import named_queries
from tests.anonymous.polls.cast import asked
from tests.anonymous.search.asking import answered, search, titles, told

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


def a_poll(author: Member, question: str, *options: str, specialty: str = "cardiology") -> Poll:
    POLL_LIMIT._uses.clear()
    words = PollText(question, options or ("Yes", "No"))
    return post_poll(author=author, specialty=specialty, language="en", asked=replace(asked(), text=words))


def a_case_of(author: Member, title: str, facts: Facts, *, poll: str = "") -> Case:
    CASE_LIMIT._uses.clear()
    inside = replace(asked(), text=PollText(poll, ("Yes", "No"))) if poll else None
    text = replace(TEXT, title=title, facts=facts)
    return post_case(author=author, specialty="neurology", language="en", text=text, poll=inside)


class TestHowFar:
    def test_a_stage_is_heard_of_though_no_word_changed(self, as_other: Client, author: Member, keeper: IndexKeeper) -> None:
        case = told(author, "Syncope at night")
        told(author, "Syncope by day")
        answered(case, author, "Syncope again?")
        keeper.follow()
        assert titles(as_other, "syncope", stage="answered") == []
        mark_answered(case=case, answered=True)
        keeper.follow()
        assert titles(as_other, "syncope", stage="answered") == ["Syncope at night"] * 2
        assert titles(as_other, "syncope", stage="asked") == ["Syncope by day"]
        close_case(case=case, author=author, outcome=Outcome(None, "It was the heart."))
        keeper.follow()
        assert titles(as_other, "syncope", stage="closed", kind="case") == ["Syncope at night"]
        assert titles(as_other, "syncope", stage="answered") == []
        assert "closed, with what happened" in words_of(search(as_other, "syncope", stage="closed"))

    def test_polls_close_by_the_clock_and_by_their_author(self, as_other: Client, author: Member, keeper: IndexKeeper) -> None:
        early, late = a_poll(author, "Syncope: tilt table?"), a_poll(author, "Syncope: loop recorder?")
        post_comment(thread=late.thread, author=author, text=CommentText("Syncope is rare here."))
        keeper.follow()
        assert len(titles(as_other, "syncope", stage="asked")) == 3
        close_poll(poll=early)
        keeper.follow()
        assert titles(as_other, "syncope", stage="closed") == ["Syncope: tilt table?"]
        assert set(titles(as_other, "syncope", stage="asked")) == {"Syncope: loop recorder?"}
        Poll.objects.filter(pk=late.pk).update(closes_at=this_minute())
        keeper.build()
        assert titles(as_other, "syncope", stage="asked") == []


class TestPictures:
    def test_cases_with_pictures_are_found_with_what_is_said_under_them(
        self, as_other: Client, author: Member, keeper: IndexKeeper
    ) -> None:
        case = told(author, "A rash on both shins")
        told(author, "A rash on one shin")
        answered(case, author, "What a rash.")
        Case.objects.filter(pk=case.pk).update(has_pictures=True)
        keeper.build()
        assert titles(as_other, "rash", pictures="yes") == ["A rash on both shins"] * 2
        assert len(titles(as_other, "rash")) == 3


@pytest.mark.usefixtures("conditions")
class TestConditions:
    @pytest.mark.parametrize("written", ["I21", "i21", "heart attack", "Infarto de miocardio", "I21 Acute myocardial infarction"])
    def test_a_condition_is_chosen_by_any_of_its_terms(self, as_other: Client, author: Member, keeper: IndexKeeper, written: str) -> None:
        told(author, "Infarto de miocardio en un joven", language="es")
        told(author, "Panic at night")
        keeper.follow()
        found = search(as_other, condition=written)
        assert ["".join(part.text for part in hit.title) for hit in found.context["found"].hits] == ["Infarto de miocardio en un joven"]
        assert 'value="I21"' in words_of(found)

    def test_what_no_condition_is_called_gets_a_sentence_and_is_kept(self, as_other: Client, keeper: IndexKeeper) -> None:
        response = search(as_other, "heart", condition="a broken <b>heart")
        assert response.status_code == 422
        assert "No condition is known by this code or term." in words_of(response)
        assert "a broken &lt;b&gt;heart" in words_of(response)

    def test_a_condition_that_a_case_names_beside_its_story_counts(self, as_other: Client, author: Member, keeper: IndexKeeper) -> None:
        a_case_of(author, "Crushing pain", Facts(conditions=(Named("Acute myocardial infarction", "I21"),), interests=""))
        a_case_of(author, "Pain since the stent", Facts(conditions=(Named("Second heart attack", "I21.4"),), interests=""))
        a_case_of(author, "Pain of the back", Facts(interests=""))
        keeper.follow()
        assert set(titles(as_other, condition="I21")) == {"Crushing pain", "Pain since the stent"}
        assert "Crushing pain" in titles(as_other, "heart attack")

    def test_medicines_and_tests_are_found(self, as_other: Client, author: Member, keeper: IndexKeeper) -> None:
        a_case_of(author, "A cough", Facts(medicines=("ramipril 5 mg",), tests=("eosinophils 12 %",), interests=""))
        keeper.follow()
        assert titles(as_other, "ramipril eosinophil") == ["A cough"]


class TestPolls:
    def test_a_poll_is_found_by_its_question_and_options(self, as_other: Client, author: Member, keeper: IndexKeeper) -> None:
        poll = a_poll(author, "Bridging before ablation?", "Heparin always", "Never")
        keeper.follow()
        for typed in ("bridging", "heparin"):
            [hit] = search(as_other, typed, kind="poll").context["found"].hits
            assert hit.address == reverse("polls:show_poll", args=[poll.pk])
        assert titles(as_other, "heparin", kind="case") == []
        assert titles(as_other, "heparin", specialty="neurology") == []
        edit_poll(
            poll=poll,
            author=author,
            asked=replace(asked(), text=PollText("Warfarin?", ("Yes", "No"))),
            specialty="neurology",
            language="en",
        )
        keeper.follow()
        assert titles(as_other, "heparin") == []
        assert titles(as_other, "warfarin", specialty="neurology") == ["Warfarin?"]
        remove_poll(poll=poll)
        keeper.follow()
        assert search(as_other, "warfarin").context["found"].total == 0

    def test_what_is_said_under_a_poll_leads_to_itself(self, as_other: Client, author: Member, keeper: IndexKeeper) -> None:
        poll = a_poll(author, "Bridging before ablation?")
        comment = post_comment(thread=poll.thread, author=author, text=CommentText("Only with a mechanical valve."))
        keeper.follow()
        [hit] = search(as_other, "mechanical").context["found"].hits
        assert hit.address == reverse("discussion:show_comment", args=[comment.pk])
        assert "".join(part.text for part in hit.title) == "Bridging before ablation?"

    def test_the_poll_of_a_case_leads_to_the_case_and_changes_without_losing_it(
        self, as_other: Client, author: Member, keeper: IndexKeeper
    ) -> None:
        case = a_case_of(author, "Weakness", Facts(interests=""), poll="Lumbar puncture now?")
        comment = answered(case, author, "Weakness comes and goes.")
        keeper.follow()
        [hit] = search(as_other, "lumbar").context["found"].hits
        assert hit.address == f"{page_of(case)}#poll"
        poll = Poll.objects.get()
        edit_poll(poll=poll, author=author, asked=replace(asked(), text=PollText("Biopsy now?", ("Yes", "No"))))
        keeper.follow()
        assert titles(as_other, "biopsy", specialty="neurology") == ["Biopsy now?"]
        assert titles(as_other, "lumbar") == []
        assert len(titles(as_other, "weakness")) == 2
        assert comment.pk
        Case.objects.filter(pk=case.pk).update(state=Case.State.HIDDEN)
        assert search(as_other, "biopsy").context["found"].hits == []

    @pytest.mark.parametrize("count", [1, 200])
    def test_a_page_of_polls_makes_the_same_queries_for_one_and_for_many(
        self, as_other: Client, author: Member, keeper: IndexKeeper, count: int
    ) -> None:
        for number in range(count):
            a_poll(author, f"Ablation {number}?")
        keeper.follow()
        link = search(as_other, "ablation").redirect_chain[-1][0]
        with named_queries() as queries:
            found = as_other.get(link).context["found"]
        assert found.total == count
        assert len(queries) == 2 + 6  # no condition is called so: its terms are not read


def test_what_is_hidden_leaves_the_index_and_comes_back_with_all_on_its_page(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    case, poll = a_case_of(author, "Purpura", Facts(interests=""), poll="Purpura: biopsy?"), a_poll(author, "Purpura: steroids?")
    comment = answered(case, author, "Purpura after a cold.")
    keeper.follow()
    assert search(as_other, "purpura").context["found"].total == 4
    hide_comment(comment=comment, reason=None)
    keeper.follow()
    assert search(as_other, "purpura").context["found"].total == 3
    show_comment_again(comment=comment)
    hide_case(case=case, reason=None)
    hide_poll(poll=poll, reason=None)
    keeper.follow()
    assert search(as_other, "purpura").context["found"].total == 0
    show_case_again(case=case)
    show_poll_again(poll=poll)
    keeper.follow()
    assert search(as_other, "purpura").context["found"].total == 4


def test_every_filter_is_kept_in_the_address_and_in_the_form(as_other: Client, keeper: IndexKeeper) -> None:
    narrowed = {"specialty": "neurology", "language": "fr", "kind": "poll", "stage": "closed", "pictures": "yes", "since": "2026-01-02"}
    link = search(as_other, "heart", **narrowed).redirect_chain[-1][0]
    response = as_other.get(link)
    initial = response.context["form"].initial
    assert {part: str(initial[part]) for part in narrowed} == narrowed
    for value in ("neurology", "2026-01-02"):
        assert value not in link
    assert re.search(r"<details[^>]*\bopen\b", words_of(response))
    assert search(as_other, "heart", stage="someday").status_code == 422
