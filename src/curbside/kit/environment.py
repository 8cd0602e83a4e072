"""Typed readers of settings from the environment; they fail loudly, naming the variable and what it wants."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

Mode = Literal["production", "demo", "test"]


def text(name: str, default: str | None = None) -> str:
    """The variable's value, or the default; without one the variable must be set."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(f"Set {name}.")
    return value


def integer(name: str, default: int, *, least: int = 0) -> int:
    """A whole number of at least ``least``."""
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {least}, not {value!r}.")
    return int(value)


def flag(name: str, *, default: bool) -> bool:
    """``yes`` or ``no``."""
    value = text(name, "yes" if default else "no").lower()
    if value not in {"yes", "no"}:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value == "yes"


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, without empty parts."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def mode() -> Mode:
    """CURBSIDE_MODE: production unless said otherwise, so that forgetting it is safe."""
    value = text("CURBSIDE_MODE", "production")
    if value == "production":
        return "production"
    if value == "demo":
        return "demo"
    if value == "test":
        return "test"
    raise ImproperlyConfigured(f"CURBSIDE_MODE must be production, demo or test, not {value!r}.")


def data_dir() -> Path:
    """The folder that holds databases, keys and roll files unless a setting puts one elsewhere."""
    return Path(text("CURBSIDE_DATA_DIR", "var")).absolute()


def memory_dir(name: str, begins: str, data: Path) -> Path:
    """A folder on a file system in memory: the variable's, or one in /dev/shm of a name that belongs to this data folder alone."""
    own = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return Path(text(name, f"/dev/shm/{begins}-{own}")).absolute()  # noqa: S108 - made with mode 0700, refused where it is not ours


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port that a browser sees, such as https://community.example.org."""

    scheme: str
    host: str
    port: int | None

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}" + (f":{self.port}" if self.port else "")

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by https."""
        return self.scheme == "https"


_PASSING_HOSTS = ("localhost", "127.0.0.1", "0.0.0.0", "example.com", "ngrok.io", "ngrok-free.app", "trycloudflare.com")  # noqa: S104 - names refused, not addresses bound


def origin(name: str, default: str) -> Origin:
    """An origin; in production https, and a host that will stay, because passkeys cannot move."""
    site_mode = mode()
    value = text(name, None if site_mode == "production" else default)
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"} or parts.query:
        raise ImproperlyConfigured(f"{name} must be an origin such as https://community.example.org, not {value!r}.")
    if site_mode == "production":
        _refuse_passing_host(name, parts)
    return Origin(parts.scheme, parts.hostname, parts.port)


def _refuse_passing_host(name: str, parts: SplitResult) -> None:
    host = parts.hostname or ""
    if parts.scheme != "https":
        raise ImproperlyConfigured(f"{name} must begin with https:// in production.")
    if "." not in host or host.replace(".", "").isdecimal() or any(host == p or host.endswith("." + p) for p in _PASSING_HOSTS):
        raise ImproperlyConfigured(
            f"{name} is {host!r}, which looks temporary. Passkeys are bound to the host for ever: choose one that stays."
        )


def secret(name: str, file: Path) -> str:
    """A secret from the variable, or from the file that ``curbside keys make`` wrote; never a default."""
    value = os.environ.get(name, "").strip()
    if not value and mode() == "test":
        return secrets.token_urlsafe(32)
    if not value and file.is_file():
        value = file.read_text(encoding="ascii").strip()
    if not value:
        raise ImproperlyConfigured(f"Set {name}, or run `curbside keys make` to write {file}.")
    return value


def former_secrets(name: str, file: Path) -> list[str]:
    """Secrets that a newer one replaced and that still count, from the variable or from what ``curbside keys replace --keep`` wrote."""
    former = former_file(file)
    if words(name) or mode() == "test" or not former.is_file():
        return words(name)
    return former.read_text(encoding="ascii").split()


def former_file(file: Path) -> Path:
    """Where the former contents of a key file are kept while they still count."""
    return file.with_name(f"{file.name}.former")


def database(name: str, file: Path) -> dict[str, object]:
    """Django's settings of one database from a URL.

    sqlite:///path, postgresql://user:password@host/base, or postgresql://user@/base?host=/folder for a socket.
    """
    value = text(name, f"sqlite:///{file}")
    parts = urlsplit(value)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgresql", "postgres"}:
        return _postgresql(parts)
    raise ImproperlyConfigured(f"{name} must begin with sqlite:/// or postgresql://.")


def _sqlite(file: Path) -> dict[str, object]:
    return {
        "ENGINE": "curbside.kit.sqlite",
        "NAME": file,
        "TEST": {"NAME": ":memory:"},  # said, so that tests that run beside each other each have their own
        "OPTIONS": {
            # A deferred transaction that turns into a write fails at once instead of waiting.
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            # secure_delete overwrites freed pages, so that an erased row cannot be read off the file.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;",
        },
    }


def _postgresql(parts: SplitResult) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {} if mode() == "test" else {"pool": True},
    }
