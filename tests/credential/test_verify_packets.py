import json
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curbside.credential import groth16
from curbside.credential.errors import (
    CredentialError,
    EquationRefused,
    OtherRoll,
    OtherTerms,
    PointRefused,
    RangeRefused,
    ShapeRefused,
    TermsRefused,
)
from curbside.credential.field import SCALAR_ORDER
from curbside.credential.knock import (
    LARGEST_PACKET,
    AcceptedRoll,
    Challenge,
    KnockTerms,
    PasskeyDigest,
    Purpose,
    packet_from_fragment,
    verify_packet,
)
from curbside.credential.names import Badge, Host, RollName, Sha256, encode_base64url

from .cast import REGISTRAR, Knock, accepted_rolls

JOIN, BADGES, POST, QUOTA = "join without badges", "join with two badges", "one-off post", "daily quota"
CASES = (JOIN, BADGES, POST, QUOTA)


def verify(knock, **changes):
    return verify_packet(knock.packet, replace(knock.terms, **changes), accepted_rolls().get)


@pytest.mark.parametrize("name", CASES)
def test_scope_and_message_are_the_vectors(name):
    knock = Knock(name)
    assert (knock.terms.scope, knock.terms.message) == (knock.scope, knock.message)


@pytest.mark.parametrize("name", CASES)
def test_a_real_packet_holds(name):
    knock = Knock(name)
    verified = verify(knock)
    assert str(verified.nullifier) == knock.value["proofs"][0]["proof"]["nullifier"]
    assert [roll.roll for roll in verified.rolls] == [entry["roll"] for entry in knock.value["proofs"]]


def test_the_same_secret_shows_one_nullifier_at_one_community_and_another_for_a_case():
    nullifiers = [Knock(name).value["proofs"][0]["proof"]["nullifier"] for name in CASES]
    assert nullifiers[0] == nullifiers[1]
    assert len(set(nullifiers)) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"challenge": Challenge(bytes(32))},
        {"passkey": PasskeyDigest(bytes(32))},
        {"passkey": None},
        {"community": Host("other.example.org")},
        {"purpose": Purpose.CASE, "object_id": "a"},
        {"purpose": Purpose.QUOTA, "epoch": "2026-11-23"},
        {"badges": (Badge(REGISTRAR, RollName("gb")),)},
    ],
)
def test_a_captured_packet_opens_nothing_under_other_terms(changes):
    with pytest.raises(OtherTerms):
        verify(Knock(JOIN), **changes)


def test_a_one_off_post_opens_no_other_case_and_a_quota_no_other_day():
    with pytest.raises(OtherTerms):
        verify(Knock(POST), object_id="another")
    with pytest.raises(OtherTerms):
        verify(Knock(QUOTA), epoch="2026-11-24")


def test_a_packet_whose_scope_claims_the_terms_fails_the_equation():
    knock, other = Knock(JOIN), replace(Knock(JOIN).terms, challenge=Challenge(bytes(32)))
    knock.value["proofs"][0]["proof"]["message"] = str(other.message)
    with pytest.raises(EquationRefused):
        verify_packet(knock.packet, other, accepted_rolls().get)


def test_another_scope_with_the_right_message_is_refused():
    knock = Knock(JOIN)
    knock.value["proofs"][0]["proof"]["scope"] = "1"
    with pytest.raises(OtherTerms, match="scope"):
        verify(knock)


def test_proofs_of_two_secrets_in_one_packet_are_refused():
    knock = Knock(BADGES)
    knock.value["proofs"][1]["proof"]["nullifier"] = "1"
    with pytest.raises(OtherTerms, match="one secret"):
        verify(knock)


def test_a_badge_that_was_not_proved_is_refused():
    knock = Knock(BADGES)
    for proofs in (knock.value["proofs"][:1], knock.value["proofs"][::-1], [knock.value["proofs"][0]] * 2):
        knock.value["proofs"] = proofs
        with pytest.raises(OtherRoll, match="each badge"):
            verify(knock)


def test_without_badges_only_one_proof_against_everyone_is_taken():
    knock = Knock(JOIN)
    knock.value["proofs"] *= 2
    with pytest.raises(OtherRoll, match="one proof"):
        verify(knock)
    narrow = Knock(JOIN)
    narrow.value["proofs"][0]["roll"] = "gb"
    with pytest.raises(OtherRoll, match="one proof"):
        verify(narrow)


def test_a_roll_that_is_not_accepted_is_refused():
    knock = Knock(JOIN)
    with pytest.raises(OtherRoll, match="not accepted"):
        verify_packet(knock.packet, knock.terms, {}.get)


def test_another_rolls_root_is_refused():
    knock = Knock(JOIN)
    with pytest.raises(OtherRoll, match="root"):
        verify_packet(knock.packet, knock.terms, lambda reference: AcceptedRoll(5, 300, 20))


def test_a_roll_smaller_than_k_is_refused():
    knock = Knock(JOIN)
    rolls = {reference: replace(roll, k=roll.size + 1) for reference, roll in accepted_rolls().items()}
    with pytest.raises(OtherRoll, match="smaller than k"):
        verify_packet(knock.packet, knock.terms, rolls.get)


