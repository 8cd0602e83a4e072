"""Members' Markdown as safe HTML: the only place of the project that calls ``mark_safe``.

Two parsers that know nothing of each other stand in a row: markdown-it makes no HTML of the writer's and no pictures (a picture
elsewhere would tell its host who reads what), and nh3 then lets through only the elements listed here.
"""

from collections.abc import Collection, Sequence
from typing import Final
from urllib.parse import urlsplit

import nh3
from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe  # noqa: TID251 - the one place; nh3 has cleaned what it marks
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from curbside.anonymous.discussion.mentions import read_mention

LINK_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_ELEMENTS: Final = {
    "p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span", "div",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_NONE: Final[set[str]] = set()
_ATTRIBUTES: Final = {"*": _NONE, "a": {"href"}, "ol": {"start"}}  # "*" too: by itself nh3 lets title and lang through
_SIDES: Final = {"text-right", "text-center"}
_CLASSES: Final = {"div": {"overflow-x-auto"}, "span": {"link-host"}, "th": _SIDES, "td": _SIDES}
_MOST_CELLS: Final = 4_000
"""What a text's tables could hold at most: every row is filled up to the widest, so 5,000 characters could ask for 65,000 cells."""
_TOP_HEADING: Final = 3  # h1 and h2 belong to the page around the text


def render_markdown(text: str, *, links: bool = True, mentions: Collection[str] = ()) -> SafeString:
    """The text as HTML that holds nothing but the elements above, links to the web and mail addresses; or these addresses as words.

    ``mentions`` are the members whose names lead to their pages, where an @ stands before them.
    """
    html = _PARSERS[_cells(text) <= _MOST_CELLS, links].render(text, {"mentions": mentions})
    clean = nh3.clean(
        html,
        tags=_ELEMENTS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=set(LINK_SCHEMES),
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308 - nh3's output


def first_line(text: str, *, length: int = 160) -> str:
    """The first line with words in it, without Markdown's signs at its start, cut at a word."""
    line = next((stripped for raw in text.splitlines() if (stripped := raw.strip().lstrip("#>*-+ ").strip())), "")
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def _cells(text: str) -> int:
    """No fewer than the cells that tables in the text can come to: rows are counted after the first line that could begin one."""
    lines = text.splitlines()
    begins = next((number for number, line in enumerate(lines) if "|" in line), len(lines))
    return (len(lines) - begins) * (1 + max((line.count("|") for line in lines), default=0))


def _is_link(url: str) -> bool:
    """Links lead to the web or to a mail address, never into this site, where a click could act."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in LINK_SCHEMES and bool(parts.netloc or parts.scheme.lower() == "mailto")


def _open_heading(_renderer: object, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    return f"<h{_level(tokens[index])}>"


def _close_heading(_renderer: object, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    return f"</h{_level(tokens[index])}>\n"


def _level(token: Token) -> int:
    return min(6, int(token.tag[1:]) + _TOP_HEADING - 1)


def _open_table(_renderer: object, _tokens: Sequence[Token], _index: int, _options: OptionsDict, _env: EnvType) -> str:
    return '<div class="overflow-x-auto"><table>\n'


def _close_table(_renderer: object, _tokens: Sequence[Token], _index: int, _options: OptionsDict, _env: EnvType) -> str:
    return "</table></div>\n"


def _close_link(_renderer: object, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    """Say where the link leads, in the host's own letters, so that words cannot hide it."""
    href, words = _target(tokens, index)
    host = urlsplit(href).hostname or ""
    if not host or words in {href, host}:
        return "</a>"
    return f'</a> <span class="link-host">({escape(host)})</span>'


def _open_address(_renderer: object, _tokens: Sequence[Token], _index: int, _options: OptionsDict, _env: EnvType) -> str:
    return ""


def _close_address(_renderer: object, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    """The whole address, to be read and not to be clicked."""
    href, words = _target(tokens, index)
    return "" if words == href else f' <span class="link-host">({escape(href)})</span>'


def _mention(_renderer: object, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    """To a page that only shows: the one place of this site that a text may lead to."""
    pseudonym = tokens[index].content
    address = f"{settings.ORIGIN}{reverse('membership:show_member', args=[pseudonym])}"
    return f'<a href="{escape(address)}">@{escape(pseudonym)}</a>'


def _target(tokens: Sequence[Token], index: int) -> tuple[str, str]:
    """Where the link that closes here leads, and its words."""
    start = next(place for place in range(index - 1, -1, -1) if tokens[place].type == "link_open")
    words = "".join(token.content for token in tokens[start + 1 : index]).strip()
    return str(tokens[start].attrGet("href") or ""), words


def _open_cell(_renderer: object, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    """Alignment as a class, for the content policy runs no inline style."""
    token = tokens[index]
    side = str(token.attrGet("style") or "").removeprefix("text-align:")
    return f'<{token.tag} class="text-{side}">' if side in {"right", "center"} else f"<{token.tag}>"


_RULES: Final = {
    "heading_open": _open_heading,
    "heading_close": _close_heading,
    "table_open": _open_table,
    "table_close": _close_table,
    "link_close": _close_link,
    "th_open": _open_cell,
    "td_open": _open_cell,
    "mention": _mention,
}


_ADDRESSES: Final = {"link_open": _open_address, "link_close": _close_address}


def _parser(*, tables: bool, links: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20})
    parser.enable(["table", "strikethrough"] if tables else ["strikethrough"]).disable("image")
    parser.validateLink = _is_link  # type: ignore[method-assign] # markdown-it's documented way to narrow links
    parser.inline.ruler.push("mention", read_mention)
    for rule, render in (_RULES if links else _RULES | _ADDRESSES).items():
        parser.add_render_rule(rule, render)
    return parser


_PARSERS: Final = {(tables, links): _parser(tables=tables, links=links) for tables in (True, False) for links in (True, False)}
