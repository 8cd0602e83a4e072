"""Every surface that a post reaches, walked by everyone, for an author who should be nowhere on it."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.doors.conftest import DOORS, SIDE, address_of, side
from tests.doors.places import Cast, browser, browser_of, fresh_browser_of

if TYPE_CHECKING:
    from curbside.anonymous.membership.models import Member

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.skipif(SIDE != "anonymous", reason="on the named side one acts under one's own name"),
]
GONE = "hidden-wren-77"
WORDS = "Zanthoxylum"


def surfaces(client: Client, arguments: list[dict[str, object]]) -> Iterator[tuple[str, HttpResponse]]:
    """Every page, fragment and file that can be asked for, about each of these posts; the search and the exports."""
    asked = {address_of(name, each) for name, door in DOORS.items() if "GET" in door.methods for each in arguments}
    for address in sorted(asked):
        yield address, client.get(address)
    for query in (WORDS, GONE):
        yield f"search {query}", client.post("/search/", {"q": query}, follow=True)
    for kind in ("json", "markdown"):
        yield f"export {kind}", client.post("/membership/export/", {"format": kind})


def found(clients: list[Client], arguments: list[dict[str, object]], *sought: str) -> set[str]:
    answers = [pair for client in clients for pair in surfaces(client, arguments)]
    assert sum(answer.status_code == 200 for _place, answer in answers) > 30
    return {place for place, answer in answers if any(word in text_of(answer) for word in sought)}


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


def hits(client: Client) -> list[str]:
    """What searching shows of each hit; the form above says back what was looked for."""
    answer = client.post("/search/", {"q": WORDS}, follow=True)
    return ["".join(part.text for part in (*hit.title, *hit.parts)) for hit in answer.context["found"].hits] if answer.context else []


def test_who_left_is_nowhere(cast: Cast, build_index: Callable[[], None]) -> None:
    from curbside.anonymous.membership.actions import leave

    author, case, comment, poll = write(cast)
    build_index()
    reader = browser_of(cast.outsider())
    assert len(hits(reader)) == len((case, comment, poll))
    arguments = about(cast, case, comment, poll)
    leave(member=author)
    build_index()
    places = found(readers(cast), arguments, GONE, WORDS)
    assert {place for place in places if not place.startswith("search")} == set()  # the page says back what was looked for
    assert hits(reader) == []


def test_what_its_author_removed_is_nowhere(cast: Cast, build_index: Callable[[], None]) -> None:
    from curbside.anonymous.cases.actions import remove_case
    from curbside.anonymous.discussion.actions import remove_comment
    from curbside.anonymous.polls.actions import remove_poll

    _author, case, comment, poll = write(cast)
    remove_case(case=case)
    remove_comment(comment=comment)
    remove_poll(poll=poll)
    build_index()
    places = found(readers(cast), about(cast, case, comment, poll), GONE, WORDS)
    assert {place for place in places if not place.startswith("search")} == set()
    assert hits(browser_of(cast.outsider())) == []


def under_alias(cast: Cast) -> tuple["Member", list[dict[str, object]]]:
    """All that one can post under an alias, answered by others; gives who is behind it, and what leads to the posts."""
    from curbside.anonymous.cases.actions import tell_outcome
    from curbside.anonymous.cases.documents import Outcome
    from curbside.anonymous.discussion.actions import edit_comment, warn_of
    from curbside.anonymous.moderation.judging import report_post
    from curbside.anonymous.moderation.notes import write_note
    from curbside.anonymous.moderation.posts import Post
    from curbside.anonymous.notifications.held import deliver_held
    from curbside.anonymous.shelf.actions import follow_member, put
    from curbside.anonymous.shelf.documents import Kind

    author, arguments = side.make_member(GONE), []
    follow_member(member=cast.outsider(), other=author)
    for kind in (side.Case.Kind.CASE, side.Case.Kind.LESSON):
        picture = side.make_series(author)
        note = side.PictureNote(picture.pk, "A caption", "", "written", "", side.Shape(1, 1), frames=1)
        facts = side.Facts(asks="diagnosis", urgency="today") if kind == "case" else side.Facts()
        text = side.CaseText(f"{WORDS} once", "A story.", "What now?", facts=facts, pictures=(note,))
        asked = side.Asked(side.PollText("Yes or no?", ("Yes", "No")), multiple=False, last_day=side.today() + side.timedelta(days=7))
        case = side.post_case(author=author, specialty="cardiology", language="en", kind=kind, text=text, alias=True, poll=asked)
        put(member=cast.outsider(), kind=Kind.CASE, value=side.public_id(case.thread_id))
        put(member=cast.outsider(), kind=Kind.BOOKMARK, value=side.public_id(case.thread_id))
        answer = side.post_comment(thread=case.thread, author=cast.outsider(), text=side.CommentText(f"{WORDS} by another."))
        own = side.post_comment(thread=case.thread, author=author, text=side.CommentText(f"{WORDS}, @brave-otter-12."), parent_id=answer.pk)
        warn_of(comment=answer, author=author, text=side.CommentText(f"{WORDS} does harm."))
        edit_comment(comment=own, author=author, text=side.CommentText(f"{WORDS} again, @brave-otter-12, @quiet-heron-41."))
        if kind == "case":
            tell_outcome(case=case, outcome=Outcome(None, f"{WORDS} it was."))
        for post in (Post(case), Post(case, own)):
            report_post(reporter=cast.outsider(), post=post, reason="abuse", words="Look.")
            write_note(moderator=cast.insider(), post=post, words="A note.", of_author=True)
        poll = case.thread.poll if hasattr(case.thread, "poll") else None
        about_these = {"case_id": case.pk, "thread_id": case.thread_id, "comment_id": own.pk, "picture_id": picture.pk}
        arguments.append({**cast.arguments("cases:show_case"), **about_these, **({"poll_id": poll.pk} if poll else {})})
    deliver_held()
    return author, arguments


def test_who_is_behind_an_alias_is_nowhere(cast: Cast, build_index: Callable[[], None]) -> None:
    """Neither by pseudonym nor by id or nullifier; moderators, followers, who is named and who is signed out alike."""
    author, arguments = under_alias(cast)
    build_index()
    assert len(hits(browser_of(cast.outsider()))) > 1
    told = (GONE, side.public_id(author.pk), str(author.pk), bytes(author.nullifier).hex())
    lapsed = cast.onlookers()["lapsed"]
    people = [*readers(cast), fresh_browser_of(lapsed), fresh_browser_of(cast.friend)]  # type: ignore[attr-defined] # of this side's cast
    answers = [(place, text_of(answer)) for client in people for place, answer in surfaces(client, arguments)]
    assert sum(WORDS in text for _place, text in answers) > 30
    named = {place for place, text in answers for sought in told if sought in text and not place.startswith("search")}
    # the one who follows them finds their name on their own lists alone, and no post beside it
    assert named <= {"/shelf/follows/", "export json", "export markdown"}
    follower = fresh_browser_of(cast.outsider())
    assert WORDS not in text_of(follower.get(f"/members/{GONE}/"))
    assert WORDS in text_of(browser_of(author).get("/mine/aliases/"))


def test_an_aliass_page_is_the_same_for_everyone_but_its_author(cast: Cast) -> None:
    """But for what the bar says of the reader: no control, no mark, no size."""
    author, arguments = under_alias(cast)
    strangers = [side.make_member(pseudonym) for pseudonym in ("even-crane-08", "mild-finch-19")]
    for each in arguments:
        address = address_of("cases:show_case", each)
        first, second = (main_of(browser_of(person), address) for person in strangers)
        assert first == second
        own = browser_of(author).get(address).content
        assert len(own) == len(browser_of(strangers[0]).get(address).content)


def main_of(client: Client, address: str) -> str:
    """The page below its bar, without the tokens of its forms."""
    page = client.get(address).content.decode().partition("<main")[2]
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def text_of(answer: HttpResponse) -> str:
    return (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace") + str(answer.headers)


def test_a_post_as_nobody_names_no_member_at_all(cast: Cast) -> None:
    one_off = cast.one_off  # type: ignore[attr-defined]
    usual = cast.arguments("cases:show_case")
    body = browser_of(cast.outsider()).get(address_of("cases:show_case", {**usual, "case_id": one_off.pk})).content.decode()
    main = body.partition("<article")[2].partition("</article>")[0]
    assert "A title" in main
    for person in (cast.insider(), side.make_member(GONE)):
        assert person.pseudonym not in main
