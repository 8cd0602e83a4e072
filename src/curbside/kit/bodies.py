"""Reads the JSON that a page's script posted: one object, short, and of text that a database can hold."""

import json
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from curbside.kit.errors import PublicError

LARGEST: Final = 32_768


def json_body(request: HttpRequest, *, largest: int = LARGEST) -> dict[str, object]:
    """The object in a request's body; raises PublicError."""
    if len(request.body) > largest:
        raise PublicError(_("That was too long."))
    try:
        fields = json.loads(request.body)
        json.dumps(fields, ensure_ascii=False).encode()  # half a surrogate pair is JSON, but no text
    except (ValueError, RecursionError) as error:
        raise PublicError(_("That could not be read. Reload the page and try again.")) from error
    if not isinstance(fields, dict):
        raise PublicError(_("That could not be read. Reload the page and try again."))
    return fields
