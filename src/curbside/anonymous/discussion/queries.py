"""Reads threads: one query for a page of comments with their replies; their texts come with the page's other texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Final

from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from curbside.anonymous.discussion.bylines import BadgeLine, Byline
from curbside.anonymous.discussion.documents import CommentText
from curbside.anonymous.discussion.evidence import Source
from curbside.anonymous.discussion.links import links_are_open
from curbside.anonymous.discussion.markdown import first_line, render_markdown
from curbside.anonymous.discussion.models import Comment, CommentPlace, Thread
from curbside.anonymous.discussion.reactions import Counts, counts_of_comment
from curbside.anonymous.membership.leaving import Piece
from curbside.anonymous.membership.models import Member
from curbside.anonymous.sealing.queries import read_texts
from curbside.anonymous.sealing.secrecy import Document, TextId
from curbside.kit.ids import public_id
from curbside.kit.paging import Page, page_newest_first

THREAD_PAGE: Final = 30
"""Top-level comments on a page; each with all its replies."""


@dataclass(frozen=True, slots=True)
class ThreadRows:
    """A page of a thread before its texts are read: top-level comments, each followed by its replies."""

    tops: Sequence[Comment]
    replies: Mapping[int, Sequence[Comment]]
    begins_later: bool
    next_place: str

    def all(self) -> Iterator[Comment]:
        """Every comment of the page."""
        for top in self.tops:
            yield top
            yield from self.replies.get(top.pk, ())

    def text_ids(self) -> list[TextId]:
        """What to read."""
        return [TextId(comment.text_id) for comment in self.all() if comment.text_id is not None and comment.shown]

    def author_ids(self) -> set[int]:
        """Whose badges to read."""
        return {comment.author.pk for comment in self.all() if comment.author is not None}


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment as a page shows it to everyone."""

    comment: Comment
    byline: Byline | None
    html: SafeString
    attribution: str
    sources: Sequence[Source]
    """Articles that it rests on."""
    experience: bool
    links: bool
    """Whether links in it are links."""
    asked: bool
    """Whether its author opened the thread under the same pseudonym."""
    counts: Counts
    alias: str = ""
    """The opener's alias, where they wrote it under one."""
    replies: Sequence["ShownComment"] = ()
    warnings: Sequence["ShownComment"] = ()
    """What others say could go wrong if one followed it."""


def top_lines(comments: Sequence[ShownComment]) -> list[tuple[str, str]]:
    """The top-level comments that can be answered, each as a public id and a line to choose it by. No query."""
    shown = [item for item in comments if item.comment.shown]
    return [(public_id(item.comment.pk), _line(item)) for item in shown]


def answer_lines(comments: Sequence[ShownComment]) -> list[tuple[str, str, bool]]:
    """The answers of a page, each as a public id, a line to choose it by, and whether its asker says that it helped. No query."""
    every = [item for top in comments for item in (top, *top.replies) if item.comment.shown and item.counts.helps]
    return [(public_id(item.comment.pk), _line(item), item.counts.asker_helped) for item in every]


def _line(item: ShownComment) -> str:
    return f"{_who(item)}: {Truncator(_plain(item.html)).chars(60)}"


def _plain(html: str) -> str:
    """The words alone, to be escaped anew where they are shown."""
    return " ".join(unescape(strip_tags(html)).split())


def _who(item: ShownComment) -> str:
    return item.byline.pseudonym if item.byline else item.alias or _("the author")


def thread_rows(thread: Thread, *, place: str = "") -> ThreadRows:
    """A page of the thread from a place on; a place that cannot be read is the beginning. One query."""
    start = read_place(place)
    tops = Comment.objects.filter(thread=thread, parent=None).from_place(start).order_by("posted_at", "pk")[: THREAD_PAGE + 1].values("pk")
    found = list(
        Comment.objects.filter(thread=thread).filter(Q(pk__in=tops) | Q(parent__in=tops)).with_author().order_by("posted_at", "pk")
    )
    shown = [comment for comment in found if not comment.is_reply]
    replies: dict[int, list[Comment]] = {}
    for comment in found:
        if comment.is_reply:
            replies.setdefault(comment.parent_id, []).append(comment)
    more = shown[THREAD_PAGE:]
    return ThreadRows(shown[:THREAD_PAGE], replies, start is not None, write_place(more[0]) if more else "")


