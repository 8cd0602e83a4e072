"""Writing editions to a folder that a web server hands out as it is.

Files come first, the pointer last, each whole or not at all, so that a reader never sees an edition without its files.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from curbside.credential import edition
from curbside.credential.edition import Manifest, check_follows
from curbside.credential.edition_source import (
    LATEST_PATH,
    EditionSource,
    FolderSource,
    Pointer,
    manifest_path,
    read_edition,
    read_latest,
    read_pointer,
    read_roll,
    roll_path,
    signature_path,
)
from curbside.credential.errors import ChainBroken
from curbside.credential.names import Sha256
from curbside.credential.roll_file import RollFile


@dataclass(frozen=True, slots=True)
class EditionStore:
    """A registrar's folder of editions."""

    root: Path

    @property
    def source(self) -> FolderSource:
        """The same folder, for reading."""
        return FolderSource(self.root)

    def has_edition(self) -> bool:
        """Whether anything was ever published here."""
        return (self.root / LATEST_PATH).exists()

    def publish(self, manifest: Manifest, rolls: Iterable[RollFile], key: Ed25519PrivateKey) -> Sha256:
        """Write the files, the signed manifest and then the pointer; return the edition's address.

        Rolls may be made lazily, one at a time. A roll that did not change since an earlier edition need not be given
        again; every roll the manifest names is read back and checked before the pointer moves.
        """
        self._check_place(manifest, key)
        for roll in rolls:
            self._write_once(roll_path(roll.digest), roll.data)
        for entry in manifest.rolls:
            read_roll(self.source, entry)
        encoded = manifest.encode()
        address = edition.address_of(encoded)
        self._write_once(signature_path(address), edition.sign(encoded, key))
        self._write_once(manifest_path(address), encoded)
        self._write(LATEST_PATH, Pointer(address, manifest.number).encode())
        return address

    def has_roll(self, digest: Sha256) -> bool:
        """Whether a roll's file is here; what it holds is checked when it is read."""
        return (self.root / roll_path(digest)).exists()

    def rewrite(self, chain: Sequence[Manifest], rolls: Iterable[RollFile], key: Ed25519PrivateKey) -> None:
        """Write a whole chain, from the first edition on, under this key: after a change of keys, or where the folder was lost.

        Of the rolls only the newest edition's are needed.
        """
        for earlier, later in pairwise(chain):
            check_follows(later, earlier)
        for roll in rolls:
            self._write_once(roll_path(roll.digest), roll.data)
        for entry in chain[-1].rolls:
            read_roll(self.source, entry)
        for manifest in chain:
            self._write_once(signature_path(manifest.address), edition.sign(manifest.encode(), key))
            self._write_once(manifest_path(manifest.address), manifest.encode())
        self._write(LATEST_PATH, Pointer(chain[-1].address, chain[-1].number).encode())

    def copy(self, source: EditionSource, key: Ed25519PublicKey) -> Manifest:
        """Copy the newest edition, and the one before it, from another place; each checked before the pointer moves.

        A source that shows an older edition than the copy, or another of the same number, is refused: a wallet that
        was led back would prove against a roll that the community no longer accepts.
        """
        newest = read_latest(source, key)
        self._check_not_back(newest)
        if newest.previous is not None:
            check_follows(newest, self._copy_edition(source, newest.previous, key))
        self._copy_edition(source, newest.address, key)
        self._write(LATEST_PATH, Pointer(newest.address, newest.number).encode())
        return newest

    def _check_not_back(self, newest: Manifest) -> None:
        if not self.has_edition():
            return
        # Checked when it was copied; its signature need not hold under a key that has been changed since.
        held = Manifest.decode(self.source.read(manifest_path(read_pointer(self.source).edition), edition.LARGEST_MANIFEST))
        if newest.registrar != held.registrar or newest.number < held.number:
            raise ChainBroken(f"the source shows edition {newest.number}, the copy holds edition {held.number}")
        if newest.number == held.number and newest != held:
            raise ChainBroken(f"the source shows another edition {held.number} than the copy holds")

    def _copy_edition(self, source: EditionSource, address: Sha256, key: Ed25519PublicKey) -> Manifest:
        manifest = read_edition(source, address, key)
        for entry in manifest.rolls:
            if not (self.root / roll_path(entry.file)).exists():
                self._write(roll_path(entry.file), read_roll(source, entry).data)
        self._write_once(signature_path(address), source.read(signature_path(address), edition.SIGNATURE_BYTES))
        self._write_once(manifest_path(address), manifest.encode())
        return manifest

    def _check_place(self, manifest: Manifest, key: Ed25519PrivateKey) -> None:
        if self.has_edition():
            check_follows(manifest, read_latest(self.source, key.public_key()))
        elif manifest.number != 1:
            raise ChainBroken("the first edition in a folder has the number 1")

    def _write_once(self, path: str, data: bytes) -> None:
        """Immutable files are written anew only where a broken disk or copy left other bytes."""
        target = self.root / path
        if not target.exists() or target.read_bytes() != data:
            self._write(path, data)

    def _write(self, path: str, data: bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
