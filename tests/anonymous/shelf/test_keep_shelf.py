"""What lies on a shelf, who could learn of it, and what two windows and a leaving member do to it."""

import threading
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, connections
from hypothesis import given
from hypothesis import strategies as st

from curbside.anonymous.membership.actions import leave
from curbside.anonymous.membership.exporting import as_markdown
from curbside.anonymous.membership.leaving import export_all_of
from curbside.anonymous.membership.models import Member
from curbside.anonymous.notifications.actions import notify
from curbside.anonymous.notifications.kinds import Kind as Told
from curbside.anonymous.notifications.queries import unread_count
from curbside.anonymous.sealing.models import RingKey, SealedText
from curbside.anonymous.sealing.secrecy import Document
from curbside.anonymous.shelf.actions import SHELF_LIMIT, follow_member, put, take, write_note
from curbside.anonymous.shelf.documents import MOST, Kind, OwnShelf
from curbside.anonymous.shelf.making import make_missing_shelves
from curbside.anonymous.shelf.models import Shelf
from curbside.anonymous.shelf.queries import own_shelf
from curbside.kit import clock
from curbside.kit.errors import Conflict
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import make_member
from tests.anonymous.cases.queries import named_queries

pytestmark = pytest.mark.django_db(databases=["default", "ring"])
THREAD = public_id(0x1234_5678_9ABC_DEF0)


def test_what_is_put_on_a_shelf_lies_there_until_it_is_taken(heron: Member) -> None:
    assert not own_shelf(heron)[Kind.BOOKMARK]
    put(member=heron, kind=Kind.HUB, value="cardiology")
    put(member=heron, kind=Kind.BOOKMARK, value=THREAD)
    put(member=heron, kind=Kind.BOOKMARK, value=THREAD)
    shelf = own_shelf(heron)
    assert (list(shelf[Kind.BOOKMARK]), list(shelf[Kind.HUB])) == ([THREAD], ["cardiology"])
    take(member=heron, kind=Kind.BOOKMARK, value=THREAD)
    take(member=heron, kind=Kind.BOOKMARK, value=THREAD)
    shelf = own_shelf(heron)
    assert (list(shelf[Kind.BOOKMARK]), list(shelf[Kind.HUB])) == ([], ["cardiology"])


def test_reading_costs_two_queries_whatever_lies_there(heron: Member) -> None:
    for kind in (Kind.HUB, Kind.WORD, Kind.MUTED):
        put(member=heron, kind=kind, value=THREAD)
        with named_queries() as queries:
            own_shelf(heron)
        assert queries == ["select sealing_sealedtext", "select sealing_ringkey"]


def test_everyone_has_a_shelf_of_one_size_once_one_writes_and_writing_leaves_no_day_and_no_order(heron: Member, otter: Member) -> None:
    make_missing_shelves()
    RingKey.objects.update(made_on=date(2026, 1, 5))
    before = list(SealedText.objects.order_by("pk").values_list("pk", "changed", "key_id"))
    for number in range(1, 9):
        put(member=heron, kind=Kind.BOOKMARK, value=public_id(number))
        write_note(member=heron, about=otter, words="Knows mitochondria." * number, before="Knows mitochondria." * (number - 1))
    assert list(SealedText.objects.order_by("pk").values_list("pk", "changed", "key_id")) == before
    assert set(RingKey.objects.values_list("made_on", flat=True)) == {date(2026, 1, 5)}
    assert len({len(text.ciphertext) for text in SealedText.objects.all()}) == 1
    assert {field.attname for field in Shelf._meta.concrete_fields} == {"id", "member_id", "text_id"}
    assert set(Shelf.objects.values_list("member", flat=True)) == {heron.pk, otter.pk}


def test_duty_makes_missing_shelves_in_one_change(heron: Member, otter: Member) -> None:
    call_command("keep_shelves")
    call_command("keep_shelves")
    assert Shelf.objects.count() == 2
    assert len(set(SealedText.objects.values_list("changed", flat=True))) == 1


