"""What pages with a composer give to its script: the day's pass, and the kinds in words."""

import json

from django import template

from curbside.anonymous.guard.kinds import KINDS
from curbside.anonymous.guard.passes import pass_of
from curbside.kit.clock import today

register = template.Library()


@register.simple_tag
def guard_pass() -> str:
    """The same for every member, and for one day."""
    return pass_of(today())


@register.simple_tag
def guard_kinds() -> str:
    """Kinds in the reader's language, as JSON."""
    return json.dumps({kind: str(words) for kind, words in KINDS.items()})
