"""What members write is words wherever it is shown: walked with markup in every field that is stored, and sent back in every form."""

import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from django.http import HttpResponse
from django.test import Client

from curbside.kit.limits import RateLimit
from tests.doors.conftest import DOORS, SIDE, address_of, side
from tests.doors.places import Cast, fresh_browser_of

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.skipif(SIDE != "anonymous", reason="only members write for each other"),
]
MARK = "Quassia"
EVIL = f"""{MARK}"'><x-evil onload=alert(1)></title></textarea></script></style>--><x-evil><script>alert(1)</script>{{{{7*7}}}}"""
IN_MARKDOWN = f"""{EVIL}

[{MARK}](javascript:alert(1)) <javascript:alert(1)> ![{MARK}](x"onerror=alert(1)) [{MARK}](data:text/html,<x-evil>)

[{MARK}]: https://example.org/"><x-evil>

| <x-evil> | "><x-evil> |
|---|---|
| ``` <x-evil> | &lt;x-evil> |

```"><x-evil>
</code><x-evil>
```

@mild-plover-53"><x-evil> @<x-evil> [@mild-plover-53](https://example.org/"onclick=alert(1))
"""


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch, own_place: None) -> None:
    """Every address is asked often."""
    monkeypatch.setattr(RateLimit, "count", lambda _limit, _subject: None)


