import re
from datetime import date, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from curbside.anonymous.membership import knocking
from curbside.anonymous.membership.badges import may_stand_together
from curbside.anonymous.membership.models import Badge, Edition, Member, Passkey, Session, Vouch
from curbside.anonymous.membership.queries import newest_edition
from curbside.credential.edition import Manifest
from curbside.credential.knock import CheckedPacket
from curbside.kit.clock import today
from tests.anonymous.membership.authenticator import SoftPasskey
from tests.anonymous.membership.cast import KNOCKS, REGISTRAR, Visitor, newest_address, packet
from tests.anonymous.membership.conftest import MakeVisitor


def test_a_proof_admits_a_member_and_signs_them_in(visitor: Visitor, edition: Manifest, noon: datetime) -> None:
    assert visitor.knock("first") == (200, {"next": "/"})
    member = Member.objects.get()
    assert visitor.member == member
    assert (member.pseudonym, member.joined_on, member.term_ends_on) == ("quiet-heron-41", date(2026, 11, 23), date(2027, 2, 23))
    assert member.may_write
    nullifier = int(KNOCKS["cases"]["first"]["proofs"][0]["proof"]["nullifier"])
    assert int.from_bytes(bytes(member.nullifier)) == nullifier
    assert list(member.vouches.values_list("registrar", flat=True)) == [REGISTRAR]
    assert not member.badges.exists()


def test_badges_that_were_proved_are_kept_with_their_crowds(visitor: Visitor, edition: Manifest) -> None:
    assert visitor.knock("two badges")[0] == 200
    assert list(Badge.objects.order_by("roll").values_list("roll", "crowd")) == [("gb", 6), ("gb/anaesthetics", 5)]


def test_the_same_wallet_opens_the_same_member_and_never_a_second_one(make_visitor: MakeVisitor, member: Member) -> None:
    visitor = make_visitor()
    assert visitor.knock("again", pseudonym="brave-otter-12")[0] == 200
    assert Member.objects.get().pseudonym == "quiet-heron-41"
    assert visitor.member == member
    assert member.passkeys.count() == 2
    assert "you are quiet-heron-41 again" in visitor.client.get("/membership/").content.decode()
    assert list(member.badges.values_list("roll", flat=True)) == ["gb/anaesthetics"]


def test_another_wallet_is_another_member(make_visitor: MakeVisitor, member: Member) -> None:
    visitor = make_visitor()
    other = SoftPasskey(1)
    other.credential_id = bytes(32)
    assert visitor.knock("two badges", pseudonym="brave-otter-12", passkey=other)[0] == 200
    assert Member.objects.count() == 2


def test_recovery_adds_the_new_passkey_and_renews_the_term(make_visitor: MakeVisitor, member: Member) -> None:
    Member.objects.update(term_ends_on=today() - timedelta(days=40))
    visitor = make_visitor()
    assert visitor.knock("again", "/recover/") == (200, {"next": "/membership/"})
    member.refresh_from_db()
    assert member.may_write
    assert member.passkeys.count() == 2
    assert make_visitor().sign_in(SoftPasskey(2, uses=5))[0] == 200


def test_beginning_to_recover_is_limited_so_that_nobody_fills_the_table_of_sessions(edition: Manifest) -> None:
    answers = [Client().post("/recover/").status_code for _ in range(31)]
    assert answers == [302] * 30 + [429]
    assert Session.objects.count() == 30


def test_recovery_may_delete_the_old_passkeys_and_end_all_sessions(visitor: Visitor, make_visitor: MakeVisitor, member: Member) -> None:
    assert visitor.member == member
    assert make_visitor().knock("again", "/recover/", drop_old_passkeys="on")[0] == 200
    assert [bytes(key) for key in Passkey.objects.values_list("credential_id", flat=True)] == [SoftPasskey(2).credential_id]
    assert visitor.member is None


def test_a_wallet_that_never_joined_has_nothing_to_recover(visitor: Visitor, edition: Manifest) -> None:
    status, answer = visitor.knock("first", "/recover/")
    assert status == 409
    assert "nothing to recover" in answer["error"]
    assert not Member.objects.exists()
    assert visitor.member is None


