"""Members' Markdown: what it becomes, and that nothing hostile comes through."""

import html
import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from curbside.anonymous.cases.documents import LONGEST_STORY
from curbside.anonymous.discussion.markdown import first_line, render_markdown

ELEMENTS = {
    "p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span", "div",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}, "span": {"class"}, "div": {"class"}, "th": {"class"}, "td": {"class"}}

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](java&#x09;script:alert(1))",
    "[x](&#106;&#97;&#118;&#97;script:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](/sign-out/)",
    "[x](//evil.example/)",
    "[x](?next=1)",
    "[x](http:///sign-out/)",
    "[x](\\\\evil.example)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x](<javascript:alert(1)>)",
    '[x](https://a.example "onmouseover=\'alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "![x](https://tracker.example/pixel.png)",
    "![x](javascript:alert(1))",
    "[![x](https://tracker.example/pixel.png)](https://a.example)",
    "`<script>alert(1)</script>`",
    "```<script>\nalert(1)\n```",
    '``` "><script>alert(1)</script>\nx\n```',
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    '|a|\n|:-" style="x|\n|b|',
    "<div hx-get='/sign-out/' hx-trigger='load'></div>",
    "<form action=/membership/leave/ method=post><input type=submit>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "# <script>alert(1)</script>",
    "<x onclick=alert(1)>",
    "<https://a.example/<script>>",
    "<\u0000script>alert(1)</script>",
    "[x](https://a.example/\u0000javascript:alert(1))",
    "[x](http://[::1)",
    "[x](http://user:pass@evil.example@good.example/)",
    "\u2028<script>alert(1)</script>",
]


class Walk(HTMLParser):
    """Holds every element and attribute to the list above."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS
        assert {name for name, _value in attrs} <= ATTRIBUTES.get(tag, set())
        values = dict(attrs)
        if tag == "a":
            self._see_link(values)
        if "class" in values:
            assert values["class"] in {"overflow-x-auto", "link-host", "text-right", "text-center", ""}

    def _see_link(self, values: dict[str, str | None]) -> None:
        assert values["rel"] == "noopener noreferrer nofollow"
        if "href" in values:
            href = values["href"] or ""
            assert urlsplit(href).scheme in {"http", "https", "mailto"}
            assert urlsplit(href).netloc or href.startswith("mailto:")
            self.links.append(href)

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment came through: {data}")

    def handle_decl(self, decl: str) -> None:
        pytest.fail(f"a declaration came through: {decl}")

    def handle_pi(self, data: str) -> None:
        pytest.fail(f"an instruction came through: {data}")


def walk(text: str) -> list[str]:
    walker = Walk()
    walker.feed(render_markdown(text))
    walker.close()
    return walker.links


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_comes_through(text: str) -> None:
    walk(text)


@effort(max_examples=300, deadline=None)
@given(st.text(max_size=400))
@example("".join(HOSTILE))
def test_no_text_at_all_makes_an_element_that_is_not_allowed(text: str) -> None:
    walk(text)


@effort(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<",
                ">",
                "[",
                "](",
                ")",
                "![",
                "`",
                "```",
                "*",
                "_",
                "~~",
                "|",
                "\n",
                "\n\n",
                "> ",
                "- ",
                "1. ",
                "    ",
                "\t",
                "&#",
                ";",
                '"',
                "'",
                "javascript:",
                "data:",
                "https://a.example",
                "script",
                "img",
                "svg",
                " onerror=",
                "hx-get=",
                "\\",
                "#",
                "<!--",
                "-->",
                "|-|",
                "x",
            ]
        ),
        max_size=60,
    ).map("".join)
)
def test_no_mixture_of_markdown_and_html_makes_one_either(text: str) -> None:
    walk(text)


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "*a ",
        "_*",
        "`a``",
        "> ",
        "- ",
        "[a](",
        "]((",
        "<",
        "&",
        "a**b",
        "~~a",
        "|",
        "1. ",
        "[]()",
        "\\",
        "<http:",
        "a|b\n-|-\n",
        "#",
        "\t",
        "[a](http://b) ",
        "[x]: y\n",
        "a\n",
        "\u0301",
        "\U0001d54f",
    ],
)
def test_the_longest_hostile_text_is_rendered_in_bounded_time(piece: str) -> None:
    text = (piece * LONGEST_STORY)[:LONGEST_STORY]
    started = time.process_time()
    walk(text)
    assert time.process_time() - started < 3


def test_a_short_text_does_not_grow_into_a_table_of_many_cells() -> None:
    columns = 60
    text = f"|{'a|' * columns}\n|{'-|' * columns}\n" + "x\n" * 2_000
    started = time.process_time()
    made = render_markdown(text)
    assert len(made) < 4 * len(text)
    assert time.process_time() - started < 0.3


def test_a_table_of_a_long_course_is_still_one() -> None:
    made = render_markdown("|day|K|Na|CRP|\n|-|-|-|-|\n" + "|1|2.5|140|12|\n" * 300)
    assert made.count("<tr>") == 301


def test_deep_nesting_ends() -> None:
    for text in (">" * LONGEST_STORY + "x", "".join(f"{'  ' * depth}- x\n" for depth in range(140)), "[" * 9000 + "]" * 9000):
        walk(text)
        assert render_markdown(text).count("<blockquote>") <= 20


def test_a_link_says_where_it_leads() -> None:
    assert "evil.example" in render_markdown("[bank.example](https://evil.example/bank.example)").split("</a>")[1]
    assert "(evil.example)" in render_markdown("[x](https://bank.example@evil.example/)")
    assert "(xn--80ak6aa92e.com)" in render_markdown("[x](https://\u0430\u0440\u0440\u04cf\u0435.com/)")


def test_a_link_that_is_its_own_address_is_not_said_twice() -> None:
    assert "link-host" not in render_markdown("<https://a.example/b>")
    assert "link-host" not in render_markdown("[a.example](https://a.example/b)")


def test_markdown_that_doctors_use_works() -> None:
    text = (
        "# Course\n\n**K** 2.5, ~~2.9~~\n\n1. a\n2. b\n\n|x|y|\n|--:|:-:|\n|1|2|\n\n> said\n\n"
        "`code` [pm](https://pubmed.example/1) <mailto:a@b.example>"
    )
    made = render_markdown(text)
    for part in ("<h3>Course</h3>", "<strong>K</strong>", "<s>2.9</s>", "<ol>", '<td class="text-right">1</td>', "<blockquote>", "<code>"):
        assert part in made
    assert walk(text) == ["https://pubmed.example/1", "mailto:a@b.example"]


def test_headings_of_members_stay_below_those_of_the_page() -> None:
    assert "<h1" not in render_markdown("# a\n\n## b")
    assert render_markdown("###### a").strip() == "<h6>a</h6>"


def test_html_is_shown_as_it_was_typed() -> None:
    assert "<b>dose</b>" in html.unescape(render_markdown("<b>dose</b> & more"))


def test_the_first_line_leaves_out_signs_and_ends_at_a_word() -> None:
    assert first_line("\n\n## What now?\nmore") == "What now?"
    assert first_line("word " * 100, length=12) == "word word…"
    assert first_line("") == ""
