"""What could tell who a patient is is named once before it is posted; what is kept of the answer is that there was one."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import case_text
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.discussion.queries import comment_text
from curbside.anonymous.membership.models import Member
from curbside.anonymous.sealing.models import SealedText
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import a_case, browser_of, case_form, make_member, page_of, words_of

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
NEW = "/cases/new/"
TELLING = "Mrs Okonkwo, NHS number 943 476 5919, fell at home."


@pytest.fixture
def author() -> Member:
    return make_member("quiet-heron-41")


@pytest.fixture
def as_author(author: Member) -> Client:
    return browser_of(author)


def answer_in(response: HttpResponse) -> str:
    """What ticking the box sends."""
    found = re.search(r'type="checkbox"\s+class="checkbox"\s+name="guard_kept"\s+value="([0-9a-f ]+)"', response.content.decode())
    assert found
    return found[1]


def test_a_case_that_tells_is_asked_about_and_keeps_what_was_typed(as_author: Client) -> None:
    response = as_author.post(NEW, case_form(story=TELLING))
    assert response.status_code == 422
    assert "<q>Okonkwo</q>" in response.content.decode()
    assert "<q>943 476 5919</q>" in response.content.decode()
    assert TELLING in words_of(response)
    assert not Case.objects.exists()
    assert not SealedText.objects.exists()


def test_whoever_decides_posts_it_and_only_that_is_kept(as_author: Client) -> None:
    asked = as_author.post(NEW, case_form(story=TELLING))
    assert as_author.post(NEW, case_form(story=TELLING, guard_kept=["", answer_in(asked)])).status_code == 302
    text = case_text(Case.objects.get())
    assert text.decided
    assert set(text.to_seal()) - set(case_text(a_case(make_member("brave-otter-12"))).to_seal()) <= {"decided", "interests"}


def test_an_answer_holds_for_what_was_named_and_not_for_more(as_author: Client) -> None:
    asked = as_author.post(NEW, case_form(story=TELLING))
    again = as_author.post(NEW, case_form(story=f"{TELLING} Call 07700 900123.", guard_kept=answer_in(asked)))
    assert again.status_code == 422
    assert "<q>07700 900123</q>" in again.content.decode()
    assert "<q>Okonkwo</q>" not in again.content.decode()


def test_what_was_replaced_is_posted_without_a_question(as_author: Client) -> None:
    assert as_author.post(NEW, case_form(story="The patient fell at home.")).status_code == 302
    assert not case_text(Case.objects.get()).decided


def test_a_preview_asks_nothing(as_author: Client) -> None:
    response = as_author.post("/cases/preview/", case_form(story=TELLING, preview="1"))
    assert "Okonkwo" in words_of(response)
    assert "guard_kept" not in response.content.decode()


def test_an_edit_asks_as_well(as_author: Client, author: Member) -> None:
    case = a_case(author)
    response = as_author.post(f"{page_of(case)}edit/", case_form(story=TELLING))
    assert response.status_code == 422
    assert as_author.post(f"{page_of(case)}edit/", case_form(story=TELLING, guard_kept=answer_in(response))).status_code == 302
    assert case_text(Case.objects.get()).decided


def test_the_outcome_asks_as_well(as_author: Client, author: Member) -> None:
    case = a_case(author)
    response = as_author.post(f"{page_of(case)}close/", {"diagnosis": "", "words": TELLING})
    assert response.status_code == 422
    answered = {"diagnosis": "", "words": TELLING, "guard_kept": answer_in(response)}
    assert as_author.post(f"{page_of(case)}close/", answered).status_code == 302


class TestComments:
    def test_a_comment_that_tells_is_asked_about(self, as_author: Client, author: Member) -> None:
        case = a_case(author)
        address = re.search(r'action="(/[^"]+)" class="form-row js-compose"', as_author.get(page_of(case)).content.decode())
        assert address
        response = as_author.post(address[1], {"body": TELLING, "parent": "", "guard_kept": ""})
        assert response.status_code == 422
        assert TELLING in words_of(response)
        assert not Comment.objects.exists()
        as_author.post(address[1], {"body": TELLING, "parent": "", "guard_kept": ["", answer_in(response)]})
        text = comment_text(Comment.objects.get())
        assert (text.body, text.decided) == (TELLING, True)

    def test_opening_ones_own_to_edit_asks_nothing_yet(self, as_author: Client, author: Member) -> None:
        case = a_case(author)
        address = re.search(r'action="(/[^"]+)" class="form-row js-compose"', as_author.get(page_of(case)).content.decode())
        assert address
        as_author.post(address[1], {"body": TELLING, "parent": "", "guard_kept": "all"})
        comment = Comment.objects.get()
        edit = f"/comments/{public_id(comment.pk)}/edit/"
        response = as_author.get(edit)
        assert response.status_code == 200
        assert TELLING in words_of(response)
        assert "data-guard-question" not in response.content.decode()
        assert as_author.post(edit, {"body": TELLING, "parent": ""}).status_code == 422
