import hashlib
import json
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py_ecc.fields import optimized_bn128_FQ2 as FQ2
from py_ecc.optimized_bn128 import b2, is_on_curve

from curbside.credential.errors import CredentialError, EquationRefused, PointRefused, RangeRefused, ShapeRefused
from curbside.credential.field import BASE_MODULUS, SCALAR_ORDER, Coordinate
from curbside.credential.groth16 import ProofPoints, VerificationKey, circuit_key
from curbside.credential.proof import ClaimedProof, verify_bare_proof

from .cast import VECTORS, vector

INPUTS = ("merkleTreeRoot", "nullifier", "message", "scope")
ORDERED = {"merkleTreeRoot": SCALAR_ORDER, "nullifier": SCALAR_ORDER}


def shallow_key():
    return VerificationKey.read((VECTORS / "verification-key-16.json").read_bytes())


def verify(proof):
    return verify_bare_proof(json.dumps(proof).encode())


def with_points(change):
    proof = vector("proof-20.json")
    points = [int(point) for point in proof["points"]]
    return {**proof, "points": [str(point) for point in change(points)]}


def test_the_circuits_key_is_the_published_one():
    digest = hashlib.sha256(files("curbside.credential").joinpath("keys", "semaphore-20.json").read_bytes()).hexdigest()
    assert digest == "6fda771369c19517c8f7575cb9f1d18a8846e46baa1dc0c032bac9492c29559e"


def test_the_vector_of_depth_20_holds():
    assert str(verify(vector("proof-20.json")).nullifier) == vector("proof-20.json")["nullifier"]


def test_the_vector_of_depth_16_holds_with_its_own_key():
    ClaimedProof.read(vector("proof-16.json"), depth=16).check_ranges().check_equation(shallow_key())


def test_another_depths_key_refuses():
    with pytest.raises(EquationRefused):
        ClaimedProof.read(vector("proof-20.json")).check_ranges().check_equation(shallow_key())
    with pytest.raises(EquationRefused):
        ClaimedProof.read(vector("proof-16.json"), depth=16).check_ranges().check_equation(circuit_key())


def test_a_proof_of_another_depth_is_refused():
    with pytest.raises(ShapeRefused):
        verify(vector("proof-16.json"))


@pytest.mark.parametrize("name", INPUTS)
def test_a_public_input_plus_one_is_refused(name):
    proof = vector("proof-20.json")
    with pytest.raises(EquationRefused):
        verify({**proof, name: str(int(proof[name]) + 1)})


@pytest.mark.parametrize("name", INPUTS)
def test_a_public_input_plus_the_fields_order_is_refused(name):
    proof = vector("proof-20.json")
    with pytest.raises(RangeRefused if name in ORDERED else EquationRefused):
        verify({**proof, name: str(int(proof[name]) + SCALAR_ORDER)})


@pytest.mark.parametrize("name", INPUTS)
def test_an_input_of_256_bits_and_more_is_refused(name):
    with pytest.raises(ShapeRefused):
        verify({**vector("proof-20.json"), name: str(2**256)})


def test_a_nullifier_of_zero_is_refused():
    with pytest.raises(RangeRefused):
        verify({**vector("proof-20.json"), "nullifier": "0"})


@pytest.mark.parametrize("at", range(8))
def test_a_coordinate_plus_the_modulus_is_refused(at):
    with pytest.raises(RangeRefused):
        verify(with_points(lambda points: [*points[:at], points[at] + BASE_MODULUS, *points[at + 1 :]]))


@pytest.mark.parametrize("at", range(8))
def test_a_point_off_its_curve_is_refused(at):
    with pytest.raises(PointRefused, match="not on the curve"):
        verify(with_points(lambda points: [*points[:at], (points[at] + 1) % BASE_MODULUS, *points[at + 1 :]]))


@pytest.mark.parametrize(("left", "right"), [(0, 1), (2, 3), (4, 5), (6, 7), (0, 6), (2, 4)])
def test_swapped_coordinates_are_refused(left, right):
    def swap(points):
        points[left], points[right] = points[right], points[left]
        return points

    with pytest.raises(PointRefused):
        verify(with_points(swap))