def test_renewal_begins_a_new_term_and_changes_the_badges(visitor: Visitor, member: Member) -> None:
    Member.objects.update(term_ends_on=today())
    assert visitor.knock("renewal", "/membership/renew/") == (200, {"next": "/membership/"})
    member.refresh_from_db()
    assert member.term_ends_on == today() + timedelta(days=92)
    assert list(member.badges.values_list("roll", flat=True)) == ["gb"]
    assert member.passkeys.count() == 1


def test_renewal_with_another_wallet_is_refused(visitor: Visitor, member: Member) -> None:
    before = member.term_ends_on
    Member.objects.update(term_ends_on=before - timedelta(days=1))
    status, answer = visitor.knock("other wallet", "/membership/renew/")
    assert status == 409
    assert "not from the wallet with which you joined" in answer["error"]
    member.refresh_from_db()
    assert member.term_ends_on == before - timedelta(days=1)


def test_renewal_needs_a_signed_in_member(visitor: Visitor, edition: Manifest) -> None:
    response = visitor.client.get("/membership/renew/")
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


def test_a_challenge_serves_once(visitor: Visitor, edition: Manifest) -> None:
    visitor.knock("first")
    status, answer = visitor.hand_in(packet("first", newest_address()))
    assert status == 400
    assert "Start again" in answer["error"]


def test_a_packet_without_a_knock_is_refused(visitor: Visitor, edition: Manifest) -> None:
    assert visitor.hand_in(packet("first", newest_address()))[0] == 400


@pytest.mark.parametrize("case", ["again", "other host"])
def test_a_proof_for_another_challenge_or_another_host_is_refused(visitor: Visitor, edition: Manifest, case: str) -> None:
    visitor.begin("first")
    status, answer = visitor.hand_in(
        {
            **packet("first", newest_address()),
            "proofs": [{**packet("first", newest_address())["proofs"][0], "proof": KNOCKS["cases"][case]["proofs"][0]["proof"]}],
        }
    )  # type: ignore[index] # a packet's list
    assert status == 403
    assert "made for another request" in answer["error"]
    assert not Member.objects.exists()


def test_a_proof_captured_and_replayed_with_another_passkey_is_refused(visitor: Visitor, edition: Manifest) -> None:
    visitor.begin("first", passkey=SoftPasskey(7))
    status, answer = visitor.hand_in(packet("first", newest_address()))
    assert status == 403
    assert "made for another request" in answer["error"]


def test_a_proof_for_other_badges_than_asked_is_refused(visitor: Visitor, edition: Manifest) -> None:
    visitor.begin("first")
    assert visitor.hand_in(packet("two badges", newest_address()))[0] == 403
    assert not Member.objects.exists()


def test_a_proof_against_an_unknown_edition_is_refused(visitor: Visitor, edition: Manifest) -> None:
    visitor.begin("first")
    status, answer = visitor.hand_in(packet("first", "0" * 64))
    assert status == 403
    assert "not accepted here" in answer["error"]


def test_a_proof_of_another_registrar_is_refused(visitor: Visitor, edition: Manifest) -> None:
    visitor.begin("first")
    assert visitor.hand_in(packet("first", newest_address(), registrar="elsewhere.example.org"))[0] == 403


def test_a_replaced_edition_is_accepted_for_its_grace_and_no_longer(visitor: Visitor, edition: Manifest, settings: LazySettings) -> None:
    Edition.objects.update(replaced_on=today() - timedelta(days=settings.EDITION_GRACE_DAYS + 1))
    visitor.begin("first")
    assert visitor.hand_in(packet("first", newest_address()))[0] == 403
    Edition.objects.update(replaced_on=today() - timedelta(days=settings.EDITION_GRACE_DAYS))
    assert visitor.hand_in(packet("first", newest_address()))[0] == 200


def test_a_term_by_a_replaced_edition_ends_as_one_begun_on_the_day_it_was_replaced(visitor: Visitor, edition: Manifest) -> None:
    replaced = today() - timedelta(days=10)
    Edition.objects.update(replaced_on=replaced)
    visitor.begin("first")
    assert visitor.hand_in(packet("first", newest_address()))[0] == 200
    assert Member.objects.get().term_ends_on == replaced + timedelta(days=92)


