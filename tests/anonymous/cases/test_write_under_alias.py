"""An alias for one case: its author is in no row, is told nothing that a row ties to it, and is known again by the sealed document."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db import IntegrityError, connections, transaction
from django.test import Client

from curbside.anonymous.cases.actions import PAGE_LIMIT, REMIND_AFTER, remind_authors
from curbside.anonymous.cases.aliases import alias_cases_of, owner_of, sanctions_target
from curbside.anonymous.cases.models import Case
from curbside.anonymous.cases.queries import case_text
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.leaving import export_all_of
from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.boxes import make_missing_boxes
from curbside.anonymous.notifications.held import deliver_held
from curbside.anonymous.notifications.models import HeldNotice, Notification
from curbside.anonymous.notifications.queries import notices_of
from curbside.anonymous.sealing.models import RingKey
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import TEXT, a_case, a_comment, browser_of, case_form, make_member, page_of, show_badge, words_of
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


@pytest.fixture(autouse=True)
def boxes(db: None, author: Member, other: Member) -> None:
    PAGE_LIMIT._uses.clear()
    make_missing_boxes()


@pytest.fixture
def post(as_author: Client) -> Callable[..., Case]:
    def post(**changes: str) -> Case:
        before = set(Case.objects.values_list("pk", flat=True))
        assert as_author.post("/cases/new/", case_form(under="alias", **changes)).status_code == 302
        return Case.objects.exclude(pk__in=before).get()

    return post


@pytest.fixture
def hidden(post: Callable[..., Case]) -> Case:
    return post()


def comment_as(client: Client, case: Case, body: str, **fields: str) -> Comment:
    response = client.post(f"/threads/{public_id(case.thread_id)}/comments/", {"body": body, "parent": "", **fields})
    assert response.status_code == 302, words_of(response)
    return _newest(case, response.headers["Location"])


def _newest(case: Case, address: str) -> Comment:
    return next(comment for comment in Comment.objects.filter(thread=case.thread_id) if public_id(comment.pk) in address)


def rows_changed() -> Iterator[str]:
    """Every value of every row, as text."""
    for model in apps.get_models():
        database = "ring" if model.__name__ == "RingKey" else "default"
        with connections[database].cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            for row in cursor.fetchall():
                yield f"{model._meta.db_table} {row}"


def test_the_alias_stands_on_the_case_and_the_pseudonym_nowhere(hidden: Case, author: Member, as_other: Client) -> None:
    words, alias = words_of(as_other.get(page_of(hidden))), case_text(hidden).alias
    assert alias is not None
    assert f"alias {alias.shown}" in words
    assert " " in alias.shown
    assert author.pseudonym not in words
    assert author.pseudonym not in words_of(as_other.get("/"))
    assert "under an alias" in words_of(as_other.get("/"))


def test_badges_are_not_shown_under_an_alias(author: Member, post: Callable[..., Case], as_other: Client) -> None:
    show_badge(author, "gb/cardiology", 200)
    assert "Cardiology, " not in words_of(as_other.get(page_of(post())))


def test_no_write_of_an_alias_touches_a_row_of_its_member(as_author: Client, author: Member, other: Member) -> None:
    with named_queries() as queries:
        as_author.post("/cases/new/", case_form(under="alias", urgency="today"))
    case = Case.objects.get()
    parent = a_comment(case, other)
    with named_queries() as more:
        comment = comment_as(as_author, case, "It was mine.", parent=public_id(parent.pk))
        as_author.post(f"/comments/{public_id(comment.pk)}/edit/", {"body": "It was mine, too.", "parent": ""})
        as_author.post(f"{page_of(case)}edit/", case_form(title="Another title"))
    written = {query for query in (*queries, *more) if not query.startswith("select")}
    assert not [query for query in written if "membership" in query], written
    assert not Notification.objects.filter(recipient=author).exists()
    assert [row for row in rows_changed() if str(author.pk) in row and not row.startswith(("membership_", "notifications_mailbox"))] == []


def test_the_database_refuses_an_alias_beside_an_author(author: Member, hidden: Case) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=hidden.pk).update(author=author)


def test_comments_of_its_author_stand_under_the_same_alias(hidden: Case, as_author: Client, as_other: Client, author: Member) -> None:
    comment = comment_as(as_author, hidden, "More of it.")
    assert comment.author is None
    assert comment.by_opener
    words = words_of(as_other.get(page_of(hidden)))
    assert words.count(f"alias {case_text(hidden).alias.shown}") == 2  # type: ignore[union-attr]
    assert author.pseudonym not in words
    assert "as nobody" not in words


def test_the_author_has_their_controls_and_nobody_else_has(hidden: Case, as_author: Client, as_other: Client) -> None:
    comment = comment_as(as_author, hidden, "More of it.")
    words = words_of(as_author.get(page_of(hidden)))
    for place in (f"{page_of(hidden)}edit/", f"{page_of(hidden)}close/", f"/comments/{public_id(comment.pk)}/edit/"):
        assert place in words
        assert as_author.get(place).status_code == 200
        assert place not in words_of(as_other.get(page_of(hidden)))
        assert as_other.get(place).status_code == 404
    assert "stands under alias" in words
    assert as_other.post(f"/comments/{public_id(comment.pk)}/remove/").status_code == 404
    as_author.post(f"/comments/{public_id(comment.pk)}/edit/", {"body": "Less of it.", "parent": ""})
    assert "Less of it." in words_of(as_other.get(page_of(hidden)))
    as_author.post(f"/comments/{public_id(comment.pk)}/remove/")
    assert not Comment.objects.exists()


def test_an_edit_keeps_the_alias(hidden: Case, as_author: Client) -> None:
    before = case_text(hidden).alias
    as_author.post(f"{page_of(hidden)}edit/", case_form(title="Another title"))
    assert case_text(hidden).alias is not None
    assert case_text(hidden).alias.shown == before.shown  # type: ignore[union-attr]


def test_a_preview_keeps_the_choice_and_posts_nothing(as_author: Client) -> None:
    words = words_of(as_author.post("/cases/new/", case_form(under="alias", preview="1")))
    assert 'value="alias" checked' in words
    assert 'value="pseudonym" checked' not in words
    assert not Case.objects.exists()
    assert as_author.post("/cases/new/", case_form(under="somebody")).status_code == 400
    assert not Case.objects.exists()


def test_a_case_under_an_alias_makes_no_query_more(hidden: Case, as_other: Client, as_author: Client) -> None:
    comment_as(as_author, hidden, "More of it.")
    for client in (as_other, as_author):
        with named_queries() as queries:
            client.get(page_of(hidden))
        assert len(queries) <= 8, queries


def test_an_answer_is_told_later_and_not_in_the_answers_transaction(hidden: Case, author: Member, other: Member, as_other: Client) -> None:
    comment = a_comment(hidden, other)
    assert not Notification.objects.exists()
    note = HeldNotice.objects.get()
    assert str(author.pk) not in str(list(HeldNotice.objects.values_list()))
    assert deliver_held() == 1
    ((_row, notice),) = notices_of(author)
    assert (notice.thread_id, notice.comment_id) == (hidden.thread_id, comment.pk)
    assert not HeldNotice.objects.exists()
    assert deliver_held() == 0
    assert note.text_id


def test_a_held_notice_is_told_among_others_of_that_day_written_anew(hidden: Case, author: Member, other: Member, as_other: Client) -> None:
    others = [make_member(f"reader-{number}") for number in range(4)]
    make_missing_boxes()
    for member in others:
        a_comment(a_case(member), other)
    before = {row.pk: row.recipient_id for row in Notification.objects.all()}
    a_comment(hidden, other)
    deliver_held()
    after = {row.pk: row.recipient_id for row in Notification.objects.all()}
    assert not set(before) & set(after)
    assert sorted(after.values()) == sorted([*before.values(), author.pk])
    for member in others:
        assert len(notices_of(member)) == 1


def test_an_urgent_case_under_an_alias_leaves_nobody_out(
    author: Member, other: Member, post: Callable[..., Case], settings: LazySettings
) -> None:
    settings.REGISTRARS = [SimpleNamespace(host="directory.example.org")]
    for member in (author, other):
        show_badge(member, "gb/anaesthetics", 200)
    post(urgency="today")
    assert set(Notification.objects.values_list("recipient", flat=True)) == {author.pk, other.pk}


def test_its_author_is_reminded_and_closes_it_and_hears_of_no_own_outcome(
    hidden: Case, author: Member, as_author: Client, other: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curbside.anonymous.cases.actions.REMIND_AFTER", -1)
    assert remind_authors() == 1
    assert remind_authors() == 0
    assert REMIND_AFTER == 14
    deliver_held()
    assert len(notices_of(author)) == 1
    a_comment(hidden, other)
    deliver_held()
    as_author.post(f"{page_of(hidden)}close/", {"diagnosis": "", "words": "All well."})
    assert len(notices_of(author)) == 2
    assert len(notices_of(other)) == 1


def test_whoever_asked_under_an_alias_says_that_an_answer_helped(hidden: Case, as_author: Client, other: Member) -> None:
    comment, own = a_comment(hidden, other), comment_as(as_author, hidden, "More of it.")
    as_author.post(f"/comments/{public_id(comment.pk)}/react/", {"kind": "helped"})
    comment.refresh_from_db()
    assert comment.helped_asker
    assert as_author.post(f"/comments/{public_id(own.pk)}/react/", {"kind": "agree"}).status_code == 403


def test_ones_own_list_finds_alias_posts_by_opening_them(hidden: Case, as_author: Client, as_other: Client) -> None:
    assert TEXT.title in words_of(as_author.get("/mine/aliases/"))
    assert TEXT.title not in words_of(as_author.get("/mine/"))
    assert TEXT.title not in words_of(as_other.get("/mine/aliases/"))
    assert "You have posted nothing under an alias" in words_of(as_other.get("/mine/aliases/"))


@pytest.mark.parametrize("count", [1, 9])
def test_that_list_makes_the_same_queries_for_one_post_and_for_many(as_author: Client, post: Callable[..., Case], count: int) -> None:
    for _ in range(count):
        post()
    with named_queries() as queries:
        as_author.get("/mine/aliases/")
    assert [query for query in queries if "cases" in query] == ["select cases_case"]
    assert len(queries) <= 8, queries  # session, member, what is muted, and these


def test_an_export_holds_alias_posts_without_what_is_not_its_authors(
    hidden: Case, as_author: Client, author: Member, other: Member
) -> None:
    comment_as(as_author, hidden, "More of it.")
    told = str(export_all_of(author))
    assert TEXT.story in told
    assert "More of it." in told
    assert case_text(hidden).alias.shown in told  # type: ignore[union-attr]
    assert str(author.pk) not in told
    assert TEXT.story not in str(export_all_of(other))


@pytest.mark.django_db(databases=["default", "ring"], transaction=True)
def test_leaving_erases_alias_posts_and_what_their_author_answered(
    hidden: Case, as_author: Client, author: Member, as_other: Client
) -> None:
    comment = comment_as(as_author, hidden, "More of it.")
    case_text_id = hidden.text_id
    leave(member=author)
    hidden.refresh_from_db()
    assert (hidden.text_id, hidden.state) == (None, Case.State.REMOVED)
    assert not RingKey.objects.filter(text_id__in=[case_text_id, comment.text_id]).exists()
    assert as_other.get(page_of(hidden)).status_code == 404


def test_only_the_sealed_document_knows_who_is_behind_it(hidden: Case, author: Member, other: Member, case: Case) -> None:
    assert owner_of(hidden) == author.pk
    assert owner_of(case) is None
    assert sanctions_target(case=hidden, by_author=True) == author
    assert sanctions_target(case=hidden, by_author=False) is None
    assert [list(batch) for batch in alias_cases_of(other)] == [[]]


def test_a_lesson_can_be_told_under_an_alias(as_author: Client, as_other: Client, author: Member) -> None:
    as_author.post("/lessons/new/", case_form(under="alias"))
    words = words_of(as_other.get(page_of(Case.objects.get())))
    assert "alias " in words
    assert author.pseudonym not in words
    assert browser_of(author).get(page_of(Case.objects.get())).status_code == 200
