"""The operator's keys in a PKCS#11 token: AES-256 keys that were made in it and cannot leave it, not even to us.

The token wraps by AES-GCM, bound to the id of the text's key, in the same layout as the key file does. Its keys carry the label
``LABEL`` and the ids ``token-1``, ``token-2``, …; the highest number is the current one.

The standard promises nothing to several threads of a process, nor to a forked child. So there is one session a process behind one
lock, and a child begins anew.
"""

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, runtime_checkable

import pkcs11
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from pkcs11 import Attribute, KeyType, Mechanism, MechanismFlag, ObjectClass
from pkcs11.mechanisms import GCMParams

from curbside.anonymous.sealing.cipher import NONCE_BYTES, VERSION, Unreadable, key_context
from curbside.anonymous.sealing.key_service import OperatorKeyMissing, WrappedKey
from curbside.anonymous.sealing.secrecy import KeyId, OperatorKeyId, TextKey
from curbside.kit.errors import Busy

if TYPE_CHECKING:
    from pkcs11._pkcs11 import lib as Library  # noqa: N812 - the package calls its one class and the function that makes it alike

LABEL: Final = "curbside operator key"
_PREFIX: Final = "token-"
_WRONG_TEXT: Final = (pkcs11.EncryptedDataInvalid, pkcs11.EncryptedDataLenRange, pkcs11.GeneralError)
"""What tokens say of a ciphertext that does not belong to the key; SoftHSM says the last."""
T = TypeVar("T")


class TokenUnreachable(Busy):
    """The token did not answer, twice: it was taken out, is restarting, or its network is down."""


@runtime_checkable
class _Secret(Protocol):
    """A key of the token's that may encrypt and decrypt; the package's own types leave the two out."""

    def __getitem__(self, key: Attribute) -> object: ...
    def encrypt(self, data: bytes, *, mechanism: Mechanism, mechanism_param: GCMParams) -> bytes: ...
    def decrypt(self, data: bytes, *, mechanism: Mechanism, mechanism_param: GCMParams) -> bytes: ...


@dataclass(slots=True)
class _Session:
    """What this process has open, and the handles of the keys it has met."""

    session: pkcs11.Session
    keys: dict[OperatorKeyId, _Secret] = field(default_factory=dict)


@dataclass(slots=True)
class _Process:
    """All that one process holds of the library."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    sessions: dict[tuple[str, str], _Session] = field(default_factory=dict)
    forked: bool = False
    """Whether the library's memory is a copy of the parent's, and must be set up anew before use."""


_process = _Process()
_parents: list[_Process] = []
"""Never freed: freeing a session closes its handle, which by then may be another's."""


def _begin_anew() -> None:
    global _process  # noqa: PLW0603 - the one state of a process, replaced in its child
    _parents.append(_process)
    _process = _Process(forked=_process.forked or bool(_process.sessions))


os.register_at_fork(after_in_child=_begin_anew)


class KeyToken:
    """The service over one token of one module."""

    def __init__(self, *, module: str, label: str) -> None:
        self._module, self._label = module, label

    def __repr__(self) -> str:
        return "KeyToken()"

    def current_key(self) -> OperatorKeyId:
        """The key with the highest number."""
        return self._do(_current)

    def key_ids(self) -> list[OperatorKeyId]:
        """Every key's in the token, asked afresh: another process may have made one."""
        return self._do(_list_keys)

    def wrap(self, keys: Mapping[KeyId, TextKey]) -> list[WrappedKey]:
        """Each key under the token's current key."""

        def work(opened: _Session) -> list[WrappedKey]:
            operator_key = _current(opened)
            secret = opened.keys[operator_key]
            return [WrappedKey(key_id, operator_key, _encrypt(secret, key.secret, key_id)) for key_id, key in keys.items()]

        return self._do(work)

    def unwrap(self, wrapped: Sequence[WrappedKey]) -> dict[KeyId, TextKey]:
        """Each key in clear."""

        def work(opened: _Session) -> dict[KeyId, TextKey]:
            if not {row.operator_key for row in wrapped} <= opened.keys.keys():
                _list_keys(opened)
            return {row.key_id: TextKey(_decrypt(_secret(opened, row.operator_key), row)) for row in wrapped}

        return self._do(work)

    def add_key(self) -> OperatorKeyId:
        """Have the token make a key that cannot leave it."""
        return self._do(lambda opened: _make_key(opened, self._open_for_writing()))

    def remove_key(self, operator_key: OperatorKeyId) -> None:
        """Have the token destroy the key."""
        self._do(lambda opened: _destroy_key(opened, operator_key, self._open_for_writing()))

    def _do(self, work: Callable[[_Session], T]) -> T:
        """Work in this process's session; once more in a new one if the old one had died."""
        with _process.lock:
            try:
                return work(self._opened())
            except pkcs11.PKCS11Error:
                self._close()
            try:
                return work(self._opened())
            except pkcs11.PKCS11Error as error:
                self._close()
                raise TokenUnreachable(_("The keys of the texts cannot be reached just now. Try again in a minute.")) from error

    def _opened(self) -> _Session:
        place = (self._module, self._label)
        if place not in _process.sessions:
            _process.sessions[place] = _Session(_log_in(self._find_token()))
        return _process.sessions[place]

    def _close(self) -> None:
        opened = _process.sessions.pop((self._module, self._label), None)
        if opened:
            with suppress(pkcs11.PKCS11Error):
                opened.session.close()

    def _open_for_writing(self) -> pkcs11.Session:
        return self._find_token().open(rw=True)  # the login is the process's, so this session has it too

    def _find_token(self) -> pkcs11.Token:
        library = _load(self._module)
        tokens: list[pkcs11.Token] = [slot.get_token() for slot in library.get_slots(token_present=True)]
        found = [token for token in tokens if token.label == self._label]
        if len(found) != 1:
            have = "no token" if not found else f"{len(found)} tokens"
            raise ImproperlyConfigured(f"CURBSIDE_KEY_SERVICE: {self._module} has {have} with the label {self._label!r}.")
        return found[0]