def test_a_renewal_by_a_replaced_edition_takes_no_day_away(visitor: Visitor, member: Member) -> None:
    before = member.term_ends_on
    visitor.begin("renewal", "/membership/renew/")
    Edition.objects.update(replaced_on=today() - timedelta(days=10))
    assert visitor.hand_in(packet("renewal", newest_address()))[0] == 200
    member.refresh_from_db()
    assert member.term_ends_on == before


def test_a_false_proof_costs_the_challenge_and_admits_nobody(visitor: Visitor, edition: Manifest) -> None:
    visitor.begin("first")
    value = packet("first", newest_address())
    entry = value["proofs"][0]  # type: ignore[index] # a packet's list
    points = [*entry["proof"]["points"][6:], *entry["proof"]["points"][2:6], *entry["proof"]["points"][:2]]
    false = {**value, "proofs": [{**entry, "proof": {**entry["proof"], "points": points}}]}
    status, answer = visitor.hand_in(false)
    assert status == 403
    assert "does not hold" in answer["error"]
    assert visitor.hand_in(value)[0] == 400
    assert not Member.objects.exists()


@pytest.mark.parametrize("body", ["{", "[]", '{"packet": "*"}', '{"packet": 7}', '{"packet": ""}', '{"other": 1}'])
def test_a_broken_packet_is_refused_and_the_challenge_kept(visitor: Visitor, edition: Manifest, body: str) -> None:
    visitor.begin("first")
    assert visitor.client.post("/knock/finish/", body, content_type="application/json").status_code == 400
    assert visitor.hand_in(packet("first", newest_address()))[0] == 200


def test_a_pseudonym_taken_meanwhile_is_told(visitor: Visitor, edition: Manifest) -> None:
    visitor.begin("first")
    Member.objects.create(pseudonym="quiet-heron-4l", skeleton="quletheron4l", nullifier=bytes(32), term_ends_on=today())
    status, answer = visitor.hand_in(packet("first", newest_address()))
    assert status == 409
    assert "meanwhile" in answer["error"]
    assert Member.objects.count() == 1


def test_a_badge_of_a_crowd_below_k_is_neither_offered_nor_accepted(visitor: Visitor, edition: Manifest) -> None:
    page = visitor.client.get("/join/").content.decode()
    assert "gb/anaesthetics" in page
    assert "gb/neurology" not in page
    response = visitor.client.post("/join/", {"pseudonym": "quiet-heron-41", "badges": visitor.badges("small roll")})
    assert response.status_code == 200
    assert "not one of the available choices" in response.content.decode()


def test_a_roll_that_was_offered_and_shrank_below_k_is_refused(visitor: Visitor, edition: Manifest, settings: LazySettings) -> None:
    settings.BADGE_LEAST = 4
    visitor.begin("small roll")
    settings.BADGE_LEAST = 5
    assert visitor.hand_in(packet("small roll", newest_address()))[0] == 403


def test_the_join_page_says_how_large_each_crowd_is(client: Client, edition: Manifest) -> None:
    page = re.sub(r"<[^>]+>|\s+", " ", client.get("/join/").content.decode())
    page = re.sub(r"\s+", " ", page)
    assert "you are one of 8 verified doctors" in page
    assert "Anaesthetics one of 5" in page


def test_the_way_to_the_wallet_carries_the_terms_and_no_pseudonym(visitor: Visitor, edition: Manifest) -> None:
    visitor.begin("two badges", pseudonym="brave-otter-12")
    page = visitor.client.get("/knock/wallet/").content.decode()
    url = re.search(r'href="(http://wallet[^"]+)"', page)
    assert url
    challenge = KNOCKS["cases"]["two badges"]["challenge"]
    assert f"/#prove?purpose=member&amp;object=&amp;epoch=&amp;challenge={challenge}&amp;passkey=" in url[1]
    assert url[1].endswith("badges=directory.example.org%3Agb%2Cdirectory.example.org%3Agb%2Fanaesthetics")
    assert "brave-otter-12" not in url[1]


def test_the_wallet_is_not_opened_before_there_is_a_passkey(visitor: Visitor, edition: Manifest) -> None:
    visitor.client.post("/join/", {"pseudonym": "quiet-heron-41"})
    assert visitor.client.get("/knock/wallet/")["Location"] == "/knock/passkey/"


