"""A member reads, comments and posts as nobody from the same browser; then a thief looks for what joins the two.

The thief has every row of both databases, the sessions, the caches, the logs, and knows which post is the one sought.
"""

import json
import logging
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client

from curbside.anonymous.cases.models import Case, Quota
from curbside.anonymous.cases.oneoffs.views import BEGIN_LIMIT, FINISH_LIMIT
from curbside.anonymous.cases.viewing import VIEWS
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.membership.models import Member, Session
from curbside.kit import clock
from curbside.kit.ids import public_id
from curbside.kit.specialties import SPECIALTIES
from tests.anonymous.cases.cast import a_case, a_comment, browser_of, case_form, make_member, page_of
from tests.anonymous.cases.nobody import LESSON, THE_CASE, Nobody, nullifier
from tests.fresh import show_passkey
from tests.wall.shared_values import Haul, shared

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

OF_THE_POST = ("cases_case", "cases_quota", "discussion_thread", "discussion_comment", "sealing_sealedtext")


def rows(table: str) -> list[dict[str, object]]:
    alias = "ring" if table == "sealing_ringkey" else "default"
    with connections[alias].cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, map(plain, row), strict=True)) for row in cursor.fetchall()]


def plain(cell: object) -> object:
    return bytes(cell) if isinstance(cell, memoryview) else cell


def tables() -> Iterator[str]:
    for alias in ("default", "ring"):
        with connections[alias].cursor() as cursor:
            yield from (name for name in connections[alias].introspection.table_names(cursor) if "django_" not in name)


def everything() -> dict[str, list[dict[str, object]]]:
    return {table: sorted(rows(table), key=repr) for table in tables()}


def haul(found: list[dict[str, object]], place: str) -> Haul:
    made = Haul()
    for row in found:
        for column, value in row.items():
            made.add(value, f"{place}.{column}")
    return made


def chosen_from_a_list() -> Haul:
    """What a post says of its subject: the same slugs for thousands."""
    made = Haul()
    for slug in SPECIALTIES:
        made.add_text(slug, "specialties")
    return made


@pytest.fixture
def busy_member(author: Member, other: Member, nobody: Nobody) -> Client:
    """Signed in, at work under the pseudonym, in the same minutes."""
    client = browser_of(author)
    client.post("/cases/new/", case_form())
    a_comment(a_case(other), author, "As myself.")
    client.get("/lessons/new/")
    return client


def test_posting_as_nobody_changes_no_row_that_was_there(busy_member: Client, nobody: Nobody) -> None:
    before = everything()
    nobody.post()
    after = everything()
    for table, old in before.items():
        gone = [row for row in old if row not in after[table]]
        assert table == "sealing_changecount" or gone == [], table


def test_posting_as_nobody_adds_rows_of_the_post_alone(busy_member: Client, nobody: Nobody) -> None:
    before = everything()
    nobody.post()
    added = {table: len(after) - len(before[table]) for table, after in everything().items() if len(after) != len(before[table])}
    assert added == {"cases_case": 1, "cases_quota": 1, "discussion_thread": 1, "sealing_sealedtext": 1, "sealing_ringkey": 1}


def test_no_column_of_the_post_leads_to_a_member(busy_member: Client, nobody: Nobody) -> None:
    nobody.post()
    nobody.act("answer", body="As nobody.", parent="")
    case, answer = Case.objects.get(pk=THE_CASE), Comment.objects.get(by_opener=True)
    ids = {case.pk, case.quota_id, case.thread_id, case.text_id, answer.pk, answer.text_id}
    ours = [row for table in OF_THE_POST for row in rows(table) if row["id"] in ids]
    assert len(ours) == 6
    members = [row for table in tables() if table.startswith("membership_") and "edition" not in table for row in rows(table)]
    theirs = [row for table in ("cases_case", "discussion_comment") for row in rows(table) if row["author_id"] is not None]
    assert shared(haul(ours, "post"), haul([*members, *theirs], "members"), public=chosen_from_a_list()) == []