def test_the_first_failure_in_the_documented_order_is_the_answer():
    """Begin with everything wrong and mend one step at a time."""
    knock, right = Knock(JOIN), Knock(JOIN)
    proof, good = knock.value["proofs"][0]["proof"], right.value["proofs"][0]["proof"]
    proof.update(merkleTreeDepth=19, nullifier=str(SCALAR_ORDER), message="5", points=["3"] * 8)
    rolls = {}
    steps = []
    for mend in (
        lambda: None,
        lambda: proof.update(merkleTreeDepth=20),
        lambda: proof.update(nullifier="7"),
        lambda: proof.update(message=good["message"]),
        lambda: rolls.update(accepted_rolls()),
        lambda: proof.update(points=good["points"]),
    ):
        mend()
        with pytest.raises(CredentialError) as refused:
            verify_packet(knock.packet, knock.terms, rolls.get)
        steps.append(refused.type)
    assert steps == [ShapeRefused, RangeRefused, OtherTerms, OtherRoll, PointRefused, EquationRefused]


def test_no_pairing_is_computed_before_the_cheap_checks_pass(monkeypatch):
    monkeypatch.setattr(groth16, "circuit_key", lambda: pytest.fail("the key was used"))
    knock = Knock(JOIN)
    with pytest.raises(OtherTerms):
        verify(knock, challenge=Challenge(bytes(32)))


def test_packets_of_another_shape_are_refused():
    for change in (
        {"format": "curbside-proof-2"},
        {"proofs": []},
        {"proofs": Knock(JOIN).value["proofs"] * 9},
        {"proofs": [None]},
        {"proofs": [{}]},
        {"purpose": 1},
        {"extra": ""},
    ):
        knock = Knock(JOIN)
        knock.value.update(change)
        with pytest.raises(ShapeRefused):
            verify(knock)


@pytest.mark.parametrize("change", [{"registrar": "A"}, {"edition": "x"}, {"roll": "GB"}, {"extra": 1}, {"proof": None}])
def test_proofs_with_other_names_are_refused(change):
    knock = Knock(JOIN)
    knock.value["proofs"][0].update(change)
    with pytest.raises(ShapeRefused):
        verify(knock)


def test_an_edition_that_is_not_accepted_is_refused():
    knock = Knock(JOIN)
    knock.value["proofs"][0]["edition"] = Sha256("a" * 64)
    with pytest.raises(OtherRoll, match="not accepted"):
        verify(knock)


def test_a_packet_that_is_too_long_is_refused():
    knock = Knock(JOIN)
    with pytest.raises(ShapeRefused, match="longer"):
        verify_packet(knock.packet + b" " * LARGEST_PACKET, knock.terms, accepted_rolls().get)


def test_the_largest_packet_that_can_be_asked_for_fits():
    knock = Knock(JOIN)
    longest = {**knock.value["proofs"][0], "registrar": "a" * 63 + ".example.org", "roll": "gb/" + "x" * 40}
    assert len(json.dumps({**knock.value, "proofs": [longest] * 8})) <= LARGEST_PACKET


def test_a_packet_survives_the_fragment():
    packet = Knock(JOIN).packet
    assert packet_from_fragment(encode_base64url(packet)) == packet
    for refused in ("!", "A" * (LARGEST_PACKET * 2)):
        with pytest.raises(ShapeRefused):
            packet_from_fragment(refused)


GOOD_TERMS = {"community": Host("community.example.org"), "challenge": Challenge(bytes(32))}


@pytest.mark.parametrize(
    "changes",
    [
        {"community": "Community"},
        {"community": "a\nmember"},
        {"challenge": bytes(31)},
        {"passkey": bytes(33)},
        {"object_id": "a"},
        {"epoch": "2026-11-23"},
        {"purpose": Purpose.CASE},
        {"purpose": Purpose.CASE, "object_id": "a\nb"},
        {"purpose": Purpose.CASE, "object_id": "a" * 65},
        {"purpose": Purpose.QUOTA},
        {"purpose": Purpose.QUOTA, "epoch": "20261123"},
        {"purpose": Purpose.QUOTA, "epoch": "2026-02-30"},
        {"badges": (Badge(REGISTRAR, RollName("gb")),) * 2},
        {"badges": (Badge(REGISTRAR, RollName("us")), Badge(REGISTRAR, RollName("gb")))},
        {"badges": tuple(Badge(REGISTRAR, RollName(f"a{c}")) for c in "abcdefghi")},
    ],
)
def test_terms_that_could_be_read_two_ways_cannot_be_made(changes):
    with pytest.raises(TermsRefused):
        KnockTerms(**{**GOOD_TERMS, **changes})


ANY_JSON = (
    st.none()
    | st.integers()
    | st.text()
    | st.lists(st.text(), max_size=3)
    | st.dictionaries(st.text(), st.none())
    | st.integers(0).map(str)
)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_no_packet_is_anything_but_verified_or_refused(data):
    """Every value of a real packet in turn becomes something else."""
    knock = Knock(JOIN)
    entry = knock.value["proofs"][0]
    place = data.draw(st.sampled_from([knock.value, entry, entry["proof"]]))
    key = data.draw(st.sampled_from(sorted(place)))
    changed = data.draw(ANY_JSON)
    assume(changed != place[key])
    place[key] = changed
    with pytest.raises(CredentialError):
        verify_packet(knock.packet, knock.terms, accepted_rolls().get)


@given(st.binary(max_size=300))
def test_no_bytes_are_anything_but_a_packet_or_refused(data):
    with pytest.raises(ShapeRefused):
        verify_packet(data, Knock(JOIN).terms, accepted_rolls().get)
