"""What pages with a composer give to its script: the day's pass, and the kinds in words."""

import json

from django import template
from django.utils.translation import get_language

from curbside.anonymous.guard.kinds import KINDS
from curbside.anonymous.guard.passes import pass_of
from curbside.deid.replacement import in_words
from curbside.kit.clock import today

register = template.Library()


@register.simple_tag
def guard_pass() -> str:
    """The same for every member, and for one day."""
    return pass_of(today())


@register.simple_tag
def guard_replacements() -> str:
    """What may stand in place of each kind, in the reader's language, as JSON."""
    language = (get_language() or "en")[:2]
    offers = {kind: in_words(kind, "", before="", first=None, language=language) for kind in KINDS}
    return json.dumps({kind: [first, *rest] for kind, (first, rest) in offers.items()})


@register.simple_tag
def guard_kinds() -> str:
    """Kinds in the reader's language, as JSON."""
    return json.dumps({kind: str(words) for kind, words in KINDS.items()})
