import re

import pytest
from django.test import Client
from django.urls import reverse

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.actions import COMMENT_LIMIT
from curbside.anonymous.discussion.documents import LONGEST_COMMENT
from curbside.anonymous.discussion.models import Comment, Thread
from curbside.anonymous.discussion.queries import THREAD_PAGE, comment_text
from curbside.anonymous.membership.models import Member
from curbside.kit.clock import this_minute
from curbside.kit.ids import public_id, random_id
from tests.anonymous.cases.cast import a_case, a_comment, page_of, stranger, words_of
from tests.anonymous.cases.queries import keys_of_posts

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


def at(comment: Comment, verb: str = "") -> str:
    return f"/comments/{public_id(comment.pk)}/{verb}"


def comments_of(case: Case) -> str:
    return reverse("discussion:post_comment", args=[case.thread_id])


def test_a_member_comments_and_lands_on_the_new_comment(as_other: Client, case: Case) -> None:
    response = as_other.post(comments_of(case), {"body": "Test **BCHE**."}, follow=True)
    comment = Comment.objects.get()
    assert response.redirect_chain == [(at(comment), 302), (f"{page_of(case)}#comment-{public_id(comment.pk)}", 302)]
    words = words_of(response)
    assert "<strong>BCHE</strong>" in words
    assert f'id="comment-{public_id(comment.pk)}"' in words
    assert "1 comment<" in words
    assert (comment.posted_at, comment.edited_at) == (this_minute(), None)


def test_a_reply_hangs_under_its_comment(as_author: Client, case: Case, other: Member) -> None:
    top = a_comment(case, other)
    as_author.post(comments_of(case), {"body": "Thank you.", "parent": public_id(top.pk)})
    reply = Comment.objects.get(parent=top)
    assert comment_text(reply).body == "Thank you."
    assert Thread.objects.get().comment_count == 2


def test_a_reply_cannot_be_replied_to(as_other: Client, case: Case, other: Member) -> None:
    reply = a_comment(case, other, parent=a_comment(case, other))
    assert as_other.post(comments_of(case), {"body": "Deeper.", "parent": public_id(reply.pk)}).status_code == 409


def test_a_reply_to_another_threads_comment_is_refused(as_other: Client, author: Member, case: Case) -> None:
    elsewhere = a_comment(a_case(author), author)
    assert as_other.post(comments_of(case), {"body": "Lost.", "parent": public_id(elsewhere.pk)}).status_code == 409
    assert Comment.objects.count() == 1


def test_a_parent_that_is_no_id_is_refused(as_other: Client, case: Case) -> None:
    for parent in ("1 OR 1=1", "zzzzzzzzzzzzz", "-1", "\u0661"):
        assert as_other.post(comments_of(case), {"body": "x", "parent": parent}).status_code == 422
    assert not Comment.objects.exists()


def test_an_empty_comment_is_refused_and_a_long_one_keeps_its_words(as_other: Client, case: Case) -> None:
    assert as_other.post(comments_of(case), {"body": "  \n "}).status_code == 422
    response = as_other.post(comments_of(case), {"body": "long " * LONGEST_COMMENT})
    assert response.status_code == 422
    assert f"at most {LONGEST_COMMENT} fit" in words_of(response)
    assert "long long long" in words_of(response)
    assert not Comment.objects.exists()


def test_a_preview_shows_the_words_and_posts_nothing(as_other: Client, case: Case) -> None:
    for address in (comments_of(case), "/comments/preview/"):
        words = words_of(as_other.post(address, {"body": "Test **BCHE**.", "preview": "1"}))
        assert "Preview, not posted yet" in words
        assert "<strong>BCHE</strong>" in words
    assert not Comment.objects.exists()


def test_members_words_stand_where_htmx_is_off(as_other: Client, case: Case, other: Member) -> None:
    a_comment(case, other)
    words = words_of(as_other.get(page_of(case)))
    assert words.count('class="member-text') == words.count("hx-disable>") == 3


def test_a_read_only_member_cannot_comment(as_read_only: Client, case: Case) -> None:
    response = as_read_only.post(comments_of(case), {"body": "x"})
    assert response.status_code == 403
    assert "Your term has ended" in words_of(response)
    assert not Comment.objects.exists()