def _load(module: str) -> "Library":
    if not Path(module).is_file():
        raise ImproperlyConfigured(f"CURBSIDE_KEY_SERVICE: there is no PKCS#11 module at {module}.")
    try:
        library = pkcs11.lib(module)
        if _process.forked:
            library.reinitialize()
            _process.forked = False
    except pkcs11.PKCS11Error as error:
        raise ImproperlyConfigured(f"CURBSIDE_KEY_SERVICE: {module} could not be loaded: {type(error).__name__} {error}") from error
    return library


def _log_in(token: pkcs11.Token) -> pkcs11.Session:
    try:
        return token.open(user_pin=_pin())
    except pkcs11.UserAlreadyLoggedIn:
        return token.open()
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange) as error:
        raise ImproperlyConfigured(f"The PIN of the token {token.label!r} is wrong. Tokens lock after some wrong ones.") from error
    except (pkcs11.PinLocked, pkcs11.PinExpired, pkcs11.UserPinNotInitialized) as error:
        raise ImproperlyConfigured(f"The PIN of the token {token.label!r} cannot be used: {type(error).__name__}.") from error


def _pin() -> str:
    if settings.KEY_PIN:
        return str(settings.KEY_PIN)
    try:
        pin = settings.KEY_PIN_FILE.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"Write the token's PIN into {settings.KEY_PIN_FILE}, readable by the site's account only, or set CURBSIDE_KEY_PIN."
        ) from error
    if not pin:
        raise ImproperlyConfigured(f"{settings.KEY_PIN_FILE} is empty: it must hold the token's PIN.")
    return str(pin)


def _list_keys(opened: _Session) -> list[OperatorKeyId]:
    found = opened.session.get_objects({Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.LABEL: LABEL})
    keys = [(_id_of(key), key) for key in found if isinstance(key, _Secret)]
    opened.keys = dict(sorted(keys, key=lambda pair: _number(pair[0])))
    if len(opened.keys) < len(keys):
        raise ImproperlyConfigured("The token holds two operator's keys of one id: destroy the one that wraps nothing.")
    return list(opened.keys)


def _id_of(key: _Secret) -> OperatorKeyId:
    found = key[Attribute.ID]
    return OperatorKeyId(found.decode() if isinstance(found, bytes) else "")


def _current(opened: _Session) -> OperatorKeyId:
    keys = _list_keys(opened)
    if not keys:
        raise ImproperlyConfigured("The token holds no operator's key: run `curbside keys rotate`, which makes one.")
    return keys[-1]


def _number(operator_key: OperatorKeyId) -> int:
    return int(operator_key.removeprefix(_PREFIX))


def _secret(opened: _Session, operator_key: OperatorKeyId) -> _Secret:
    if operator_key not in opened.keys:
        raise OperatorKeyMissing(f"The token lacks the key {operator_key}.")
    return opened.keys[operator_key]


def _encrypt(secret: _Secret, plain: bytes, key_id: KeyId) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    bound = GCMParams(nonce, aad=key_context(key_id))
    return VERSION + nonce + bytes(secret.encrypt(plain, mechanism=Mechanism.AES_GCM, mechanism_param=bound))


def _decrypt(secret: _Secret, row: WrappedKey) -> bytes:
    nonce, sealed = row.data[1 : 1 + NONCE_BYTES], row.data[1 + NONCE_BYTES :]
    if row.data[:1] != VERSION or not sealed:
        raise Unreadable("Encrypted by another version.")
    bound = GCMParams(nonce, aad=key_context(row.key_id))
    try:
        return bytes(secret.decrypt(sealed, mechanism=Mechanism.AES_GCM, mechanism_param=bound))
    except _WRONG_TEXT as error:
        raise Unreadable("Its key does not open it.") from error


def _make_key(opened: _Session, writing: pkcs11.Session) -> OperatorKeyId:
    with writing:
        fresh = OperatorKeyId(f"{_PREFIX}{1 + max(map(_number, _list_keys(opened)), default=0)}")
        writing.generate_key(
            KeyType.AES,
            256,
            id=fresh.encode(),
            label=LABEL,
            store=True,
            capabilities=MechanismFlag.ENCRYPT | MechanismFlag.DECRYPT,
            template={Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False, Attribute.PRIVATE: True},
        )
    _list_keys(opened)
    return fresh


def _destroy_key(opened: _Session, operator_key: OperatorKeyId, writing: pkcs11.Session) -> None:
    with writing:
        doomed = {Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.LABEL: LABEL, Attribute.ID: operator_key.encode()}
        found = list(writing.get_objects(doomed))
        if not found:
            raise OperatorKeyMissing(f"The token lacks the key {operator_key}.")
        for key in found:
            key.destroy()
    opened.keys.pop(operator_key, None)
