import pytest
from django.test import Client

from curbside.anonymous.cases.actions import hide_case, show_case_again
from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.actions import hide_comment, show_comment_again
from curbside.anonymous.discussion.models import Comment, Thread
from curbside.anonymous.discussion.reasons import Reason
from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.leaving import export_all_of
from curbside.anonymous.membership.models import Member
from curbside.kit.errors import Conflict
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import TEXT, a_comment, page_of, words_of
from tests.anonymous.cases.queries import keys_of_posts

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


def test_a_hidden_case_says_why_and_shows_no_word(as_other: Client, case: Case) -> None:
    hide_case(case=case, reason=Reason.PATIENT)
    response = as_other.get(page_of(case))
    assert response.status_code == 410
    assert "Hidden by a moderator" in words_of(response)
    assert "Reason: it could tell who a patient is." in words_of(response)
    assert TEXT.title not in words_of(response) + words_of(as_other.get("/"))


def test_a_case_hidden_at_once_says_that_a_moderator_will_look(as_other: Client, case: Case) -> None:
    hide_case(case=case, reason=None)
    assert "Hidden until a moderator has looked at it" in words_of(as_other.get(page_of(case)))


def test_a_hidden_case_comes_back_whole(as_other: Client, case: Case) -> None:
    hide_case(case=case, reason=Reason.PATIENT)
    show_case_again(case=case)
    assert TEXT.title in words_of(as_other.get(page_of(case)))


def test_nobody_comments_or_edits_under_a_hidden_case(as_other: Client, as_author: Client, case: Case, other: Member) -> None:
    comment = a_comment(case, other)
    hide_case(case=case, reason=Reason.PATIENT)
    assert as_author.get(f"{page_of(case)}edit/").status_code == 404
    assert as_other.get(f"/comments/{public_id(comment.pk)}/").status_code == 404


def test_a_hidden_comment_keeps_its_place_and_comes_back(as_author: Client, case: Case, other: Member) -> None:
    comment = a_comment(case, other, "Bed 4, the baker.")
    hide_comment(comment=comment, reason=Reason.PATIENT)
    words = words_of(as_author.get(page_of(case)))
    assert "Hidden by a moderator: it could tell who a patient is." in words
    assert "the baker" not in words
    assert Thread.objects.get().comment_count == 0
    show_comment_again(comment=comment)
    show_comment_again(comment=comment)
    assert "the baker" in words_of(as_author.get(page_of(case)))
    assert Thread.objects.get().comment_count == 1


def test_what_is_hidden_cannot_be_hidden_twice(case: Case, other: Member) -> None:
    comment = a_comment(case, other)
    hide_comment(comment=comment, reason=None)
    hide_case(case=case, reason=None)
    with pytest.raises(Conflict):
        hide_comment(comment=comment, reason=None)
    with pytest.raises(Conflict):
        hide_case(case=case, reason=None)


@pytest.mark.django_db(databases=["default", "ring"], transaction=True)
def test_hidden_words_are_exported_and_go_when_their_author_leaves(case: Case, author: Member) -> None:
    comment = a_comment(case, author, "Mine.")
    hide_comment(comment=comment, reason=Reason.ABUSE)
    hide_case(case=case, reason=Reason.ABUSE)
    exported = export_all_of(author)
    assert [len(pieces) for heading, pieces in exported.items() if heading in {"Cases", "Comments"}] == [1, 1]
    leave(member=author)
    assert not keys_of_posts()
    assert not Comment.objects.exists()
