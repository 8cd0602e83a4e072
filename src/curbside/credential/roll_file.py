"""A roll file: every level of a roll's tree in one flat file, so that no browser hashes 300,000 leaves.

It holds commitments in ascending order and nothing that tells who made one, when, or beside whom.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from curbside.credential.errors import RollRefused
from curbside.credential.field import SCALAR_ORDER, Commitment, FieldElement
from curbside.credential.names import Sha256
from curbside.credential.tree import (
    MOST_LEAVES,
    NODE,
    MerklePath,
    build_levels,
    check_leaves,
    level_sizes,
    merkle_path,
    node,
    packed_leaves,
)

_HEADER: Final = struct.Struct(">8sBBHI")
_MAGIC: Final = b"CURBROLL"
_VERSION: Final = 1
LARGEST_FILE: Final = _HEADER.size + NODE * sum(level_sizes(MOST_LEAVES))


def _header(leaves: int) -> bytes:
    return _HEADER.pack(_MAGIC, _VERSION, len(level_sizes(leaves)), 0, leaves)


@dataclass(frozen=True, slots=True)
class RollFile:
    """The bytes of a roll file, checked: lengths, header and leaves always; inner nodes by `check_nodes`."""

    data: bytes
    size: int

    @classmethod
    def build(cls, commitments: Iterable[int], processes: int = 1) -> RollFile:
        """Make the file of a roll from its commitments in any order."""
        leaves = packed_leaves(commitments)
        size = len(leaves) // NODE
        return cls(b"".join((_header(size), *build_levels(leaves, processes))), size)

    @classmethod
    def decode(cls, data: bytes) -> RollFile:
        """Read a roll file; refuse wrong lengths, trailing bytes, and leaves no roll may hold."""
        if len(data) < _HEADER.size:
            raise RollRefused("shorter than a header")
        magic, version, _levels, _zero, size = _HEADER.unpack_from(data)
        if magic != _MAGIC or version != _VERSION:
            raise RollRefused("not a roll file of version 1")
        if not 1 <= size <= MOST_LEAVES:
            raise RollRefused("a roll has 1 to 2^20 leaves")
        if data[: _HEADER.size] != _header(size):
            raise RollRefused("the header does not fit the number of leaves")
        if len(data) != _HEADER.size + NODE * sum(level_sizes(size)):
            raise RollRefused("the length does not fit the number of leaves")
        roll = cls(data, size)
        check_leaves(roll.levels()[0])
        if roll.root >= SCALAR_ORDER:
            raise RollRefused("the root is out of range")
        return roll

    def levels(self) -> list[memoryview]:
        """Views of the levels, the leaves first; nothing is copied."""
        view, at, levels = memoryview(self.data), _HEADER.size, []
        for count in level_sizes(self.size):
            levels.append(view[at : at + count * NODE])
            at += count * NODE
        return levels

    def commitments(self) -> Iterator[Commitment]:
        """The leaves in their order."""
        leaves = self.levels()[0]
        return (Commitment(node(leaves, index)) for index in range(self.size))

    def path(self, leaf_index: int) -> MerklePath:
        """The Merkle path of one leaf."""
        return merkle_path(self.levels(), leaf_index)

    @property
    def root(self) -> FieldElement:
        """The last node."""
        return FieldElement(int.from_bytes(self.data[-NODE:], "big"))

    @property
    def digest(self) -> Sha256:
        """The file's address."""
        return Sha256(hashlib.sha256(self.data).hexdigest())

    def check_nodes(self, processes: int = 1) -> None:
        """Compute every node again from the leaves; refuse a file that holds another."""
        if build_levels(bytes(self.levels()[0]), processes) != self.levels():
            raise RollRefused("a node is not the hash of the two below it")
