"""The tags of pages in two layers (kit.layers): ``place`` in a shared part, ``lay`` in the page."""

from collections.abc import Mapping

from django import template
from django.template.base import FilterExpression, Node, Parser, Token, token_kwargs
from django.template.context import Context

from curbside.kit.layers import PLACES, Layer, Place, Places

register = template.Library()


class PlaceNode(Node):
    """Leaves a place in a shared part; in a page that is rendered for one reader, the personal template at once."""

    def __init__(self, name: FilterExpression, facts: Mapping[str, FilterExpression]) -> None:
        self.name = name
        self.facts = facts

    def render(self, context: Context) -> str:
        """Leave the place."""
        name, facts = str(self.name.resolve(context)), {key: value.resolve(context) for key, value in self.facts.items()}
        places = context.get(PLACES)
        return places.leave(name, facts) if isinstance(places, Places) else _render(context, Place(name, facts))


class LayNode(Node):
    """A shared part with this reader's templates in its places."""

    def __init__(self, layer: FilterExpression) -> None:
        self.layer = layer

    def render(self, context: Context) -> str:
        """Lay them."""
        layer = self.layer.resolve(context)
        if not isinstance(layer, Layer):
            return ""
        laid = [part for piece, place in zip(layer.pieces[:-1], layer.places, strict=True) for part in (piece, _render(context, place))]
        return "".join([*laid, layer.pieces[-1]])


def _render(context: Context, place: Place) -> str:
    if context.template is None:
        raise TypeError("A place is laid while a template is rendered.")
    found = context.template.engine.get_template(place.template)
    with context.push(**place.facts):
        return str(found.render(context))


@register.tag
def place(parser: Parser, token: Token) -> PlaceNode:
    """``{% place "room/_own_part.html" comment_id=item.pk %}``: what is the reader's belongs here."""
    _tag, name, *bits = token.split_contents()
    facts = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError("place takes a template and facts as name=value")
    return PlaceNode(parser.compile_filter(name), facts)


@register.tag
def lay(parser: Parser, token: Token) -> LayNode:
    """``{% lay shared.main %}``: the shared part, completed for this reader."""
    try:
        _tag, layer = token.split_contents()
    except ValueError as error:
        raise template.TemplateSyntaxError("lay takes a layer") from error
    return LayNode(parser.compile_filter(layer))
