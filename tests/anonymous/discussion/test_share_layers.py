"""Pages in two layers: what everyone sees is the same bytes for everyone, and nobody ever gets another's."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from curbside.anonymous.cases.access import fetch_case
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import shared_case
from curbside.anonymous.discussion.actions import edit_comment, remove_comment
from curbside.anonymous.discussion.documents import CommentText
from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.models import Member
from curbside.kit.ids import public_id
from curbside.kit.layers import CACHE, SHARED, Layer, SharedMemory, render_layer
from tests.anonymous.cases.cast import a_case, a_comment, browser_of, make_member, page_of, words_of

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

PERSONAL = ("csrf", "<form", "<textarea", ">Edit<", ">Remove<", "Remove, with a reason", ">Message<", "nobody here knows more")


@pytest.fixture(autouse=True)
def empty_memory() -> None:
    caches[CACHE].clear()


@pytest.fixture
def moderator(db: None) -> Member:
    member = make_member("even-crane-08")
    call_command("appoint_moderator", member.pseudonym, verbosity=0)
    return member


def html_of(layer: Layer) -> str:
    return "".join(layer.pieces)


def kept() -> list[object]:
    """Everything this process keeps, as its own memory has it."""
    return list(caches[CACHE]._cache.values())  # type: ignore[attr-defined] # LocMemCache's


def rendered_for(reader: Member, case: Case) -> tuple[str, str]:
    """The shared bytes of the case and of the list, made while this reader asked."""
    caches[CACHE].clear()
    client = browser_of(reader)
    case_page, list_page = client.get(page_of(case)).context["page"], client.get("/").context["cases"]
    return html_of(case_page.shared.main) + html_of(case_page.shared.thread), html_of(list_page.rows)


def test_the_shared_bytes_are_the_same_for_author_stranger_and_moderator(
    case: Case, author: Member, other: Member, moderator: Member
) -> None:
    a_comment(case, other)
    shared = {rendered_for(reader, case) for reader in (author, other, moderator, make_member("late-owl-77", days_left=-1))}
    [(page, rows)] = shared
    assert case.thread.kind == "case"
    assert "Dibucaine" in page
    assert "Prolonged block" in rows
    for html in (page, rows):
        assert not [word for word in PERSONAL if word in html]


def test_what_is_kept_holds_nothing_of_those_who_read(as_author: Client, case: Case, moderator: Member, other: Member) -> None:
    for client in (as_author, browser_of(moderator), browser_of(other)):
        client.get(page_of(case))
        client.get("/")
    memory = b"".join(bytes(value) for value in kept())  # type: ignore[call-overload] # pickled bytes
    assert b"Prolonged block" in memory
    for trace in (moderator.pseudonym, other.pseudonym, "csrfmiddlewaretoken", "even-crane"):
        assert trace.encode() not in memory


def test_each_reader_gets_their_own_over_the_same_layer(case: Case, author: Member, other: Member, moderator: Member) -> None:
    comment = a_comment(case, other)
    edit, remove = f"/comments/{public_id(comment.pk)}/edit/", f"/moderation/comments/{public_id(comment.pk)}/remove/"
    pages = {reader: words_of(browser_of(reader).get(page_of(case))) for reader in (author, other, moderator)}
    assert [edit in page for page in pages.values()] == [False, True, False]
    assert [remove in page for page in pages.values()] == [False, False, True]
    assert [f"{page_of(case)}edit/" in page for page in pages.values()] == [True, False, False]
    message = f'Message<span class="sr-only">: {other.pseudonym}'
    assert [message in page for page in pages.values()] == [True, False, True]


def test_tokens_against_forged_requests_differ_between_readers(case: Case, author: Member, other: Member) -> None:
    tokens = [
        set(re.findall(r'csrfmiddlewaretoken" value="(\w+)"', browser_of(reader).get(page_of(case)).content.decode()))
        for reader in (author, other)
    ]
    assert all(tokens)
    assert not tokens[0] & tokens[1]


def test_a_new_comment_shows_at_once(as_author: Client, case: Case, other: Member) -> None:
    as_author.get(page_of(case))
    a_comment(case, other)
    assert "Dibucaine" in words_of(as_author.get(page_of(case)))
    assert "1 comment<" in words_of(as_author.get("/"))


@pytest.mark.parametrize("way", ["edit", "remove", "leave"])
def test_words_taken_away_are_in_no_memory_after_the_next_page_of_any_case(
    as_author: Client, case: Case, author: Member, other: Member, way: str
) -> None:
    comment = a_comment(case, other)
    elsewhere = a_case(author)
    as_author.get(page_of(case))
    assert any(b"Dibucaine" in bytes(value) for value in kept())  # type: ignore[call-overload] # pickled bytes
    if way == "edit":
        edit_comment(comment=comment, author=other, text=CommentText("Something else."))
    elif way == "remove":
        remove_comment(comment=comment)
    else:
        leave(member=other)
    assert "Dibucaine" not in words_of(as_author.get(page_of(elsewhere)))
    assert not any(b"Dibucaine" in bytes(value) for value in kept())  # type: ignore[call-overload] # pickled bytes
    assert "Dibucaine" not in words_of(as_author.get(page_of(case)))


def test_what_was_made_while_words_were_erased_is_not_kept(case: Case) -> None:
    def erased_meanwhile() -> str:
        SHARED.recall("other part", version="1", epoch="2.0", make=lambda: "newer")
        return "old words"

    assert SHARED.recall("part", version="1", epoch="1.0", make=erased_meanwhile) == "old words"
    assert SHARED.recall("part", version="1", epoch="2.0", make=lambda: "new words") == "new words"


@pytest.mark.parametrize("way", ["edit", "remove", "leave"])
def test_words_taken_away_are_at_once_in_no_memory_of_the_process_that_took_them(
    as_author: Client, case: Case, other: Member, way: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    comment = a_comment(case, other)
    as_author.get(page_of(case))
    assert kept()
    with django_capture_on_commit_callbacks(execute=True):
        if way == "edit":
            edit_comment(comment=comment, author=other, text=CommentText("Something else."))
        elif way == "remove":
            remove_comment(comment=comment)
        else:
            leave(member=other)
    assert not kept()


class Alarms:
    """Clocks that ring when the test says so."""

    def __init__(self) -> None:
        self.set: list[tuple[float, Callable[[], None]]] = []

    def __call__(self, seconds: float, do: Callable[[], None]) -> None:
        self.set.append((seconds, do))

    def ring(self) -> None:
        for _seconds, do in self.set:
            do()


def test_a_process_that_nobody_asks_keeps_nothing_for_longer_than_five_minutes() -> None:
    alarms = Alarms()
    memory = SharedMemory(later=alarms)
    for part in ("one", "two"):
        memory.recall(part, version="1", epoch="1.0", make=lambda: "words")
    assert [seconds for seconds, _do in alarms.set] == [300]
    assert len(kept()) == 2
    alarms.ring()
    assert not kept()


def test_an_old_clock_ends_nothing_that_was_kept_after_a_drop() -> None:
    alarms = Alarms()
    memory = SharedMemory(later=alarms)
    memory.recall("part", version="1", epoch="1.0", make=lambda: "words")
    memory.drop()
    memory.recall("part", version="1", epoch="1.0", make=lambda: "words")
    assert len(alarms.set) == 2
    alarms.set[0][1]()
    assert len(kept()) == 1


def test_what_is_made_while_this_process_erases_is_not_kept() -> None:
    memory = SharedMemory(later=Alarms())

    def erased_meanwhile() -> str:
        memory.drop()
        return "old words"

    assert memory.recall("part", version="1", epoch="1.0", make=erased_meanwhile) == "old words"
    assert not kept()


def test_each_language_of_the_interface_has_bytes_of_its_own(as_author: Client, case: Case) -> None:
    as_author.get(page_of(case))
    as_author.get(page_of(case), headers={"accept-language": "es"})
    assert len([value for value in kept() if b"Prolonged block" in bytes(value)]) == 2  # type: ignore[call-overload] # pickled bytes


def test_a_text_that_looks_like_a_place_is_text(as_author: Client, other: Member, author: Member) -> None:
    case = a_case(author)
    a_comment(case, other, "0; {% place 'cases/_own_case.html' %} {{ user.pseudonym }}")
    layer = shared_case(fetch_case(case_id=case.pk), place="").thread
    assert "{{ user.pseudonym }}" in html_of(layer)
    assert len(layer.pieces) == len(layer.places) + 1


def test_a_shared_part_is_rendered_without_a_reader() -> None:
    layer = render_layer("discussion/_own_byline.html", {"pseudonym": "quiet-heron-41"})
    assert "csrf" not in html_of(layer)


def test_a_list_without_rows_drops_nothing_that_is_kept(author: Member, case: Case) -> None:
    client = browser_of(author)
    client.get(page_of(case))
    before = kept()
    assert before
    assert client.get("/?specialty=urology").status_code == 200
    assert client.get("/polls/").status_code == 200
    assert kept() == before