def test_signed_out_visitors_cannot_comment_or_preview(case: Case) -> None:
    for address in (comments_of(case), "/comments/preview/"):
        assert stranger().post(address, {"body": "x"}).status_code == 302
    assert not Comment.objects.exists()


def test_a_thread_that_is_not_there_is_a_404(as_other: Client, case: Case) -> None:
    assert as_other.post(reverse("discussion:post_comment", args=[random_id()]), {"body": "x"}).status_code == 404


def test_a_removed_case_takes_no_more_comments(as_author: Client, as_other: Client, case: Case) -> None:
    as_author.post(f"{page_of(case)}remove/")
    assert as_other.post(comments_of(case), {"body": "x"}).status_code == 404


def test_a_kind_of_thread_that_nobody_knows_is_a_404(as_other: Client) -> None:
    thread = Thread.objects.create(kind="rumour")
    assert as_other.post(reverse("discussion:post_comment", args=[thread.pk]), {"body": "x"}).status_code == 404


def test_the_31st_comment_within_ten_minutes_is_refused(as_other: Client, case: Case) -> None:
    for _ in range(30):
        assert as_other.post(comments_of(case), {"body": "x"}).status_code == 302
    assert as_other.post(comments_of(case), {"body": "x"}).status_code == 429


def test_addresses_answer_to_their_own_methods_alone(as_other: Client, case: Case, other: Member) -> None:
    comment = a_comment(case, other)
    assert as_other.get(comments_of(case)).status_code == 405
    assert as_other.get("/comments/preview/").status_code == 405
    assert as_other.post(at(comment)).status_code == 405
    assert as_other.put(at(comment, "edit/")).status_code == 405


class TestEdit:
    def test_ones_own_words_are_replaced_and_their_old_key_goes(self, as_other: Client, case: Case, other: Member) -> None:
        comment = a_comment(case, other, "Old words.")
        assert "Old words." in words_of(as_other.get(at(comment, "edit/")))
        response = as_other.post(at(comment, "edit/"), {"body": "New words."})
        comment.refresh_from_db()
        assert response.headers["Location"] == at(comment)
        assert (comment_text(comment).body, comment.edited_at) == ("New words.", this_minute())
        assert "edited" in words_of(as_other.get(page_of(case)))

    @pytest.mark.parametrize("verb", ["edit/", "remove/"])
    def test_anothers_comment_is_the_same_404_as_none(self, as_author: Client, case: Case, other: Member, verb: str) -> None:
        comment = a_comment(case, other, "Mine alone.")
        absent = as_author.get(f"/comments/{public_id(random_id())}/{verb}")
        for response in (as_author.get(at(comment, verb)), as_author.post(at(comment, verb), {"body": "Yours."})):
            assert response.status_code == absent.status_code == 404
            assert words_of(response) == words_of(absent)
        assert comment_text(comment).body == "Mine alone."

    @pytest.mark.parametrize("verb", ["", "edit/", "remove/"])
    def test_signed_out_visitors_are_led_to_signing_in(self, case: Case, other: Member, verb: str) -> None:
        assert stranger().get(at(a_comment(case, other), verb)).status_code == 302

    def test_nothing_can_be_edited_once_the_term_is_over(self, as_read_only: Client, read_only: Member, case: Case, other: Member) -> None:
        comment = a_comment(case, other, "Old words.")
        Comment.objects.update(author=read_only)
        assert as_read_only.post(at(comment, "edit/"), {"body": "New."}).status_code == 403
        assert comment_text(comment).body == "Old words."


