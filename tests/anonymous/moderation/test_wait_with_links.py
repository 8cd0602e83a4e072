from datetime import date, timedelta

import pytest
from django.test import Client

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.links import links_open_on
from curbside.anonymous.discussion.markdown import render_markdown
from curbside.anonymous.membership.models import Member
from curbside.kit import clock
from curbside.kit.clock import today
from tests.anonymous.cases.cast import a_comment, browser_of, page_of
from tests.anonymous.cases.nobody import LESSON, Nobody

pytestmark = pytest.mark.django_db(databases=["default", "ring"])

WORDS = "See [the trial](https://example.org/trial?a=1&b=2) and <https://example.net/>."


def joined(member: Member, day: date) -> None:
    Member.objects.filter(pk=member.pk).update(joined_on=day)


def page(client: Client, case: Case) -> str:
    return client.get(page_of(case)).content.decode()


def test_an_address_is_shown_whole_where_links_wait() -> None:
    html = render_markdown(WORDS, links=False)
    assert "<a" not in html
    assert '<span class="link-host">(https://example.org/trial?a=1&amp;b=2)</span>' in html
    assert html.count("https://example.net/") == 1


@pytest.mark.parametrize("words", ["[a](https://x.org/)|[b](https://y.org/)\n-|-\n1|2", "[**bold**](https://x.org/)", "[](https://x.org/)"])
def test_no_link_is_left_in_tables_and_around_other_signs(words: str) -> None:
    assert "<a" not in render_markdown(words, links=False)
    assert "https://x.org/" in render_markdown(words, links=False)


def test_links_open_on_a_monday() -> None:
    assert {links_open_on(date(2026, 11, day)) for day in range(3, 10)} == {date(2026, 11, 23)}
    assert links_open_on(date(2026, 11, 10)) == date(2026, 11, 30)


def test_links_of_a_new_member_wait_until_their_age_frees_them(
    author: Member, other: Member, moderator: Member, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_comment(case, other, WORDS)
    joined(other, today())
    for reader in (author, other, moderator):
        assert "(https://example.org/trial" in page(browser_of(reader), case)
        assert 'href="https://example.org' not in page(browser_of(reader), case)
    later = clock.now() + timedelta(days=21)
    monkeypatch.setattr(clock, "now", lambda: later)
    for reader in (author, other, moderator):
        assert 'href="https://example.org/trial' in page(browser_of(reader), case)


def test_the_member_is_told_until_when(as_other: Client, other: Member) -> None:
    joined(other, today())
    assert "words that nobody can click until" in as_other.get("/moderation/mine/").content.decode()
    joined(other, today() - timedelta(days=30))
    assert "nobody can click" not in as_other.get("/moderation/mine/").content.decode()


def test_links_of_nobody_wait_by_the_age_of_the_post(other: Member, nobody: Nobody, monkeypatch: pytest.MonkeyPatch) -> None:
    case = nobody.posted(**LESSON | {"story": WORDS})
    assert 'href="https://example.org' not in page(browser_of(other), case)
    later = clock.now() + timedelta(days=21)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert 'href="https://example.org' in page(browser_of(other), case)
