import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curbside.anonymous.conditions.actions import load_conditions
from curbside.anonymous.conditions.models import Condition, Word
from curbside.anonymous.conditions.queries import MOST_SUGGESTIONS, meanings_of, suggest_conditions
from curbside.anonymous.conditions.sources import SourceCondition, plain_terms, read_conditions, read_synonyms
from curbside.anonymous.membership.models import Member
from tests.anonymous.cases.cast import browser_of, stranger
from tests.anonymous.cases.queries import named_queries
from tests.anonymous.conditions.conftest import CONDITIONS

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


def codes(typed: str) -> list[str]:
    return [item.code for item in suggest_conditions(typed)]


@pytest.mark.usefixtures("conditions")
@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("pneumonia", "J18.9"),
        ("pneum strep", "J15.4"),
        ("strep PNEUM", "J15.4"),
        ("heart att", "I21"),
        ("infarto", "I21"),
        ("neumonia", "J18.9"),
        ("NEUMONÍA", "J18.9"),
        ("neumoni\u0301a", "J18.9"),
        ("embolism", "I21"),
        ("femur", "S72"),
        ("i21.9", "I21.9"),
        ("I219", "I21.9"),
        ("I21", "I21"),
    ],
)
def test_a_condition_is_found_by_the_beginning_of_any_word_by_synonym_and_by_code(typed: str, best: str) -> None:
    assert codes(typed)[0] == best


@pytest.mark.usefixtures("conditions")
def test_every_typed_word_must_begin_a_word_of_the_same_term() -> None:
    assert codes("heart embolism") == []
    assert codes("eumonia") == []


@pytest.mark.usefixtures("conditions")
def test_the_term_that_fitted_is_told_when_it_is_not_the_label() -> None:
    assert suggest_conditions("infarto")[0].through == "infarto de miocardio"
    assert suggest_conditions("fracture")[0].through == ""


@pytest.mark.usefixtures("conditions")
def test_a_condition_stands_once_and_the_list_is_short() -> None:
    found = codes("infarction")
    assert len(found) == len(set(found)) <= MOST_SUGGESTIONS


@pytest.mark.usefixtures("conditions")
def test_one_letter_suggests_nothing_and_asks_nothing() -> None:
    with named_queries() as queries:
        assert codes("p") == []
        assert codes("   ") == []
    assert queries == []


@pytest.mark.parametrize("count", [1, 200])
def test_suggesting_is_two_queries_whatever_is_found(count: int) -> None:
    load_conditions(conditions=[SourceCondition(f"A{number:02}.0", f"Plague {number}", ()) for number in range(count)])
    with named_queries() as queries:
        assert len(codes("plag")) == min(count, MOST_SUGGESTIONS)
    assert queries == ["select conditions_word", "select conditions_term"]


@pytest.mark.usefixtures("conditions")
def test_a_prefix_is_read_from_the_index_and_not_from_the_whole_table() -> None:
    rows = Word.objects.filter(word__gte=b"pneu", word__lt=b"pneu\xff").only("word")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # it would rather read so small a table whole
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = rows.explain()
    assert "word_by_prefix" in plan


@pytest.mark.usefixtures("conditions")
def test_terms_that_mean_the_same_are_told_by_any_of_them_and_by_the_code() -> None:
    found = meanings_of([" infarto de miocardio", " of"], code="J18.9")
    assert set(found) == {" infarto de miocardio", "J18.9"}
    assert ("en", " heart attack") in found[" infarto de miocardio"].terms
    assert ("es", " neumonia") in found["J18.9"].terms


@pytest.mark.usefixtures("conditions")
def test_a_narrower_term_is_never_put_in_the_place_of_the_condition() -> None:
    assert meanings_of([" coronary artery embolism"]) == {}
    assert all("embolism" not in folded for _language, folded in meanings_of([" heart attack"])[" heart attack"].terms)


@pytest.mark.usefixtures("conditions")
def test_loading_again_replaces_and_doubles_nothing() -> None:
    words = Word.objects.count()
    assert load_conditions(conditions=CONDITIONS) == len(CONDITIONS)
    assert (Condition.objects.count(), Word.objects.count()) == (len(CONDITIONS), words)


def test_the_classification_is_read_without_the_visits_of_injuries() -> None:
    found = {condition.code: condition for condition in read_conditions()}
    assert found["I21"].label == "Acute myocardial infarction"
    assert "S72.001A" not in found
    assert len(found) > 40_000
    assert set(read_synonyms()) - set(found) == set()


@pytest.mark.usefixtures("conditions")
def test_member_is_answered_best_first(member: Member) -> None:
    answer = browser_of(member).get(reverse("conditions:suggest"), {"q": "heart"})
    assert answer.json()["conditions"] == [{"code": "I21", "label": "Acute myocardial infarction", "through": "heart attack"}]
    assert answer.headers["Cache-Control"] == "no-store"


def test_stranger_is_sent_to_sign_in() -> None:
    assert stranger().get(reverse("conditions:suggest"), {"q": "heart"}).status_code == 302


def test_only_reading_is_offered(member: Member) -> None:
    assert browser_of(member).post(reverse("conditions:suggest")).status_code == 405


@given(typed=st.text(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered(conditions: None, typed: str) -> None:
    suggest_conditions(typed)
    meanings_of([typed.replace("\0", "")], code=typed)


def test_client_is_told_of_nothing_before_conditions_are_loaded(member: Member) -> None:
    answer: Client = browser_of(member)
    assert answer.get(reverse("conditions:suggest"), {"q": "heart"}).json() == {"conditions": []}


@pytest.mark.parametrize(
    ("label", "plain"),
    [
        ("Dengue fever [classical dengue]", ["Dengue fever"]),
        ("Pneumonia, unspecified organism", ["Pneumonia"]),
        ("Essential (primary) hypertension", ["Essential hypertension"]),
        ("Takotsubo syndrome", []),
    ],
)
def test_a_label_is_known_as_people_write_it(label: str, plain: list[str]) -> None:
    assert [term.text for term in plain_terms(label)] == plain