@pytest.mark.django_db(databases=["default", "ring"], transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_windows_that_write_at_once_lose_nothing(heron: Member) -> None:
    make_missing_shelves()

    def window(first: int) -> None:
        try:
            for number in range(first, first + 5):
                put(member=heron, kind=Kind.BOOKMARK, value=public_id(number))
        finally:
            connections.close_all()

    windows = [threading.Thread(target=window, args=[first]) for first in (1, 101)]
    for thread in windows:
        thread.start()
    for thread in windows:
        thread.join()
    assert set(own_shelf(heron)[Kind.BOOKMARK]) == {public_id(number) for first in (1, 101) for number in range(first, first + 5)}


def test_note_that_was_changed_in_another_window_is_not_written_over(heron: Member, otter: Member) -> None:
    write_note(member=heron, about=otter, words="Careful.", before="")
    with pytest.raises(Conflict, match="changed in another window"):
        write_note(member=heron, about=otter, words="Kind.", before="")
    assert own_shelf(heron)[Kind.NOTE] == {public_id(otter.pk): "Careful."}
    write_note(member=heron, about=otter, words="", before="Careful.")
    assert own_shelf(heron)[Kind.NOTE] == {}


@pytest.mark.parametrize("kind", [Kind.HUB, Kind.WORD])
def test_what_no_longer_fits_is_refused_with_how_much_does(heron: Member, kind: Kind) -> None:
    for number in range(MOST[kind]):
        SHELF_LIMIT._uses.clear()
        put(member=heron, kind=kind, value=str(number))
    with pytest.raises(Conflict, match=f"At most {MOST[kind]} fit there"):
        put(member=heron, kind=kind, value="more")
    put(member=heron, kind=kind, value="0")
    assert len(own_shelf(heron)[kind]) == MOST[kind]


def test_member_is_followed_from_the_day_on_which_that_began(heron: Member, otter: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    follow_member(member=heron, other=otter)
    later = clock.now() + timedelta(days=3)
    day = clock.today()
    monkeypatch.setattr(clock, "now", lambda: later)
    follow_member(member=heron, other=otter)
    assert own_shelf(heron)[Kind.MEMBER] == {public_id(otter.pk): day.isoformat()}


@pytest.mark.parametrize("kind", [Kind.MUTED, Kind.BLOCKED])
def test_nothing_is_told_of_whom_one_mutes_or_blocks_but_what_moderators_decide(heron: Member, otter: Member, kind: Kind) -> None:
    owl = make_member("late-owl-77")
    put(member=heron, kind=kind, value=public_id(otter.pk))
    everyone = [heron.pk, owl.pk]
    notify(recipients=everyone, kind=Told.ANSWER, thread_id=1, by=otter.pk)
    assert (unread_count(heron), unread_count(owl)) == (0, 1)
    notify(recipients=everyone, kind=Told.ANSWER, thread_id=1)
    notify(recipients=everyone, kind=Told.MODERATION, thread_id=1, by=otter.pk)
    assert (unread_count(heron), unread_count(owl)) == (2, 3)


@pytest.mark.django_db(databases=["default", "ring"], transaction=True)
def test_leaving_takes_the_shelf_and_its_key(heron: Member, otter: Member) -> None:
    put(member=heron, kind=Kind.BLOCKED, value=public_id(otter.pk))
    leave(member=heron)
    assert Shelf.objects.get().member == otter
    assert RingKey.objects.get().text_id == Shelf.objects.get().text_id


def test_export_names_members_and_says_what_was_noted(heron: Member, otter: Member) -> None:
    write_note(member=heron, about=otter, words="Knows mitochondria.", before="")
    put(member=heron, kind=Kind.WORD, value="homeopathy")
    gone = make_member("late-owl-77")
    put(member=heron, kind=Kind.MUTED, value=public_id(gone.pk))
    leave(member=gone)
    exported = export_all_of(heron)["Shelf"]
    assert exported == [
        {"kind": "note", "what": "brave-otter-12", "said": "Knows mitochondria."},
        {"kind": "muted", "what": "a member who left"},
        {"kind": "word", "what": "homeopathy"},
    ]
    assert "Knows mitochondria." in as_markdown("quiet-heron-41", {"Shelf": exported})


def test_shelf_whose_key_is_lost_begins_anew(heron: Member) -> None:
    put(member=heron, kind=Kind.WORD, value="homeopathy")
    RingKey.objects.all().delete()
    assert own_shelf(heron)[Kind.WORD] == {}
    put(member=heron, kind=Kind.WORD, value="astrology")
    assert list(own_shelf(heron)[Kind.WORD]) == ["astrology"]


@pytest.mark.parametrize(
    ("text", "muted"),
    [("Homeopathy works", True), ("Say no to homeopathy!", True), ("homeopathyish", False), ("c++ is", True), ("c+", False), ("", False)],
)
def test_muted_word_is_a_word_of_its_own_in_any_case(text: str, muted: bool) -> None:
    assert OwnShelf().put(Kind.WORD, "homeopathy").put(Kind.WORD, "c++").mutes_words(text) == muted
    assert not OwnShelf().mutes_words(text)


@given(st.dictionaries(st.sampled_from(Kind), st.dictionaries(st.text(min_size=1, max_size=40), st.text(max_size=200), max_size=9)))
def test_shelf_reads_back_and_comes_in_few_sizes(things: dict[Kind, dict[str, str]]) -> None:
    shelf = OwnShelf(things)
    document = shelf.to_seal()
    opened = OwnShelf.opened(document)
    assert {kind: dict(opened[kind]) for kind in Kind if opened[kind]} == {kind: dict(held) for kind, held in things.items() if held}
    assert "mito" not in repr(shelf)


def test_document_that_holds_something_else_is_read_as_far_as_it_goes() -> None:
    assert not OwnShelf.opened(Document({"word": ["a"], "hub": {"cardiology": 7}}))[Kind.HUB]
