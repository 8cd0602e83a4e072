import re

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curbside.anonymous.cases.models import Case
from curbside.anonymous.membership.models import Member
from curbside.anonymous.search.finding import PAGE, Question, find
from curbside.anonymous.search.following import IndexKeeper
from curbside.anonymous.search.links import open_question, seal_question
from curbside.anonymous.search.views import SEARCH_LIMIT
from tests.anonymous.cases.cast import browser_of, page_of, stranger, words_of
from tests.anonymous.cases.queries import named_queries
from tests.anonymous.search.asking import answered, marked, search, titles, told

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

PAGE_QUERIES = [
    "select membership_session",
    "select membership_member",
    "select conditions_term",
    "select conditions_condition",
    "select cases_case",
    "select polls_poll",
    "select discussion_comment",
    "select sealing_sealedtext",
    "select sealing_ringkey",
]


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("en", "Recurrent infections after splenectomy", "infection"),
        ("es", "Neumonías recurrentes en una niña", "neumonia"),
        ("es", "Neumonia recurrente", "neumonías"),
        ("fr", "Des douleurs thoraciques répétées", "douleur thoracique repetee"),
        ("de", "Wiederkehrende Entzündungen der Lunge", "entzundung"),
        ("it", "Polmoniti ricorrenti nell'anziano", "polmonite"),
    ],
)
def test_a_word_is_found_in_any_form_with_and_without_accents(
    as_other: Client, author: Member, keeper: IndexKeeper, language: str, written: str, typed: str
) -> None:
    told(author, written, language=language)
    told(author, "Something else entirely", language=language)
    keeper.follow()
    assert titles(as_other, typed) == [written]


