"""Asks the reader's shelf: whether something is folded away, and whether something lies there."""

from html import unescape

from django import template
from django.template.context import Context
from django.utils.html import strip_tags

from curbside.anonymous.membership.models import Member
from curbside.anonymous.shelf.documents import Kind, OwnShelf
from curbside.kit.ids import public_id

register = template.Library()


@register.simple_tag(takes_context=True)
def folded(context: Context, author_id: int | None, *texts: str) -> str:
    """Why a post is folded away for this reader: "member", "word", or empty. Never one's own."""
    shelf, reader = context["shelf"], context["user"]
    if isinstance(reader, Member) and reader.pk == author_id:
        return ""
    if shelf.mutes(author_id):
        return "member"
    return "word" if shelf[Kind.WORD] and shelf.mutes_words(unescape(strip_tags(" ".join(texts)))) else ""


@register.simple_tag(takes_context=True)
def on_shelf(context: Context, kind: str, value: str) -> bool:
    """Whether this lies on the reader's shelf."""
    shelf: OwnShelf = context["shelf"]
    return value in shelf[Kind(kind)]


@register.filter
def has_thread(shelf: OwnShelf, thread_id: int) -> bool:
    """Whether a thread is bookmarked."""
    return shelf.holds(Kind.BOOKMARK, thread_id)


@register.filter
def follows_thread(shelf: OwnShelf, thread_id: int) -> bool:
    """Whether a thread is followed."""
    return shelf.holds(Kind.CASE, thread_id)


@register.filter
def note_on(shelf: OwnShelf, member_id: int | None) -> str:
    """What the reader noted on a member."""
    return shelf[Kind.NOTE].get(public_id(member_id), "") if member_id else ""


@register.filter
def follows_member(shelf: OwnShelf, member_id: int) -> bool:
    """Whether a member is followed."""
    return shelf.holds(Kind.MEMBER, member_id)


@register.filter
def mutes_member(shelf: OwnShelf, member_id: int) -> bool:
    """Whether a member is muted, by that word."""
    return shelf.holds(Kind.MUTED, member_id)


@register.filter
def blocks_member(shelf: OwnShelf, member_id: int) -> bool:
    """Whether a member is blocked."""
    return shelf.blocks(member_id)
