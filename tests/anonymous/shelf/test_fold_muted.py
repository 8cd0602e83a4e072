"""Pages of the shelf through HTTP, and what muting does to lists and threads for one reader alone."""

import pytest
from django.test import Client
from django.urls import reverse

from curbside.anonymous.cases.actions import CASE_LIMIT
from curbside.anonymous.discussion.actions import COMMENT_LIMIT
from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.models import Member
from curbside.anonymous.shelf.actions import put
from curbside.anonymous.shelf.documents import LONGEST_NOTE, Kind
from curbside.anonymous.shelf.making import make_missing_shelves
from curbside.anonymous.shelf.queries import own_shelf
from curbside.anonymous.shelf.views import ABOUT_LIMIT
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import TEXT, a_case, a_comment, browser_of, make_member, page_of, stranger, words_of
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

MUTED, NOTES, PUT, TAKE = (reverse(f"shelf:{name}") for name in ("show_muted", "show_notes", "put", "take"))
ABOUT = reverse("shelf:about", args=["brave-otter-12"])
FOLD, WORD_FOLD = "Muted. Show", "Holds a muted word. Show"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    for limit in (COMMENT_LIMIT, CASE_LIMIT, ABOUT_LIMIT):
        limit._uses.clear()


@pytest.fixture
def as_heron(heron: Member) -> Client:
    return browser_of(heron)


@pytest.fixture
def as_otter(otter: Member) -> Client:
    return browser_of(otter)


def test_comments_and_cases_of_a_muted_member_are_folded_for_the_reader_alone(heron: Member, otter: Member, as_heron: Client) -> None:
    owl = make_member("late-owl-77")
    case = a_case(otter)
    a_comment(case, otter)
    a_comment(case, owl, "Say more.")
    before = words_of(browser_of(owl).get(page_of(case)))
    as_heron.post(reverse("shelf:mute", args=["brave-otter-12"]), {"next": page_of(case)})
    page = words_of(as_heron.get(page_of(case)))
    assert page.count(FOLD) == 1
    within = page[page.index(FOLD) : page.index("</details>", page.index(FOLD))]
    assert "Dibucaine" in within
    assert "Say more." not in within
    assert words_of(as_heron.get("/")).count(FOLD) == 1
    assert words_of(browser_of(owl).get(page_of(case))) == before
    assert FOLD not in words_of(browser_of(owl).get("/"))
    as_heron.post(reverse("shelf:unmute", args=["brave-otter-12"]))
    assert FOLD not in words_of(as_heron.get(page_of(case)))


def test_what_holds_a_muted_word_is_folded_but_not_ones_own(heron: Member, otter: Member, as_heron: Client) -> None:
    case = a_case(otter)
    a_comment(case, otter, "Try **homeopathy**.")
    a_comment(case, heron, "No homeopathy!")
    as_heron.post(PUT, {"kind": "word", "value": "Homeopathy"})
    assert words_of(as_heron.get(page_of(case))).count(WORD_FOLD) == 1
    as_heron.post(PUT, {"kind": "word", "value": TEXT.title.split(maxsplit=1)[0]})
    assert words_of(as_heron.get("/")).count(WORD_FOLD) == 1


def test_post_as_nobody_is_never_folded_by_its_author(heron: Member, otter: Member, as_heron: Client) -> None:
    case = a_case(otter)
    comment = a_comment(case, otter)
    put(member=heron, kind=Kind.MUTED, value=public_id(otter.pk))
    type(comment).objects.filter(pk=comment.pk).update(author=None, by_opener=True)
    assert FOLD not in words_of(as_heron.get(page_of(case)))


@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("count", [1, 200])
def test_case_page_costs_the_same_with_an_empty_and_with_a_full_shelf(heron: Member, otter: Member, as_heron: Client, count: int) -> None:
    make_missing_shelves()
    case = a_case(otter)
    for number in range(count):
        put(member=heron, kind=Kind.MUTED, value=public_id(number + 1))
        a_comment(case, otter)
    for address, cost in ((page_of(case), 8), (page_of(case), 5), ("/", 7), ("/", 5)):
        with named_queries() as queries:
            as_heron.get(address)
        assert len(queries) == cost, queries


def test_thread_is_bookmarked_and_followed_from_its_page(heron: Member, otter: Member, as_heron: Client) -> None:
    case = a_case(otter)
    letters = public_id(case.thread_id)
    for kind, offered, taken in ((Kind.BOOKMARK, "Bookmark<", "Remove bookmark<"), (Kind.CASE, "Follow<", "Do not follow<")):
        assert offered in words_of(as_heron.get(page_of(case)))
        answer = as_heron.post(PUT, {"kind": kind, "value": letters, "next": page_of(case)})
        assert (answer.status_code, answer.headers["Location"]) == (302, page_of(case))
        assert taken in words_of(as_heron.get(page_of(case)))
        assert list(own_shelf(heron)[kind]) == [letters]
        as_heron.post(TAKE, {"kind": kind, "value": letters})
        assert not own_shelf(heron)[kind]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("hub", "astrology"),
        ("country", "zz"),
        ("case", "no-id"),
        ("condition", "nonsense"),
        ("muted", "brave-otter-12"),
        ("x", "y"),
        ("hub", ""),
    ],
)
def test_what_no_page_offers_is_refused(as_heron: Client, heron: Member, kind: str, value: str) -> None:
    assert as_heron.post(PUT, {"kind": kind, "value": value}).status_code == 400
    assert not any(own_shelf(heron)[kind] for kind in Kind)


