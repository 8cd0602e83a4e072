"""A ban: the operator's command, what the banned can still do, and that neither leaving nor a race washes it off."""

import json
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from curbside.anonymous.membership import leaving
from curbside.anonymous.membership.actions import ban_member, leave
from curbside.anonymous.membership.models import Ban, BanReason, Member, Passkey
from curbside.kit.errors import Conflict
from tests.anonymous.membership.authenticator import SoftPasskey
from tests.anonymous.membership.cast import Visitor
from tests.anonymous.membership.conftest import MakeVisitor


def ban(pseudonym: str = "quiet-heron-41", reason: str = "abuse") -> str:
    output = StringIO()
    call_command("ban_member", pseudonym, "--reason", reason, stdout=output)
    return output.getvalue()


def unban(wanted: str = "quiet-heron-41") -> str:
    output = StringIO()
    call_command("unban_member", wanted, stdout=output)
    return output.getvalue()


def test_a_ban_ends_sessions_and_says_how_to_lift_it(visitor: Visitor, member: Member) -> None:
    assert ban().startswith("quiet-heron-41 is banned. To lift it, also after they left: curbside member unban ")
    assert visitor.member is None


def test_a_banned_member_reads_the_reason_exports_and_writes_nothing(make_visitor: MakeVisitor, member: Member) -> None:
    ban()
    visitor = make_visitor()
    assert visitor.sign_in(SoftPasskey(1))[0] == 200
    assert visitor.member is not None
    assert not visitor.member.may_write
    page = visitor.client.get("/membership/").content.decode()
    assert "You were banned for attacking people. The ban holds for this wallet" in page
    assert "Renew your term" not in page
    assert json.loads(visitor.client.post("/membership/export/").content)["pseudonym"] == "quiet-heron-41"


def test_a_banned_wallet_opens_no_other_member_and_no_new_term(make_visitor: MakeVisitor, member: Member) -> None:
    ban()
    status, answer = make_visitor().knock("again", pseudonym="brave-otter-12")
    assert status == 403
    assert "You were banned for attacking people" in answer["error"]
    assert Member.objects.count() == 1
    assert Passkey.objects.count() == 1


def test_a_banned_member_without_passkey_recovers_to_read_and_no_more(make_visitor: MakeVisitor, member: Member) -> None:
    ban()
    Member.objects.update(term_ends_on="2026-01-01")
    visitor = make_visitor()
    assert visitor.knock("again", "/recover/")[0] == 200
    assert visitor.member == member
    assert not visitor.member.may_write
    assert str(Member.objects.get().term_ends_on) == "2026-01-01"


def test_leaving_erases_a_banned_member_but_not_the_ban(make_visitor: MakeVisitor, member: Member) -> None:
    ban()
    visitor = make_visitor()
    visitor.sign_in(SoftPasskey(1))
    assert "The ban of this wallet stays" in visitor.client.get("/membership/leave/").content.decode()
    assert visitor.client.post("/membership/leave/", {"sure": "on"}).status_code == 302
    assert not Member.objects.exists()
    for page in ("/join/", "/recover/"):
        status, answer = make_visitor().knock("again", page)
        assert (status, "banned for attacking people" in answer["error"]) == (403, True)


def test_the_ban_of_who_left_holds_no_pseudonym_and_is_lifted_by_its_number(make_visitor: MakeVisitor, member: Member) -> None:
    number = ban().split()[-1]
    leave(member=member)
    assert {field.name for field in Ban._meta.get_fields()} == {"id", "nullifier", "reason"}
    assert unban(number) == "The ban is lifted.\n"
    assert make_visitor().knock("again", pseudonym="brave-otter-12")[0] == 200


def test_a_lifted_ban_lets_the_member_write_again(make_visitor: MakeVisitor, member: Member) -> None:
    ban()
    unban()
    assert Member.objects.get().may_write
    assert not Ban.objects.exists()


def test_a_second_ban_changes_the_reason(member: Member) -> None:
    ban()
    ban(reason="selling")
    assert Ban.objects.get().reason == BanReason.SELLING


@pytest.mark.parametrize("arguments", [("ban_member", "nobody-here-1", "--reason", "abuse"), ("unban_member", "nobody-here-1")])
def test_commands_refuse_a_pseudonym_that_nobody_has(db: None, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="no"):
        call_command(*arguments)


def test_a_reason_in_ones_own_words_is_refused(member: Member) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        ban(reason="I think this is my neighbour")


def test_a_ban_of_who_left_a_moment_ago_stands(make_visitor: MakeVisitor, member: Member) -> None:
    seen = Member.objects.get()
    leave(member=member)
    ban_member(member=seen, reason=BanReason.ABUSE)
    assert make_visitor().knock("again")[0] == 403


def test_who_has_left_cannot_leave_again(member: Member) -> None:
    seen = Member.objects.get()
    leave(member=member)
    with pytest.raises(Conflict, match="left already"):
        leave(member=seen)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_a_ban_waits_for_who_is_just_leaving_and_stands_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    member = Member.objects.create(pseudonym="quiet-heron-41", skeleton="quiet", nullifier=bytes(32), term_ends_on="2030-01-01")
    order: list[str] = []
    erasing, go_on = threading.Event(), threading.Event()

    def erase(*, member: Member) -> None:
        erasing.set()
        assert go_on.wait(10)
        order.append("erased")

    def go() -> None:
        leave(member=member)
        connection.close()

    def outlaw() -> None:
        ban_member(member=member, reason=BanReason.ABUSE)
        order.append("banned")
        connection.close()

    monkeypatch.setattr(leaving, "_erasers", [erase])
    first, second = threading.Thread(target=go), threading.Thread(target=outlaw)
    first.start()
    assert erasing.wait(10)
    second.start()
    second.join(0.5)
    go_on.set()
    first.join(10)
    second.join(10)
    assert order == ["erased", "banned"]
    with transaction.atomic():
        assert Ban.objects.count() == 1
        assert not Member.objects.exists()