def test_swapped_points_are_refused():
    with pytest.raises(EquationRefused):
        verify(with_points(lambda points: [*points[6:], *points[2:6], *points[:2]]))


@pytest.mark.parametrize("where", [slice(0, 2), slice(2, 6), slice(6, 8)])
def test_a_point_at_infinity_is_refused(where):
    def vanish(points):
        points[where] = [0] * len(points[where])
        return points

    with pytest.raises(PointRefused):
        verify(with_points(vanish))


@pytest.mark.parametrize("points", [[], ["1"] * 7, ["1"] * 9])
def test_missing_and_extra_coordinates_are_refused(points):
    with pytest.raises(ShapeRefused):
        verify({**vector("proof-20.json"), "points": points})


def test_a_missing_or_extra_coordinate_of_the_real_proof_is_refused():
    for change in (lambda points: points[:-1], lambda points: [*points, points[0]]):
        with pytest.raises(ShapeRefused):
            verify(with_points(change))


def square_root(value):
    """A root in the quadratic extension (eprint.iacr.org/2012/685, algorithm 9), or None."""
    one, i = FQ2.one(), FQ2((0, 1))
    first = value ** ((BASE_MODULUS - 3) // 4)
    root = first * value
    alpha = first * root
    found = i * root if alpha == -one else (one + alpha) ** ((BASE_MODULUS - 1) // 2) * root
    return found if found * found == value else None


def point_outside_the_subgroup():
    """The twist has many more points than the subgroup: the first small x that gives one is outside."""
    for x in range(1, 100):
        y = square_root(FQ2((x, 0)) ** 3 + b2)
        if y is not None:
            assert is_on_curve((FQ2((x, 0)), y, FQ2.one()), b2)
            return (x, 0, int(y.coeffs[0]), int(y.coeffs[1]))
    raise AssertionError("none found")


def test_a_point_of_b_outside_the_subgroup_is_refused():
    x0, x1, y0, y1 = point_outside_the_subgroup()
    with pytest.raises(PointRefused, match="b is not in the subgroup"):
        verify(with_points(lambda points: [*points[:2], x1, x0, y1, y0, *points[6:]]))


def test_a_negated_point_is_refused():
    with pytest.raises(EquationRefused):
        verify(with_points(lambda points: [points[0], BASE_MODULUS - points[1], *points[2:]]))


def test_the_same_proof_in_other_bytes_holds_with_the_same_nullifier():
    """Groth16 is malleable: (-a, -b, c) proves the same. What is unique is the nullifier, never the bytes."""

    def negate(points):
        return [points[0], BASE_MODULUS - points[1], *points[2:4], *(BASE_MODULUS - y for y in points[4:6]), *points[6:]]

    assert str(verify(with_points(negate)).nullifier) == vector("proof-20.json")["nullifier"]


def test_points_unpack_with_the_halves_of_b_swapped():
    packed = [Coordinate(int(point)) for point in vector("proof-20.json")["points"]]
    points = ProofPoints.unpack(tuple(packed))
    assert [int(half) for half in points.b[0].coeffs] == [packed[3], packed[2]]
    assert [int(half) for half in points.b[1].coeffs] == [packed[5], packed[4]]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=9) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)
decimals = st.integers(0, 2**257).map(str)
shaped = st.fixed_dictionaries(
    {
        "merkleTreeDepth": st.just(20) | json_values,
        "merkleTreeRoot": decimals | json_values,
        "nullifier": decimals | json_values,
        "message": decimals | json_values,
        "scope": decimals | json_values,
        "points": st.lists(decimals, min_size=7, max_size=9) | json_values,
    }
)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200) | (json_values | shaped).map(lambda value: json.dumps(value).encode()))
def test_no_bytes_are_anything_but_a_proof_or_refused(data):
    with pytest.raises(CredentialError):
        verify_bare_proof(data)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 1078), st.binary(min_size=1, max_size=3))
def test_a_proof_with_changed_bytes_is_refused_or_still_says_the_same(at, noise):
    data = (VECTORS / "proof-20.json").read_bytes()
    try:
        proof = verify_bare_proof(data[:at] + noise + data[at + len(noise) :])
    except CredentialError:
        return
    assert proof == ClaimedProof.read(vector("proof-20.json")).check_ranges()