def test_button_leads_nowhere_outside(as_heron: Client) -> None:
    answer = as_heron.post(PUT, {"kind": "hub", "value": "cardiology", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == MUTED


def test_muted_page_lists_words_and_members_and_keeps_what_was_typed(heron: Member, otter: Member, as_heron: Client) -> None:
    page = words_of(as_heron.get(MUTED))
    assert "You mute nobody" in page
    assert "You have blocked nobody" in page
    answer = as_heron.post(PUT, {"kind": "word", "value": "w" * 41})
    assert answer.status_code == 422
    assert "w" * 41 in words_of(answer)
    as_heron.post(PUT, {"kind": "word", "value": "<b>word</b>"})
    as_heron.post(reverse("shelf:block", args=["brave-otter-12"]))
    page = words_of(as_heron.get(MUTED))
    assert "&lt;b&gt;word&lt;/b&gt;" in page
    assert "brave-otter-12" in page
    as_heron.post(TAKE, {"kind": "blocked", "value": public_id(otter.pk)})
    assert "brave-otter-12" not in words_of(as_heron.get(MUTED))


def test_note_is_kept_shown_to_its_author_alone_and_outlives_the_other(
    heron: Member, otter: Member, as_heron: Client, as_otter: Client
) -> None:
    case = a_case(heron)
    a_comment(case, otter)
    assert as_heron.post(ABOUT, {"words": "Knows\r\nmitochondria.", "before": ""}).status_code == 302
    assert "mitochondria" in words_of(as_heron.get(ABOUT))
    assert "Your note:" in words_of(as_heron.get(page_of(case)))
    assert "mitochondria" not in words_of(as_otter.get(page_of(case)))
    answer = as_heron.post(ABOUT, {"words": "Other words", "before": "not that"})
    assert answer.status_code == 422
    assert all(words in words_of(answer) for words in ("Other words", "mitochondria", "changed in another window"))
    assert as_heron.post(ABOUT, {"words": "New", "before": "Knows\r\nmitochondria."}).status_code == 302
    assert as_heron.post(ABOUT, {"words": "x" * (LONGEST_NOTE + 1), "before": "New"}).status_code == 422
    leave(member=otter)
    page = words_of(as_heron.get(NOTES))
    assert "a member who left" in page
    assert "New" in page


def test_nobody_has_a_page_about_themselves_or_about_who_is_not(as_heron: Client) -> None:
    for pseudonym in ("quiet-heron-41", "nobody-here-1"):
        assert as_heron.get(reverse("shelf:about", args=[pseudonym])).status_code == 404
        assert as_heron.post(reverse("shelf:mute", args=[pseudonym])).status_code == 404


def test_visitors_are_led_to_sign_in_and_wrong_methods_are_refused(as_heron: Client, otter: Member) -> None:
    for address in (MUTED, NOTES, ABOUT):
        assert stranger().get(address).status_code == 302
    for address in (PUT, TAKE, reverse("shelf:mute", args=["brave-otter-12"])):
        assert stranger().post(address).status_code == 302
        assert as_heron.get(address).status_code == 405
    for address in (MUTED, NOTES):
        assert as_heron.post(address).status_code == 405


@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("count", [1, 200])
def test_lists_of_the_shelf_cost_the_same_at_any_length(heron: Member, as_heron: Client, count: int) -> None:
    for number in range(count):
        other = make_member(f"finch-{number}")
        for kind in (Kind.MUTED, Kind.BLOCKED):
            put(member=heron, kind=kind, value=public_id(other.pk))
        put(member=heron, kind=Kind.NOTE, value=public_id(other.pk), said="Kind.")
    for address in (MUTED, NOTES):
        with named_queries() as queries:
            as_heron.get(address)
        assert queries == [
            "select membership_session",
            "select membership_member",
            "select sealing_sealedtext",
            "select membership_member",
            "select sealing_ringkey",
        ]


def test_buttons_about_members_list_no_pseudonyms_either(as_heron: Client, otter: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ABOUT_LIMIT, "times", 2)
    tried = [reverse("shelf:mute", args=[pseudonym]) for pseudonym in ("late-owl-77", "brave-otter-12", "even-crane-08", "brave-otter-12")]
    assert [as_heron.post(address).status_code for address in tried] == [404, 302, 429, 429]