def test_a_knock_without_its_passkey_admits_nobody(visitor: Visitor, edition: Manifest) -> None:
    visitor.expect_challenge("renewal")
    visitor.client.post("/join/", {"pseudonym": "quiet-heron-41", "badges": visitor.badges("renewal")})
    assert visitor.hand_in(packet("renewal", newest_address()))[0] == 400
    assert not Member.objects.exists()


def test_the_session_key_changes_at_the_door(visitor: Visitor, edition: Manifest) -> None:
    visitor.begin("first")
    before = visitor.client.cookies["community"].value
    visitor.hand_in(packet("first", newest_address()))
    assert visitor.client.cookies["community"].value != before


def test_no_moment_finer_than_a_day_is_kept_of_a_member(visitor: Visitor, member: Member) -> None:
    for model in (Member, Passkey, Badge, Vouch, Session):
        kinds = {field.name: field.get_internal_type() for field in model._meta.fields}
        assert not {name for name, kind in kinds.items() if kind in {"DateTimeField", "TimeField", "DurationField"}}, model
    assert set(visitor.client.session.keys()) == {"_auth_user_id", "_auth_user_backend", "_auth_user_hash"}
    values = [value for value in visitor.client.session.values() if str(value) != str(member.pk)]
    assert not any(re.fullmatch(r"\d+(\.\d+)?", str(value)) for value in values)
    assert Session.objects.get().ends_on > today()


def test_verification_holds_no_transaction_open(visitor: Visitor, edition: Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    check = knocking._verify

    def watch(checked: CheckedPacket) -> object:
        seen.append(len(connection.savepoint_ids) > 0)
        return check(checked)

    monkeypatch.setattr(knocking, "_verify", watch)
    visitor.knock("first")
    assert seen == [False]


def test_pages_take_few_queries_however_many_rolls_there_are(client: Client, edition: Manifest) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get("/join/")
    assert len(queries) == 3  # suggestions, badges, the crowd of everyone


def test_newest_edition_is_the_one_fetched(edition: Manifest) -> None:
    known = newest_edition(REGISTRAR)
    assert known is not None
    assert known.digest == edition.address


@pytest.mark.parametrize(
    ("badges", "fit"),
    [
        ([], True),
        (["r.example:gb/urology"], True),
        (["r.example:gb", "r.example:gb/urology"], True),
        (["r.example:gb/oncology", "r.example:gb/urology"], False),
        (["r.example:gb", "r.example:fr"], False),
        (["r.example:gb/urology", "r.example:fr"], False),
        (["r.example:gb", "s.example:gb"], False),
    ],
)
def test_badges_stand_together_where_one_roll_holds_the_other(badges: list[str], fit: bool) -> None:
    assert may_stand_together(badges) is fit


def test_two_specialties_are_refused_before_the_wallet_is_asked(visitor: Visitor, edition: Manifest, settings: LazySettings) -> None:
    settings.BADGE_LEAST = 2
    two = [f"{REGISTRAR}:gb/anaesthetics", f"{REGISTRAR}:gb/neurology"]
    page = visitor.client.post("/join/", {"pseudonym": "quiet-heron-41", "badges": two}).content.decode()
    assert "nobody here can tell how few doctors have both" in page
    assert 'role="alert"' in page


def neurologist(member: Member) -> None:
    Badge.objects.create(member=member, registrar=REGISTRAR, roll="gb/neurology", crowd=5)


def test_another_badge_than_before_is_refused_at_renewal_before_the_proof(visitor: Visitor, member: Member) -> None:
    neurologist(member)
    page = visitor.client.post("/membership/renew/", {"badges": [f"{REGISTRAR}:gb/anaesthetics"]}).content.decode()
    assert "Until now you showed another badge" in page
    assert visitor.client.post("/membership/renew/", {"badges": [f"{REGISTRAR}:gb"]}).status_code == 302
    assert visitor.client.post("/membership/renew/", {}).status_code == 302


def test_another_badge_than_before_is_refused_at_recovery_and_changes_nothing(make_visitor: MakeVisitor, member: Member) -> None:
    neurologist(member)
    status, answer = make_visitor().knock("again", "/recover/")
    assert status == 409
    assert "Until now you showed another badge" in answer["error"]
    assert list(member.badges.values_list("roll", flat=True)) == ["gb/neurology"]
    assert member.passkeys.count() == 1
