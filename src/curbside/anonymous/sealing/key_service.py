"""The operator's keys, behind one protocol: a file (key_service_file), or a hardware module (key_service_pkcs11).

Texts' keys are not kept in this process: what is not kept cannot be found in its memory later, and an erasure has nobody to tell.
docs/decisions/0033-operator-keys-in-a-token.md has what that costs with each service.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from curbside.anonymous.sealing.secrecy import KeyId, OperatorKeyId, SealingError, TextKey


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A text's key as the ring holds it."""

    key_id: KeyId
    operator_key: OperatorKeyId
    data: bytes


class OperatorKeyMissing(SealingError):
    """The ring names an operator's key that the service does not have."""


class KeyService(Protocol):
    """Wraps and unwraps texts' keys. In batches, since a service on a network answers one question at a time."""

    def current_key(self) -> OperatorKeyId:
        """The key that wraps from now on, as it stands this moment: another process may have added one."""
        ...

    def key_ids(self) -> list[OperatorKeyId]:
        """All keys of the service, oldest first."""
        ...

    def wrap(self, keys: Mapping[KeyId, TextKey]) -> list[WrappedKey]:
        """Each key under the current operator's key."""
        ...

    def unwrap(self, wrapped: Sequence[WrappedKey]) -> dict[KeyId, TextKey]:
        """Each key in clear; raises OperatorKeyMissing or cipher.Unreadable."""
        ...

    def add_key(self) -> OperatorKeyId:
        """Make a new key current; the old ones still unwrap."""
        ...

    def remove_key(self, operator_key: OperatorKeyId) -> None:
        """Destroy a key for good; raises OperatorKeyMissing. The caller has made sure that it wraps nothing."""
        ...
