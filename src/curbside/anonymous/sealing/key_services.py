"""The key service that the one setting CURBSIDE_KEY_SERVICE names, or several while keys move from one to another."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from curbside.anonymous.sealing.key_service import KeyService, OperatorKeyMissing, WrappedKey
from curbside.anonymous.sealing.key_service_file import KeyFile
from curbside.anonymous.sealing.secrecy import KeyId, OperatorKeyId, TextKey


def key_service() -> KeyService:
    """The service that settings.KEY_SERVICE names; of several, the first wraps and the others only unwrap."""
    services = [_service(place) for place in settings.KEY_SERVICE]
    return services[0] if len(services) == 1 else MovedService(services)


def _service(place: str) -> KeyService:
    parts = urlsplit(place)
    if place == "file":
        return KeyFile()
    tokens = parse_qs(parts.query).get("token", [])
    if parts.scheme == "pkcs11" and parts.path.startswith("/") and len(tokens) == 1:
        from curbside.anonymous.sealing.key_service_pkcs11 import KeyToken

        return KeyToken(module=parts.path, label=tokens[0])
    raise ImproperlyConfigured(f"CURBSIDE_KEY_SERVICE must be file or pkcs11:/PATH/OF/MODULE.so?token=LABEL, not {place!r}.")


class MovedService:
    """Keys that are moving from one service to another: the first wraps, all unwrap what is theirs."""

    def __init__(self, services: Sequence[KeyService]) -> None:
        if not services:
            raise ImproperlyConfigured("CURBSIDE_KEY_SERVICE must be file or pkcs11:/PATH/OF/MODULE.so?token=LABEL.")
        self._services = services

    def current_key(self) -> OperatorKeyId:
        """The first service's."""
        return self._services[0].current_key()

    def key_ids(self) -> list[OperatorKeyId]:
        """Of all, the service that wraps last."""
        return [key_id for service in reversed(self._services) for key_id in service.key_ids()]

    def wrap(self, keys: Mapping[KeyId, TextKey]) -> list[WrappedKey]:
        """Under the first service's current key."""
        return self._services[0].wrap(keys)

    def unwrap(self, wrapped: Sequence[WrappedKey]) -> dict[KeyId, TextKey]:
        """Each by the service that holds its operator's key."""
        homes = {key_id: service for service in self._services for key_id in service.key_ids()}
        opened: dict[KeyId, TextKey] = {}
        for operator_key in {row.operator_key for row in wrapped}:
            opened |= _home(homes, operator_key).unwrap([row for row in wrapped if row.operator_key == operator_key])
        return opened

    def add_key(self) -> OperatorKeyId:
        """In the first service."""
        return self._services[0].add_key()

    def remove_key(self, operator_key: OperatorKeyId) -> None:
        """Wherever it is."""
        homes = {key_id: service for service in self._services for key_id in service.key_ids()}
        _home(homes, operator_key).remove_key(operator_key)


def _home(homes: Mapping[OperatorKeyId, KeyService], operator_key: OperatorKeyId) -> KeyService:
    if operator_key not in homes:
        raise OperatorKeyMissing(f"No key service holds the operator's key {operator_key}.")
    return homes[operator_key]
