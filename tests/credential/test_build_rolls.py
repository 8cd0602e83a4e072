import secrets
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curbside.credential import poseidon_plain
from curbside.credential.errors import RollRefused
from curbside.credential.field import SCALAR_ORDER
from curbside.credential.roll_file import LARGEST_FILE, RollFile
from curbside.credential.tree import MOST_LEAVES, build_levels, check_leaves, level_sizes, node, packed_leaves, path_root

from .cast import commitments, group_leaves, vector

leaf_sets = st.sets(st.integers(1, SCALAR_ORDER - 1), min_size=1, max_size=9)


def reference_root(leaves):
    """A LeanIMT by its definition, on integers, with the plain hash."""
    if len(leaves) == 1:
        return leaves[0]
    pairs = [leaves[i : i + 2] for i in range(0, len(leaves), 2)]
    return reference_root([poseidon_plain.poseidon(*pair) if len(pair) == 2 else pair[0] for pair in pairs])


def packed(leaves):
    return b"".join(leaf.to_bytes(32, "big") for leaf in leaves)


def test_the_root_is_the_javascript_groups():
    levels = build_levels(packed(group_leaves()))
    assert str(node(levels[-1], 0)) == vector("group.json")["root"] == vector("proof-20.json")["merkleTreeRoot"]


@settings(deadline=None, max_examples=25)
@given(leaf_sets)
def test_roots_of_any_leaves_are_the_references(leaves):
    assert RollFile.build(leaves).root == reference_root(sorted(leaves))


@settings(deadline=None, max_examples=25)
@given(leaf_sets, st.data())
def test_every_leafs_path_leads_to_the_root(leaves, data):
    roll = RollFile.build(leaves)
    index = data.draw(st.integers(0, roll.size - 1))
    path = roll.path(index)
    assert path.leaf == sorted(leaves)[index]
    assert path_root(path) == roll.root


def test_several_processes_build_the_same_tree():
    leaves = packed_leaves(commitments(2**13 + 3))
    assert build_levels(leaves, processes=2) == build_levels(leaves)


@settings(deadline=None, max_examples=25)
@given(leaf_sets)
def test_roll_files_survive(leaves):
    built = RollFile.build(leaves)
    read = RollFile.decode(built.data)
    read.check_nodes()
    assert read == built
    assert list(read.commitments()) == sorted(leaves)


def test_a_roll_file_is_laid_out_as_documented():
    roll = RollFile.build([3, 1, 2])
    head = b"CURBROLL" + bytes([1, 3, 0, 0]) + (3).to_bytes(4, "big")
    first = poseidon_plain.poseidon(1, 2)
    assert roll.data == head + packed([1, 2, 3, first, 3, poseidon_plain.poseidon(first, 3)])


def test_the_largest_roll_has_21_levels():
    assert len(level_sizes(MOST_LEAVES)) == 21
    assert LARGEST_FILE == 16 + 32 * (2**21 - 1)


@pytest.mark.parametrize("leaves", [[], [0], [0, 1], [1, 1], [SCALAR_ORDER], [-1, 1], [2**256]])
def test_leaves_that_no_roll_may_hold_are_refused(leaves):
    with pytest.raises(RollRefused):
        RollFile.build(leaves)


def test_more_leaves_than_a_tree_takes_are_refused():
    with pytest.raises(RollRefused, match=r"2\^20"):
        check_leaves(bytes(32 * (MOST_LEAVES + 1)))


GOOD = RollFile.build(commitments(5)).data
LEAVES = sorted(commitments(5))


def with_leaves(*leaves):
    """A well-formed file over leaves in the order given."""
    return GOOD[:8] + struct.pack(">BBHI", 1, len(level_sizes(len(leaves))), 0, len(leaves)) + b"".join(build_levels(packed(leaves)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        GOOD[:15],
        GOOD[:16],
        GOOD[:-1],
        GOOD[:-32],
        GOOD + b"\0",
        GOOD + bytes(32),
        b"CURBROLk" + GOOD[8:],
        GOOD[:8] + b"\2" + GOOD[9:],
        GOOD[:9] + b"\3" + GOOD[10:],
        GOOD[:10] + b"\1" + GOOD[11:],
        GOOD[:12] + bytes(4) + GOOD[16:],
        GOOD[:12] + b"\0\x10\0\1" + GOOD[16:],
        GOOD[:12] + b"\0\0\0\6" + GOOD[16:],
        GOOD[:-32] + b"\xff" * 32,
        with_leaves(*reversed(LEAVES)),
        with_leaves(LEAVES[0], LEAVES[0]),
        with_leaves(0, LEAVES[0]),
        with_leaves(LEAVES[0], SCALAR_ORDER),
    ],
)
def test_a_damaged_roll_file_is_refused(data):
    with pytest.raises(RollRefused):
        RollFile.decode(data)


def test_a_wrong_node_is_refused_by_the_full_check():
    at = 16 + 32 * 5
    wrong = RollFile.decode(GOOD[:at] + secrets.token_bytes(31) + b"\0" + GOOD[at + 32 :])
    with pytest.raises(RollRefused, match="hash of the two"):
        wrong.check_nodes()


@given(st.binary(max_size=200), st.integers(0, len(GOOD)))
def test_any_bytes_are_a_roll_file_or_refused(noise, at):
    for data in (noise, GOOD[:at] + noise, GOOD[:at] + noise + GOOD[at + len(noise) :]):
        try:
            roll = RollFile.decode(data)
        except RollRefused:
            continue
        assert len(roll.data) == len(data)