def test_the_two_numbers_stand_in_their_own_columns_and_nowhere_else(busy_member: Client, nobody: Nobody) -> None:
    nobody.post()
    for number, home in (("one, the case", ("cases_case", "nullifier")), ("one, the day", ("cases_quota", "nullifier"))):
        places = {(table, column) for table in tables() for row in rows(table) for column, cell in row.items() if cell == nullifier(number)}
        assert places == {home}


def test_after_midnight_two_posts_of_one_person_share_nothing(nobody: Nobody, monkeypatch: pytest.MonkeyPatch, noon: datetime) -> None:
    nobody.post()
    nobody.post(case="another case")
    monkeypatch.setattr(clock, "now", lambda: noon.replace(day=24))
    call_command("forget_oneoffs")
    first, second = (haul([row], "post") for row in rows("cases_case"))
    assert not Quota.objects.exists()
    assert shared(first, second, public=chosen_from_a_list()) == []
    with_whom = [column for column, cell in rows("cases_case")[0].items() if cell is None]
    assert {"author_id", "quota_id"} <= set(with_whom)


def test_the_members_session_and_cookies_are_untouched(busy_member: Client, nobody: Nobody) -> None:
    sessions, cookies = list(Session.objects.values()), busy_member.cookies.output()
    busy_member.get("/oneoff/")
    nobody.post()
    assert list(Session.objects.values()) == sessions
    assert busy_member.cookies.output() == cookies
    assert not nobody.client.cookies


def test_nothing_is_logged(busy_member: Client, nobody: Nobody, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        nobody.post()
        nobody.act("answer", body="As nobody.", parent="")
    libraries = ("django.db", "asyncio", "markdown_it")  # at this level each query's text, which no setting of ours lets out
    assert [record.getMessage() for record in caplog.records if not record.name.startswith(libraries)] == []


def test_what_counts_tries_knows_no_member_and_is_never_written(busy_member: Client, author: Member, nobody: Nobody) -> None:
    nobody.post()
    for limit in (BEGIN_LIMIT, FINISH_LIMIT):
        assert len(limit._uses) == 1
        (name,) = limit._uses
        assert len(name) == 16
        assert public_id(author.pk).encode() not in name
    assert all(name not in repr(everything()) for name in map(repr, BEGIN_LIMIT._uses))


def test_opening_ones_own_post_counts_like_anyones(busy_member: Client, nobody: Nobody) -> None:
    case = nobody.posted()
    busy_member.get(page_of(case))
    browser_of(make_member("any-wren-55")).get(page_of(case))
    VIEWS.write()
    case.refresh_from_db()
    assert case.view_count == 2


def test_the_words_reach_the_server_once_and_are_sealed(busy_member: Client, nobody: Nobody) -> None:
    text = json.dumps(LESSON)
    nobody.begin("post", text)
    assert "Ten times" not in repr(everything())
    nobody.post()
    assert "Ten times" not in repr(everything())


def test_a_leavers_export_and_leaving_do_not_know_the_post(busy_member: Client, nobody: Nobody) -> None:
    nobody.post()
    show_passkey(busy_member)
    assert "Ten times the dose" not in busy_member.post("/membership/export/").content.decode()
    assert "Ten times the dose" not in busy_member.get("/mine/").content.decode()
    busy_member.post("/membership/leave/", {"sure": "on"})
    assert Case.objects.get(pk=THE_CASE).state == Case.State.OPEN


def test_the_search_would_find_a_planted_link(busy_member: Client, nobody: Nobody, author: Member) -> None:
    nobody.post()
    post = [{**row, "planted": bytes(author.nullifier)} for row in rows("cases_case") if row["id"] == THE_CASE]
    assert shared(haul(post, "post"), haul(rows("membership_member"), "member"), public=Haul()) != []
