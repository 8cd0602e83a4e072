"""Random ids as the letters that addresses and anchors show."""

from django import template

from curbside.kit.ids import public_id as letters

register = template.Library()


@register.filter
def public_id(number: int) -> str:
    """The 13 letters of a random id."""
    return letters(number)
