"""What a browser hands in: public keys, age files, and codes. Checked for their outer form, which is all the server can see of them.

An age file for two X25519 recipients has one length for each length of its content, so that holding files to four lengths holds
browsers to the padding (frontend/pages/lib/messages/box.ts; docs/wire-format.md).
"""

import base64
import binascii
import re
from typing import Final, NewType

from django.utils.translation import gettext_lazy as _

from curbside.kit.errors import PublicError

Recipient = NewType("Recipient", str)
AgeFile = NewType("AgeFile", bytes)
Code = NewType("Code", str)

CLASSES: Final = (512, 2048, 8192, 16384)
"""Bytes of padded content."""
REQUEST_CLASS: Final = 2048
"""The largest class of a request's one message."""

_RECIPIENT: Final = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_CODE: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_HEADER: Final = re.compile(rb"age-encryption\.org/v1\n(?:-> X25519 [A-Za-z0-9+/]{43}\n[A-Za-z0-9+/]{43}\n){2}--- [A-Za-z0-9+/]{43}\n")
_OVERHEAD: Final = 298
"""A header for two recipients (266 bytes), the nonce and the one chunk's tag."""

_UNREADABLE = _("That could not be read. Reload the page and try again.")


def recipient_from(value: object) -> Recipient:
    """An X25519 recipient in age's spelling; raises PublicError."""
    if not isinstance(value, str) or not _RECIPIENT.fullmatch(value):
        raise PublicError(_UNREADABLE)
    return Recipient(value)


def code_from(value: object) -> Code:
    """32 bytes as base64url, which only the browser that made them can check; raises PublicError."""
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise PublicError(_UNREADABLE)
    return Code(value)


def age_file_from(value: object) -> AgeFile:
    """An age file for two recipients, padded as agreed, from base64; raises PublicError."""
    try:
        data = base64.b64decode(value, validate=True) if isinstance(value, str) else b""
    except (ValueError, binascii.Error):
        data = b""
    if not _HEADER.match(data) or len(data) - _OVERHEAD not in CLASSES:
        raise PublicError(_UNREADABLE)
    return AgeFile(data)


def content_class(file: AgeFile) -> int:
    """The size class of the content."""
    return len(file) - _OVERHEAD


def as_text(file: AgeFile) -> str:
    """As it is sealed and handed to browsers."""
    return base64.b64encode(file).decode("ascii")