def test_all_words_must_be_there_in_any_order_and_a_phrase_as_written(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    told(author, "Failure", "The heart was fine; the kidney failed.")
    told(author, "Pump", "Heart failure with a normal ejection fraction.")
    keeper.follow()
    assert set(titles(as_other, "failure heart")) == {"Failure", "Pump"}
    assert titles(as_other, '"heart failure"') == ["Pump"]
    assert titles(as_other, "“heart failure”") == ["Pump"]
    assert titles(as_other, "heart -ejection") == ["Failure"]


def test_a_beginning_with_a_star_is_found(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    told(author, "Cardiomyopathy")
    told(author, "Cardamom")
    told(author, "Liver", specialty="gastroenterology")
    keeper.follow()
    assert titles(as_other, "cardio*") == ["Cardiomyopathy"]
    assert set(titles(as_other, "card*")) == {"Cardiomyopathy", "Cardamom"}
    assert marked(as_other, "cardio*") == ["Cardiomyopathy"]


def test_hyphens_and_slashes_join_words_that_stand_in_a_row(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    told(author, "On beta-blockers for years")
    told(author, "A blocker of beta")
    keeper.follow()
    assert titles(as_other, "beta-blocker") == ["On beta-blockers for years"]


@pytest.mark.usefixtures("conditions")
def test_a_condition_is_found_by_any_of_its_terms(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    told(author, "Infarto de miocardio en un joven", language="es")
    told(author, "Heart attack at a wedding")
    told(author, "Heart murmur, panic attack")
    keeper.follow()
    both = {"Infarto de miocardio en un joven", "Heart attack at a wedding"}
    assert set(titles(as_other, "myocardial infarction")) == both
    assert set(titles(as_other, condition="i21")) == both
    assert titles(as_other, "infarto de miocardio wedding") == ["Heart attack at a wedding"]
    assert set(titles(as_other, "heart attack")) == {*both, "Heart murmur, panic attack"}
    assert titles(as_other, '"heart attack"') == ["Heart attack at a wedding"]


@pytest.mark.usefixtures("conditions")
def test_the_page_says_which_condition_was_searched_by_its_other_terms(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    told(author, "Infarto de miocardio en un joven", language="es")
    keeper.follow()
    words = words_of(search(as_other, "heart attack"))
    assert "I21 Acute myocardial infarction" in words
    assert "<mark>Infarto</mark>" in words


def test_results_are_narrowed_by_specialty_language_kind_and_day(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    case = told(author, "Syncope at night", specialty="cardiology")
    told(author, "Syncope by day", specialty="neurology", language="fr")
    answered(case, author, "Syncope again?")
    Case.objects.filter(pk=case.pk).update(posted_at="2025-03-04T23:59:00Z")
    keeper.build()
    assert set(titles(as_other, "syncope", specialty="neurology")) == {"Syncope by day"}
    assert set(titles(as_other, "syncope", language="fr")) == {"Syncope by day"}
    assert titles(as_other, "syncope", kind="comment") == ["Syncope at night"]
    assert titles(as_other, "syncope", kind="case", since="2025-03-04", until="2025-03-04") == ["Syncope at night"]
    assert titles(as_other, "syncope", kind="case", until="2025-03-03") == []
    assert titles(as_other, "syncope", since="2025-03-05", kind="case") == ["Syncope by day"]
    assert len(titles(as_other, specialty="cardiology")) == 2


def test_the_best_stands_first(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    told(author, "A long case", "Many words. " * 60 + "One sarcoidosis in passing.")
    told(author, "Sarcoidosis of the heart", "Sarcoidosis proven by biopsy.")
    keeper.follow()
    assert titles(as_other, "sarcoidosis") == ["Sarcoidosis of the heart", "A long case"]


def test_a_comment_is_found_under_its_case_and_leads_to_itself(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    case = told(author, "Fever of unknown origin")
    comment = answered(case, author, "Think of brucellosis.")
    keeper.follow()
    [hit] = search(as_other, "brucellosis").context["found"].hits
    assert hit.address == reverse("discussion:show_comment", args=[comment.pk])
    assert page_of(case) in as_other.get(hit.address, follow=True).redirect_chain[-1][0]


def test_hits_show_their_words_marked_in_place_and_nothing_of_the_author(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    told(author, "A rash", f"{'Before. ' * 80} Then **purpura** appeared on both legs. {'After. ' * 80}")
    keeper.follow()
    words = words_of(search(as_other, "purpura"))
    assert re.search(r"Then\s+<mark>purpura</mark>\s+appeared on both legs\.", words)
    assert author.pseudonym not in words


def test_markup_in_a_text_is_shown_and_never_run(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    told(author, "<script>alert(1)</script> anaemia", '<img src=x onerror="alert(2)"> anaemia <mark>no</mark>')
    keeper.follow()
    words = words_of(search(as_other, "anaemia"))
    assert "<script>alert" not in words
    assert "<img src=x" not in words
    assert "<mark>no" not in words
    assert words.count("<mark>anaemia</mark>") == 2


@pytest.mark.usefixtures("conditions")
@pytest.mark.parametrize("count", [1, 200])
def test_a_page_of_hits_makes_the_same_nine_queries_for_one_and_for_many(
    as_other: Client, author: Member, keeper: IndexKeeper, count: int
) -> None:
    case = told(author, "Asthma in a diver")
    for number in range(count):
        answered(case, author, f"Asthma, thought {number}.")
    keeper.follow()
    link = search(as_other, "asthma").redirect_chain[-1][0]
    with named_queries() as queries:
        found = as_other.get(link).context["found"]
    assert found.total == count + 1
    assert len(found.hits) == min(count + 1, PAGE)
    assert queries == PAGE_QUERIES


def test_more_hits_follow_without_a_double(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    case = told(author, "Gout")
    for number in range(PAGE + 5):
        answered(case, author, f"Gout, thought {number}.")
    keeper.follow()
    link = search(as_other, "gout").redirect_chain[-1][0]
    pages = [as_other.get(f"{link}&page={number}").context["found"] for number in (1, 2, 3)]
    addresses = [hit.address for page in pages for hit in page.hits]
    assert len(addresses) == len(set(addresses)) == PAGE + 6
    assert [page.next_page for page in pages] == [2, None, None]


@pytest.mark.parametrize("typed", ['"heart failure', "-heart", "*", "a*", "!!! ???", "word " * 40, "x" * 400])
def test_what_cannot_be_asked_gets_a_sentence(as_other: Client, keeper: IndexKeeper, typed: str) -> None:
    response = search(as_other, typed)
    assert response.status_code == 200
    assert 'role="alert"' in words_of(response)


def test_nothing_found_and_nothing_asked_say_what_to_do(as_other: Client, keeper: IndexKeeper) -> None:
    assert "Nothing is found." in words_of(search(as_other, "zebra"))
    assert "Take a filter away" in words_of(search(as_other, "zebra", language="it"))
    assert "This searches every case" in words_of(as_other.get(reverse("search:search")))


def test_without_an_index_the_page_asks_to_try_again(as_other: Client) -> None:
    response = search(as_other, "heart")
    assert response.status_code == 503
    assert "being built" in words_of(response)


def test_what_was_typed_stands_in_no_address_and_in_no_other_members_reach(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    told(author, "Porphyria")
    keeper.follow()
    link = search(as_other, "porphyria").redirect_chain[-1][0]
    assert "orphyria" not in link
    assert "orphyria" in words_of(as_other.get(link))
    assert "orphyria" not in words_of(browser_of(author).get(link))


def test_a_link_that_was_changed_is_no_question() -> None:
    link = seal_question(Question("gout"), member_id=7)
    assert open_question(link, member_id=7) == Question("gout")
    assert open_question(link, member_id=8) is None
    for wrong in ("", "AAAA", link[:-2], "ü", link.swapcase(), "=" * 10):
        assert open_question(wrong, member_id=7) is None


def test_stranger_is_sent_to_sign_in() -> None:
    assert stranger().get(reverse("search:search")).status_code == 302
    assert stranger().post(reverse("search:search"), {"q": "heart"}).status_code == 302


def test_other_methods_are_refused(as_other: Client) -> None:
    assert as_other.put(reverse("search:search")).status_code == 405


def test_wrong_filters_are_told_and_not_searched(as_other: Client, keeper: IndexKeeper) -> None:
    assert search(as_other, "heart", specialty="astrology").status_code == 422
    assert search(as_other, "heart", since="never").status_code == 422


def test_searches_are_limited(as_other: Client, keeper: IndexKeeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SEARCH_LIMIT, "times", 2)
    assert [search(as_other, "heart").status_code for _ in range(3)] == [200, 200, 429]


def test_every_page_of_a_member_holds_the_search_box(as_other: Client) -> None:
    assert 'id="search-box"' in words_of(as_other.get("/"))
    assert 'id="search-box"' not in words_of(stranger().get("/"))


@given(typed=st.text(max_size=320) | st.text(alphabet='ab" -*+()[]:^~\\/&|!\u0301İßﷺ', max_size=60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered(as_other: Client, keeper: IndexKeeper, typed: str) -> None:
    SEARCH_LIMIT._uses.clear()
    assert search(as_other, typed).status_code in {200, 422}


@given(since=st.dates(), until=st.dates())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_days_are_chosen_are_answered(as_other: Client, keeper: IndexKeeper, since: object, until: object) -> None:
    SEARCH_LIMIT._uses.clear()
    assert search(as_other, "heart", since=str(since), until=str(until)).status_code == 200


def test_a_text_that_went_meanwhile_is_not_shown_though_the_index_names_it(author: Member, keeper: IndexKeeper) -> None:
    case = told(author, "Scurvy")
    keeper.follow()
    Case.objects.filter(pk=case.pk).update(state=Case.State.REMOVED, text_id=None)
    assert find(Question("scurvy")).hits == []
