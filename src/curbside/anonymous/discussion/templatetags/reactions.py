"""The buttons of reactions for whoever reads."""

from collections.abc import Sequence
from typing import cast

from django import template
from django.template.context import Context

from curbside.anonymous.discussion.own import Own
from curbside.anonymous.discussion.reactions import Button, Counts, buttons

register = template.Library()


@register.simple_tag(takes_context=True)
def reaction_buttons(context: Context, counts: Counts) -> Sequence[Button]:
    """What the reader may press; ``asks`` in the page's context says whether the reader opened the thread."""
    marks = context.get("marks") or Own({})
    return buttons(counts, cast("Own", marks), as_asker=bool(context.get("asks")))
