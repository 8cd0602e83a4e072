"""The LeanIMT over a roll: a node is Poseidon(left, right); a node without a right sibling passes up unchanged.

Levels are packed: 32 bytes a node, so that 300,000 leaves take 19 MB and travel between processes as they are.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Final

from curbside.credential.errors import RollRefused
from curbside.credential.field import SCALAR_ORDER, FieldElement, element_bytes
from curbside.credential.poseidon import Hash, fastest_hash

NODE: Final = 32
DEPTH: Final = 20
MOST_LEAVES: Final = 1 << DEPTH
_CHUNK_LEVELS: Final = 13
_CHUNK: Final = NODE << _CHUNK_LEVELS


@dataclass(frozen=True, slots=True)
class MerklePath:
    """What proves a leaf: the index's bits say on which side each sibling stands, LeanIMT's way."""

    leaf: FieldElement
    index: int
    siblings: tuple[FieldElement, ...]


def level_sizes(leaves: int) -> list[int]:
    """Nodes of each level, the leaves first."""
    sizes = [leaves]
    while sizes[-1] > 1:
        sizes.append((sizes[-1] + 1) // 2)
    return sizes


def packed_leaves(commitments: Iterable[int]) -> bytes:
    """Sort commitments into level 0; refuse what a roll may not hold."""
    leaves = sorted(commitments)
    if leaves and not 0 <= leaves[0] <= leaves[-1] < SCALAR_ORDER:
        raise RollRefused("a leaf is out of range")
    packed = b"".join(element_bytes(FieldElement(leaf)) for leaf in leaves)
    check_leaves(packed)
    return packed


def check_leaves(packed: bytes | memoryview) -> None:
    """Refuse leaves that are zero, out of range, twice, or not in ascending order, and more or fewer than a tree takes."""
    if not 1 <= len(packed) // NODE <= MOST_LEAVES or len(packed) % NODE:
        raise RollRefused("a roll has 1 to 2^20 leaves of 32 bytes")
    before = bytes(NODE)
    for at in range(0, len(packed), NODE):
        leaf = bytes(packed[at : at + NODE])
        if leaf <= before:
            raise RollRefused(f"leaf {at // NODE} is zero, a duplicate or out of order")
        before = leaf
    if int.from_bytes(before, "big") >= SCALAR_ORDER:
        raise RollRefused("a leaf is out of range")


def parent_level(level: bytes | memoryview, hash_pair: Hash) -> bytes:
    """The level above; nodes must be field elements."""
    parents = bytearray()
    whole = len(level) - len(level) % (2 * NODE)
    for at in range(0, whole, 2 * NODE):
        left = FieldElement(int.from_bytes(level[at : at + NODE], "big"))
        right = FieldElement(int.from_bytes(level[at + NODE : at + 2 * NODE], "big"))
        parents += hash_pair(left, right).to_bytes(NODE, "big")
    parents += level[whole:]
    return bytes(parents)


def _climb(level: bytes, levels: int) -> list[bytes]:
    """A level and that many above it; a lone node passes up."""
    climbed, hash_pair = [level], fastest_hash()
    for _ in range(levels):
        climbed.append(parent_level(climbed[-1], hash_pair))
    return climbed


def _climb_chunk(chunk: bytes) -> list[bytes]:
    return _climb(chunk, _CHUNK_LEVELS)


def build_levels(leaves: bytes, processes: int = 1) -> list[bytes]:
    """All levels over packed leaves in the order given, the root last.

    With more than one process, aligned chunks of 2^13 leaves are climbed apart: each is a subtree, and each of
    its levels a run of the whole tree's. The processes are spawned, so the caller's main module must be importable.
    """
    height = len(level_sizes(len(leaves) // NODE)) - 1
    chunks = [leaves[at : at + _CHUNK] for at in range(0, len(leaves), _CHUNK)]
    if processes == 1 or len(chunks) == 1:
        return _climb(leaves, height)
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        climbed = list(pool.map(_climb_chunk, chunks))
    below = [b"".join(runs) for runs in zip(*climbed, strict=True)]
    return below + _climb(below[-1], height - _CHUNK_LEVELS)[1:]


def node(level: bytes | memoryview, index: int) -> FieldElement:
    """One node of a packed level."""
    return FieldElement(int.from_bytes(level[index * NODE : (index + 1) * NODE], "big"))


def merkle_path(levels: Sequence[bytes | memoryview], leaf_index: int) -> MerklePath:
    """The path of one leaf, as the JavaScript group's `generateMerkleProof` gives it."""
    siblings: list[FieldElement] = []
    index, position = 0, leaf_index
    for level in levels[:-1]:
        sibling = position ^ 1
        if sibling * NODE < len(level):
            index |= (position & 1) << len(siblings)
            siblings.append(node(level, sibling))
        position >>= 1
    return MerklePath(node(levels[0], leaf_index), index, tuple(siblings))


def path_root(path: MerklePath) -> FieldElement:
    """The root that a path leads to."""
    hash_pair, current = fastest_hash(), path.leaf
    for height, sibling in enumerate(path.siblings):
        pair = (sibling, current) if path.index >> height & 1 else (current, sibling)
        current = hash_pair(*pair)
    return current
