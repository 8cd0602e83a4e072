"""Every surface that a post reaches, walked by everyone, for an author who should be nowhere on it."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.doors.conftest import DOORS, SIDE, address_of, side
from tests.doors.places import Cast, browser, browser_of, fresh_browser_of

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.skipif(SIDE != "anonymous", reason="on the named side one acts under one's own name"),
]
GONE = "hidden-wren-77"
WORDS = "Zanthoxylum"


def surfaces(client: Client, arguments: list[dict[str, object]]) -> Iterator[tuple[str, HttpResponse]]:
    """Every page, fragment and file that can be asked for, about each of these posts; the search and the exports."""
    for name, door in DOORS.items():
        for each in arguments if "GET" in door.methods else []:
            address = address_of(name, each)
            yield address, client.get(address)
    for query in (WORDS, GONE):
        yield f"search {query}", client.post("/search/", {"q": query})
    for kind in ("json", "markdown"):
        yield f"export {kind}", client.post("/membership/export/", {"format": kind})


def found(clients: list[Client], arguments: list[dict[str, object]], sought: str) -> set[str]:
    answers = [pair for client in clients for pair in surfaces(client, arguments)]
    assert sum(answer.status_code == 200 for _place, answer in answers) > 30
    return {
        place
        for place, answer in answers
        if sought in (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace") + str(answer.headers)
    }


def write(cast: Cast) -> tuple[object, object, object, object]:
    """The one who will be gone: a case with an answer of somebody else's, an answer under somebody else's case, and a poll."""
    author = side.make_member(GONE)
    case = side.post_case(
        author=author, specialty="cardiology", language="en", text=side.CaseText(f"{WORDS} once", "A story.", "What now?")
    )
    side.post_comment(thread=case.thread, author=cast.outsider(), text=side.CommentText("Wait."))
    comment = side.post_comment(thread=cast.case.thread, author=author, text=side.CommentText(f"{WORDS} twice"))  # type: ignore[attr-defined]
    asked = side.Asked(side.PollText(f"{WORDS} thrice?", ("Yes", "No")), multiple=False, last_day=side.today() + side.timedelta(days=7))
    poll = side.post_poll(author=author, specialty="cardiology", language="en", asked=asked)
    return author, case, comment, poll


def about(cast: Cast, case: object, comment: object, poll: object) -> list[dict[str, object]]:
    usual = cast.arguments("cases:show_case")
    own = {"case_id": case.pk, "thread_id": case.thread_id, "comment_id": comment.pk, "poll_id": poll.pk}  # type: ignore[attr-defined]
    return [usual, {**usual, **own}]


def readers(cast: Cast) -> list[Client]:
    return [browser(), fresh_browser_of(cast.insider()), fresh_browser_of(cast.outsider())]


def test_the_walk_sees_an_author_who_is_there(cast: Cast) -> None:
    _author, case, comment, poll = write(cast)
    places = found([browser_of(cast.outsider())], about(cast, case, comment, poll), GONE)
    assert address_of("cases:show_case", about(cast, case, comment, poll)[0]) in places
    assert address_of("cases:show_case", about(cast, case, comment, poll)[1]) in places
    assert address_of("polls:show_poll", about(cast, case, comment, poll)[1]) in places


@pytest.mark.parametrize("sought", [GONE, WORDS])
def test_who_left_is_nowhere(cast: Cast, sought: str) -> None:
    from curbside.anonymous.membership.actions import leave

    author, case, comment, poll = write(cast)
    arguments = about(cast, case, comment, poll)
    leave(member=author)
    places = found(readers(cast), arguments, sought)
    assert {place for place in places if not place.startswith("search")} == set()  # the page says back what was looked for


@pytest.mark.parametrize("sought", [GONE, WORDS])
def test_what_its_author_removed_is_nowhere(cast: Cast, sought: str) -> None:
    from curbside.anonymous.cases.actions import remove_case
    from curbside.anonymous.discussion.actions import remove_comment
    from curbside.anonymous.polls.actions import remove_poll

    _author, case, comment, poll = write(cast)
    remove_case(case=case)
    remove_comment(comment=comment)
    remove_poll(poll=poll)
    places = found(readers(cast), about(cast, case, comment, poll), sought)
    assert {place for place in places if not place.startswith("search")} == set()


def test_a_post_as_nobody_names_no_member_at_all(cast: Cast) -> None:
    one_off = cast.one_off  # type: ignore[attr-defined]
    usual = cast.arguments("cases:show_case")
    body = browser_of(cast.outsider()).get(address_of("cases:show_case", {**usual, "case_id": one_off.pk})).content.decode()
    main = body.partition("<article")[2].partition("</article>")[0]
    assert "A title" in main
    for person in (cast.insider(), side.make_member(GONE)):
        assert person.pseudonym not in main