class TestRemove:
    def test_it_asks_first(self, as_other: Client, case: Case, other: Member) -> None:
        comment = a_comment(case, other)
        assert "Erase for good" in words_of(as_other.get(at(comment, "remove/")))
        assert Comment.objects.get().shown

    @pytest.mark.django_db(databases=["default", "ring"], transaction=True)
    def test_a_comment_without_replies_leaves_nothing(self, as_other: Client, case: Case, other: Member) -> None:
        comment = a_comment(case, other)
        response = as_other.post(at(comment, "remove/"))
        assert response.headers["Location"] == page_of(case)
        assert not Comment.objects.exists()
        assert list(keys_of_posts()) == [case.text_id]
        assert Thread.objects.get().comment_count == 0

    @pytest.mark.django_db(databases=["default", "ring"], transaction=True)
    def test_a_comment_with_replies_leaves_a_mark_without_its_author(
        self, as_other: Client, case: Case, author: Member, other: Member
    ) -> None:
        comment = a_comment(case, other, "Regretted.")
        reply = a_comment(case, author, "A reply that stays.", parent=comment)
        as_other.post(at(comment, "remove/"))
        comment.refresh_from_db()
        assert (comment.state, comment.author, comment.text_id) == (Comment.State.REMOVED, None, None)
        words = words_of(as_other.get(page_of(case)))
        assert "Removed by its author." in words
        assert "A reply that stays." in words
        assert "Regretted." not in words
        assert set(keys_of_posts()) == {case.text_id, reply.text_id}
        assert as_other.get(at(comment, "edit/")).status_code == 404

    def test_the_mark_goes_with_the_last_reply(
        self, as_author: Client, as_other: Client, case: Case, author: Member, other: Member
    ) -> None:
        comment = a_comment(case, other)
        reply = a_comment(case, author, parent=comment)
        as_other.post(at(comment, "remove/"))
        as_author.post(at(reply, "remove/"))
        assert not Comment.objects.exists()
        assert Thread.objects.get().comment_count == 0

    def test_a_removed_comment_takes_no_replies(
        self, as_author: Client, as_other: Client, case: Case, author: Member, other: Member
    ) -> None:
        comment = a_comment(case, other)
        a_comment(case, author, parent=comment)
        as_other.post(at(comment, "remove/"))
        assert as_author.post(comments_of(case), {"body": "x", "parent": public_id(comment.pk)}).status_code == 409

    def test_a_second_click_removes_nothing_more(self, as_other: Client, case: Case, author: Member, other: Member) -> None:
        comment = a_comment(case, other)
        a_comment(case, author)
        assert as_other.post(at(comment, "remove/")).status_code == 302
        assert as_other.post(at(comment, "remove/")).status_code == 404
        assert Thread.objects.get().comment_count == 1

    def test_ones_comment_under_a_removed_case_can_still_be_removed(
        self, as_author: Client, as_other: Client, case: Case, other: Member
    ) -> None:
        comment = a_comment(case, other)
        as_author.post(f"{page_of(case)}remove/")
        assert as_other.get(at(comment)).status_code == 404
        assert as_other.post(at(comment, "remove/")).headers["Location"] == "/"
        assert not Comment.objects.exists()


class TestPages:
    def test_a_long_thread_comes_in_pages_without_a_gap(self, as_other: Client, case: Case, other: Member) -> None:
        made = [many(case, other) for _ in range(THREAD_PAGE + 3)]
        first = words_of(as_other.get(page_of(case)))
        later = re.search(r'href="\?from=([0-9-]+)#comments"', first)
        assert later
        second = words_of(as_other.get(page_of(case), {"from": later[1]}))
        shown = [letters for page in (first, second) for letters in re.findall(r'<li id="comment-(\w+)"', page)]
        assert shown == [public_id(comment_id) for comment_id in sorted(comment.pk for comment in made)]
        assert "Earlier comments" not in first
        assert "Earlier comments" in second
        assert "Later comments" not in second

    def test_a_comments_own_address_leads_to_the_page_that_shows_it(self, as_other: Client, case: Case, other: Member) -> None:
        made = sorted((many(case, other) for _ in range(THREAD_PAGE + 3)), key=lambda comment: comment.pk)
        response = as_other.get(at(made[-1]), follow=True)
        assert f'id="comment-{public_id(made[-1].pk)}"' in words_of(response)

    @pytest.mark.parametrize("place", ["x", "-", "1-2-3", "9" * 400 + "-1", "1-" + "9" * 400, "\u0663-1", "' OR 1=1"])
    def test_a_place_that_cannot_be_read_is_the_beginning_or_the_end(self, as_other: Client, case: Case, place: str) -> None:
        assert as_other.get(page_of(case), {"from": place}).status_code == 200


def many(case: Case, author: Member) -> Comment:
    COMMENT_LIMIT._uses.clear()
    return a_comment(case, author)