class Wrong(HTMLParser):
    """Collects whatever would run, or was never written by a template."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.script = tag == "script"
        if tag in {"x-evil", "iframe", "object", "embed", "base", "style"} or (tag == "script" and not named.get("src")):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name, value in attrs if name.startswith("on") or runs(value or "")]

    def handle_data(self, data: str) -> None:
        if self.script and data.strip():
            self.found.append(data)
        self.script = False


def runs(address: str) -> bool:
    return address.strip().lower().startswith(("javascript:", "vbscript:", "data:text"))


def wrong_in(response: HttpResponse) -> list[str]:
    """In HTML what would run; of anything else whether a browser could take it for HTML."""
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return ["xml"] if "xml" in response.headers.get("Content-Type", "") else []
    looker = Wrong()
    looker.feed(response.content.decode())
    return looker.found


def put_everywhere(cast: Cast) -> list[dict[str, object]]:
    """Markup in every field that is stored, past the forms; gives what leads to the posts."""
    from curbside.anonymous.cases.actions import tell_outcome
    from curbside.anonymous.cases.differentials.actions import give_list
    from curbside.anonymous.cases.documents import Named, Outcome
    from curbside.anonymous.cases.queries import case_text
    from curbside.anonymous.discussion.actions import warn_of
    from curbside.anonymous.discussion.evidence import Source
    from curbside.anonymous.moderation.judging import report_post
    from curbside.anonymous.moderation.notes import write_note
    from curbside.anonymous.moderation.posts import Post
    from curbside.anonymous.shelf.actions import put
    from curbside.anonymous.shelf.actions import write_note as note_member
    from curbside.anonymous.shelf.documents import Kind

    insider, outsider, friend = cast.insider(), cast.outsider(), cast.friend  # type: ignore[attr-defined] # of this side's cast
    owl = side.make_member("late-owl-77")
    evil = Named(EVIL)
    facts = side.Facts(EVIL, EVIL, (evil, Named(EVIL, EVIL)), (EVIL,), (EVIL,), "week", "diagnosis", EVIL)
    arguments = []
    for kind, alias in (
        (side.Case.Kind.CASE, False),
        (side.Case.Kind.CASE, True),
        (side.Case.Kind.LESSON, False),
        (side.Case.Kind.LOUNGE, False),
    ):
        picture = side.make_series(friend)
        note = side.PictureNote(picture.pk, EVIL, EVIL, "not-needed", EVIL, side.Shape(1, 1), frames=1)
        text = side.CaseText(
            EVIL, IN_MARKDOWN, IN_MARKDOWN, EVIL, facts if kind == "case" else side.Facts(interests=EVIL), pictures=(note,)
        )
        asked = side.Asked(
            side.PollText(EVIL, (EVIL, EVIL + "2"), IN_MARKDOWN), multiple=False, last_day=side.today() + side.timedelta(days=7)
        )
        case = side.post_case(
            author=friend, specialty="" if kind == "lounge" else "cardiology", language="en", kind=kind, text=text, alias=alias,
            poll=asked if kind == "case" else None,
        )  # fmt: skip
        said = side.CommentText(IN_MARKDOWN, EVIL, sources=(Source("doi", "10.1000/" + EVIL), Source("pmid", EVIL)), experience=True)
        comment = side.post_comment(thread=case.thread, author=owl, text=said)
        warn_of(comment=comment, author=outsider, text=said)
        if kind == "case":
            give_list(case=case, salt=case_text(case).salt, member=outsider, diagnoses=(evil,), looked=False)
            tell_outcome(case=case, outcome=Outcome(evil, IN_MARKDOWN))
        for post in (Post(case), Post(case, comment)):
            report_post(reporter=outsider, post=post, reason="abuse", words=EVIL)
            write_note(moderator=insider, post=post, words=EVIL, of_author=False)
        own = {"case_id": case.pk, "thread_id": case.thread_id, "comment_id": comment.pk, "picture_id": picture.pk, "number": 1}
        arguments.append({**cast.arguments("cases:show_case"), **own})
    poll = side.post_poll(author=friend, specialty="cardiology", language="en", asked=asked)
    arguments[0]["poll_id"] = poll.pk
    for kind in (Kind.WORD, Kind.CONDITION, Kind.BOOKMARK):
        value = side.public_id(arguments[0]["thread_id"]) if kind is Kind.BOOKMARK else EVIL
        put(member=outsider, kind=kind, value=value, said=EVIL)
    note_member(member=outsider, about=friend, words=EVIL, before="")
    brought = side.seal_text(document={"quoted": EVIL, "words": EVIL})
    letter = side.MessageReport.objects.create(
        message_id=side.random_id(), reporter=outsider, accused=friend, reason="abuse", text_id=brought
    )
    words = side.seal_text(document={"words": EVIL})
    appealed = side.Decision.objects.create(
        case_id=arguments[0]["case_id"],
        author=friend,
        specialty="cardiology",
        action="hide",
        reason="abuse",
        appeal="waiting",
        text_id=words,
    )
    arguments[0] |= {"report_id": letter.pk, "decision_id": appealed.pk}
    return arguments


def pages(client: Client, arguments: list[dict[str, object]]) -> Iterator[tuple[str, HttpResponse]]:
    asked = {address_of(name, each) for name, door in DOORS.items() if "GET" in door.methods for each in arguments}
    for address in sorted(asked):
        yield address, client.get(address)
    yield "search", client.post("/search/", {"q": MARK}, follow=True)
    for kind in ("json", "markdown"):
        yield f"export {kind}", client.post("/membership/export/", {"format": kind})


def test_markup_in_every_stored_field_runs_nowhere(cast: Cast, build_index: Callable[[], None]) -> None:
    arguments = put_everywhere(cast)
    build_index()
    seen: dict[str, HttpResponse] = {}
    for person in (cast.insider(), cast.outsider(), cast.friend):  # type: ignore[attr-defined] # of this side's cast
        for place, response in pages(fresh_browser_of(person), arguments):
            assert response.status_code < 500, place
            assert wrong_in(response) == [], place
            if MARK in response.content.decode(errors="replace"):
                seen[place] = response
    shown = {
        address_of(name, each) for name in ("cases:show_case", "moderation:judge_case", "moderation:note_comment") for each in arguments
    }
    shown |= {address_of(name, arguments[0]) for name in ("polls:show_poll", "moderation:judge_message", "moderation:judge_appeal")}
    shown |= {"/", "/lessons/", "/lounge/", "/polls/", "/shelf/muted/", "/shelf/notes/", "/shelf/", "search", "export json"}
    assert shown - seen.keys() == set()
    json.loads(seen["export json"].content)
    assert "attachment" in seen["export markdown"].headers["Content-Disposition"]


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if "POST" in door.methods])
def test_markup_in_every_field_comes_back_as_words(name: str, cast: Cast) -> None:
    """All at once, and each by itself beside good ones; with and without asking for a preview."""
    address, good = address_of(name, cast.arguments(name)), DOORS[name].form
    client = fresh_browser_of(cast.insider())
    forms = [dict.fromkeys(good, EVIL), *({**good, wrong: EVIL} for wrong in good)]
    for form in (*forms, *({**form, "preview": "1"} for form in forms)):
        answer = client.post(address, form)
        assert answer.status_code < 500
        assert wrong_in(answer) == []
