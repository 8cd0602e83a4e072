"""What becomes of a member's texts when the member leaves."""

import pytest
from django.test import Client

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.models import Comment, Thread
from curbside.anonymous.membership.leaving import erase_all_of, export_all_of
from curbside.anonymous.membership.models import Member
from tests.anonymous.cases.cast import TEXT, a_case, a_comment, page_of, words_of
from tests.anonymous.cases.queries import keys_of_posts

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


@pytest.mark.django_db(databases=["default", "ring"], transaction=True)
def test_every_key_of_the_leavers_texts_is_destroyed_and_no_row_names_them(author: Member, other: Member, case: Case) -> None:
    kept = a_comment(case, other)
    a_comment(case, author)
    erase_all_of(author)
    case.refresh_from_db()
    assert keys_of_posts() == [kept.text_id]
    assert (case.state, case.author, case.text_id) == (Case.State.LEFT, None, None)
    assert list(Comment.objects.values_list("pk", flat=True)) == [kept.pk]
    assert Thread.objects.get().comment_count == 1


def test_a_place_stays_while_others_replies_hang_on_it(author: Member, other: Member, as_other: Client) -> None:
    case = a_case(other)
    top = a_comment(case, author, "What the leaver said.")
    a_comment(case, other, "A reply that stays.", parent=top)
    erase_all_of(author)
    words = words_of(as_other.get(page_of(case)))
    assert "Erased: its author left the community." in words
    assert "A reply that stays." in words
    assert "What the leaver said." not in words
    assert author.pseudonym not in words
    assert Thread.objects.get().comment_count == 1


def test_a_leavers_case_is_gone_for_everyone(author: Member, as_other: Client, case: Case) -> None:
    erase_all_of(author)
    assert as_other.get(page_of(case)).status_code == 404
    assert TEXT.title not in words_of(as_other.get("/"))


def test_leaving_works_after_ones_own_removed_texts(author: Member, as_author: Client, case: Case) -> None:
    as_author.post(f"{page_of(case)}remove/")
    erase_all_of(author)
    author.delete()
    assert Case.objects.get().state == Case.State.REMOVED


def test_an_export_holds_ones_own_words_and_no_others(author: Member, other: Member, case: Case) -> None:
    a_comment(case, author, "Mine.")
    a_comment(case, other, "Theirs.")
    exported = export_all_of(author)
    assert [piece["story"] for piece in exported["Cases"]] == [TEXT.story]
    assert [piece["body"] for piece in exported["Comments"]] == ["Mine."]
