import pytest
from django.test import Client

from curbside.anonymous.cases.documents import LONGEST_STORY, CaseText
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import case_text
from curbside.anonymous.membership.models import Member
from curbside.anonymous.sealing.models import RingKey, SealedText
from curbside.kit.clock import this_minute
from tests.anonymous.cases.cast import TEXT, a_case, a_comment, case_form, page_of, stranger, words_of
from tests.anonymous.cases.queries import keys_of_posts

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
NEW = "/cases/new/"


def test_a_member_posts_a_case_and_lands_on_it(as_author: Client, author: Member) -> None:
    response = as_author.post(NEW, case_form())
    case = Case.objects.get()
    assert response.headers["Location"] == page_of(case)
    assert (case.author, case.specialty, case.language, case.posted_at.second) == (author, "anaesthetics", "en", 0)
    assert case_text(case) == TEXT


def test_the_composer_begins_with_the_words_and_asks_the_rest_below(as_author: Client) -> None:
    page = as_author.get(NEW).content.decode()
    order = ("title", "story", "question", "specialty", "language", "asks", "urgency", "under", "conditions")
    places = [page.index(f'name="{field}"') for field in order]
    assert places == sorted(places)


def test_what_was_typed_stays_when_something_is_missing(as_author: Client) -> None:
    response = as_author.post(NEW, case_form(specialty="", question=""))
    assert response.status_code == 422
    assert TEXT.title in words_of(response)
    assert "no twitch after 45 minutes" in words_of(response)
    assert not Case.objects.exists()


def test_too_long_a_story_is_told_by_how_much(as_author: Client) -> None:
    response = as_author.post(NEW, case_form(story="x" * (LONGEST_STORY + 7)))
    assert f"This is {LONGEST_STORY + 7} characters long; at most {LONGEST_STORY} fit. Shorten it by 7 characters." in words_of(response)
    assert not Case.objects.exists()


def test_a_preview_shows_the_case_and_posts_nothing(as_author: Client) -> None:
    for address in (NEW, "/cases/preview/"):
        words = words_of(as_author.post(address, case_form(preview="1")))
        assert "Preview, not posted yet" in words
        assert "<strong>thirties</strong>" in words
    assert not Case.objects.exists()
    assert not SealedText.objects.exists()


def test_a_specialty_of_ones_own_making_is_refused(as_author: Client) -> None:
    assert as_author.post(NEW, case_form(specialty="astrology")).status_code == 422


def test_characters_that_deceive_the_eye_are_left_out(as_author: Client) -> None:
    as_author.post(NEW, case_form(title="Dose 10\u202e01\u202c mg\x07", story="a\r\nb\x00c"))
    text = case_text(Case.objects.get())
    assert (text.title, text.story) == ("Dose 1001 mg", "a\nbc")


def test_nothing_can_slip_in_an_attribution(as_author: Client) -> None:
    as_author.post(NEW, case_form(attribution="The Lancet"))
    assert case_text(Case.objects.get()).attribution == ""


def test_a_read_only_member_is_told_why_and_where_to_renew(as_read_only: Client) -> None:
    for response in (as_read_only.get(NEW), as_read_only.post(NEW, case_form())):
        assert response.status_code == 403
        assert "Your term ended" in words_of(response)
        assert "/membership/renew/" in words_of(response)
    assert not Case.objects.exists()


def test_signed_out_visitors_cannot_post() -> None:
    assert stranger().post(NEW, case_form()).status_code == 302
    assert stranger().post("/cases/preview/", case_form()).status_code == 302
    assert not Case.objects.exists()


def test_the_eleventh_case_within_an_hour_is_refused_with_a_sentence(as_author: Client) -> None:
    for _ in range(10):
        assert as_author.post(NEW, case_form()).status_code == 302
    response = as_author.post(NEW, case_form())
    assert response.status_code == 429
    assert "Wait 60 minutes" in words_of(response)
    assert Case.objects.count() == 10


def test_previews_answer_to_post_alone(as_author: Client) -> None:
    assert as_author.get("/cases/preview/").status_code == 405
    assert as_author.put(NEW).status_code == 405


class TestEdit:
    def test_the_author_changes_words_and_place(self, as_author: Client, case: Case) -> None:
        assert TEXT.title in words_of(as_author.get(f"{page_of(case)}edit/"))
        old_key = RingKey.objects.get().pk
        response = as_author.post(f"{page_of(case)}edit/", case_form(title="Another title", specialty="neurology"))
        case.refresh_from_db()
        assert response.headers["Location"] == page_of(case)
        assert (case_text(case).title, case.specialty, case.edited_at) == ("Another title", "neurology", this_minute())
        assert RingKey.objects.exclude(pk=old_key).count() == 1

    def test_an_attribution_outlives_an_edit(self, as_author: Client, author: Member) -> None:
        case = a_case(author, text=CaseText("Title", "Story", "Question", "A. Author, CC BY 4.0"))
        as_author.post(f"{page_of(case)}edit/", case_form())
        assert case_text(case).attribution == "A. Author, CC BY 4.0"
        assert "A. Author, CC BY 4.0" in words_of(as_author.get(page_of(case)))

    @pytest.mark.parametrize("verb", ["edit", "remove"])
    def test_to_anyone_else_there_is_nothing_to_change(self, as_other: Client, case: Case, verb: str) -> None:
        absent = as_other.get(f"/cases/0000000000001/{verb}/")
        for response in (as_other.get(f"{page_of(case)}{verb}/"), as_other.post(f"{page_of(case)}{verb}/", case_form())):
            assert response.status_code == absent.status_code == 404
            assert words_of(response) == words_of(absent)
        assert case_text(Case.objects.get()) == TEXT

    @pytest.mark.parametrize("verb", ["edit", "remove"])
    def test_signed_out_visitors_change_nothing(self, case: Case, verb: str) -> None:
        assert stranger().post(f"{page_of(case)}{verb}/", case_form()).status_code == 302
        assert case_text(Case.objects.get()) == TEXT

    def test_nothing_can_be_edited_once_the_term_is_over(self, as_read_only: Client, read_only: Member, case: Case) -> None:
        Case.objects.update(author=read_only)
        assert as_read_only.post(f"{page_of(case)}edit/", case_form(title="No")).status_code == 403
        assert case_text(Case.objects.get()) == TEXT


class TestRemove:
    def test_it_asks_first(self, as_author: Client, case: Case) -> None:
        assert "Erase for good" in words_of(as_author.get(f"{page_of(case)}remove/"))
        assert Case.objects.open().count() == 1

    @pytest.mark.django_db(databases=["default", "ring"], transaction=True)
    def test_the_words_and_their_key_are_gone_and_the_page_with_them(
        self, as_author: Client, as_other: Client, case: Case, other: Member
    ) -> None:
        comment = a_comment(case, other)
        as_author.post(f"{page_of(case)}remove/")
        case.refresh_from_db()
        assert (case.state, case.text_id, case.author) == (Case.State.REMOVED, None, None)
        assert keys_of_posts() == [comment.text_id]
        assert as_author.get(page_of(case)).status_code == 404
        assert TEXT.title not in words_of(as_other.get("/"))
        assert "Its case was removed." in words_of(as_other.get("/mine/comments/"))

    def test_a_read_only_author_may_still_remove(self, as_read_only: Client, read_only: Member, case: Case) -> None:
        Case.objects.update(author=read_only)
        assert as_read_only.post(f"{page_of(case)}remove/").status_code == 302
        assert not Case.objects.open().exists()