def shown_comments(
    rows: ThreadRows,
    *,
    documents: Mapping[TextId, Document],
    badges: Mapping[int, tuple[BadgeLine, ...]],
    opener_id: int | None,
    alias: str = "",
) -> list[ShownComment]:
    """The page's comments with their words. ``alias`` is the name under which the thread was opened, if it was. No query."""
    beside = {comment.pk for comment in rows.all() if comment.shown}
    warnings: dict[int, list[Comment]] = {}
    for comment in rows.all():
        if comment.warns_of_id in beside:
            warnings.setdefault(comment.warns_of_id, []).append(comment)

    def show(comment: Comment) -> ShownComment:
        words = documents[TextId(comment.text_id)] if comment.text_id is not None and comment.shown else None
        text = CommentText.opened(words) if words is not None else CommentText("")
        author = comment.author
        links = links_are_open(author, comment.posted_at)
        asked = opener_id is not None and comment.author_id == opener_id
        return ShownComment(
            comment=comment,
            byline=Byline(author.pseudonym, badges.get(author.pk, ())) if author else None,
            html=render_markdown(text.body, links=links, mentions=text.mentions),
            attribution=text.attribution,
            sources=text.sources,
            experience=text.experience,
            links=links,
            asked=asked,
            alias=alias if comment.by_opener else "",
            counts=counts_of_comment(comment, asked=asked or comment.by_opener),
            replies=[show(reply) for reply in rows.replies.get(comment.pk, ()) if reply.warns_of_id not in beside],
            warnings=[show(warning) for warning in warnings.get(comment.pk, ())],
        )

    return [show(top) for top in rows.tops]


def own_comments(author_id: int, *, cursor: str) -> Page[Comment]:
    """One's own comments, newest first. One query."""
    return page_newest_first(Comment.objects.written_by(author_id).select_related("thread"), cursor)


def answerers_of(thread: Thread) -> set[int]:
    """Who answered under a pseudonym. One query."""
    shown = Comment.objects.filter(thread=thread, state=Comment.State.SHOWN, author__isnull=False)
    return set(shown.values_list("author_id", flat=True))


def comment_line(comment: Comment, documents: Mapping[TextId, Document]) -> str:
    """The first line of a comment. No query."""
    return first_line(CommentText.opened(documents[TextId(comment.text_id)]).body) if comment.text_id is not None else ""


def export_comments(*, member: Member) -> tuple[str, Sequence[Piece]]:
    """Everything the member wrote under cases and elsewhere, for their own export."""
    comments = list(Comment.objects.held_of(member.pk).order_by("posted_at", "pk"))
    documents = read_texts([TextId(comment.text_id) for comment in comments if comment.text_id is not None])
    return _("Comments"), [
        {**_place(comment), "posted_at": comment.posted_at.isoformat(), **documents[TextId(comment.text_id)]}
        for comment in comments
        if comment.text_id is not None
    ]


def _place(comment: Comment) -> Piece:
    place = {"id": public_id(comment.pk)}
    return {**place, "could_harm": public_id(comment.warns_of_id)} if comment.is_warning else place


def comment_text(comment: Comment) -> CommentText:
    """The words of one comment. Two queries."""
    if comment.text_id is None:
        return CommentText("")
    text_id = TextId(comment.text_id)
    return CommentText.opened(read_texts([text_id])[text_id])


def place_of(comment: Comment) -> str:
    """Where a page that shows the comment begins; empty where the thread is one page."""
    if comment.thread.comment_count <= THREAD_PAGE:
        return ""
    return write_place(comment.parent or comment)


def write_place(comment: Comment) -> str:
    """A place as text for an address."""
    return f"{int(comment.posted_at.timestamp())}-{comment.pk}"


def known_place(text: str) -> str:
    """The place as this module writes it; empty for one that cannot be read, so that nobody fills memory with made-up ones."""
    place = read_place(text)
    return f"{int(place.minute.timestamp())}-{place.comment_id}" if place else ""


def read_place(text: str) -> CommentPlace | None:
    """The place that an address names, if any."""
    seconds, _dash, comment_id = text.partition("-")
    if not (seconds.isascii() and seconds.isdigit() and comment_id.isascii() and comment_id.isdigit()):
        return None
    try:
        return CommentPlace(datetime.fromtimestamp(int(seconds[:12]), UTC), min(int(comment_id[:19]), (1 << 63) - 1))
    except (ValueError, OverflowError, OSError):
        return None
