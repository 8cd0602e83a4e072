"""A language that has catalogues has every sentence, none of them a guess, each with its placeholders; and templates mark their words."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.template.base import Lexer, TokenType

from curbside.languages import CATALOGUES, LANGUAGES, PACKAGE
from tests.catalogues import WALLET_SPECIALTIES, catalogue_of, gather, specialties_for_wallet

BEGUN = [language for language in LANGUAGES if any(catalogue_of(PACKAGE / name, language).exists() for name in CATALOGUES)]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|%%")
TEMPLATES = sorted(PACKAGE.rglob("*.html"))
READ_ALOUD = {"title", "aria-label", "placeholder", "alt", "aria-description", "aria-roledescription"}
SAME_IN_EVERY_LANGUAGE = {"Curbside", "UTC", "ICD-10-CM", "PMID", "DOI", "Enter", "Esc", "curbside"}
NOT_READ = {"main_class", "site", "icon", "touch_icon"}
"""Blocks that hold a class or an address."""
TEXT_ATTRIBUTES = re.compile(r"^data-(say|label)-")


def read(file: Path) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream)


def sentences(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Catalog]:
    """Every sentence that the sources mark today."""
    if shutil.which("xgettext") is None:
        pytest.fail("GNU gettext was not found. Install it (Debian: apt-get install gettext).")
    found = {}
    for name in CATALOGUES:
        folder = tmp_path_factory.mktemp(name) / name
        shutil.copytree(PACKAGE / name, folder, ignore=shutil.ignore_patterns("locale", "*.pyc", "*.json", "*.tsv", "*.jsonl", "*.csv"))
        gather(folder, ("es",))
        found[name] = read(catalogue_of(folder, "es"))
    return found


@pytest.mark.parametrize("name", CATALOGUES)
def test_the_sources_hold_sentences(name: str, gathered: dict[str, Catalog]) -> None:
    assert len(gathered[name]) > 40


@pytest.mark.parametrize("name", CATALOGUES)
@pytest.mark.parametrize("language", BEGUN)
def test_a_language_has_every_sentence(language: str, name: str, gathered: dict[str, Catalog]) -> None:
    """`make messages` brings the catalogues up to date; then translate what is empty (docs/translating.md)."""
    catalogue = read(catalogue_of(PACKAGE / name, language))
    missing = []
    for wanted in gathered[name]:
        held = catalogue.get(wanted.id, context=wanted.context)
        if wanted.id and (held is None or held.fuzzy or not all(translations(held))):
            missing.append(sentences(wanted)[0])
    assert missing == []


@pytest.mark.parametrize("name", CATALOGUES)
@pytest.mark.parametrize("language", BEGUN)
def test_a_translation_keeps_every_placeholder(language: str, name: str) -> None:
    wrong = []
    for message in read(catalogue_of(PACKAGE / name, language)):
        wanted = {frozenset(PLACEHOLDER.findall(sentence)) for sentence in sentences(message)}
        given = {frozenset(PLACEHOLDER.findall(sentence)) for sentence in translations(message) if sentence}
        if message.id and not given <= wanted:
            wrong.append(f"{sentences(message)[0]}: {translations(message)}")
    assert wrong == []


def bare_html(file: Path) -> str:
    """The template with its tags gone, and what they translate."""
    kept, inside, quiet = [], False, False
    for token in Lexer(file.read_text(encoding="utf-8")).tokenize():
        word = token.contents.split()[0] if token.contents.split() else ""
        if token.token_type == TokenType.BLOCK and word in {"blocktranslate", "comment"}:
            inside = True
        elif token.token_type == TokenType.BLOCK and word in {"endblocktranslate", "endcomment"}:
            inside = False
        elif token.token_type == TokenType.BLOCK and word in {"block", "endblock"}:
            quiet = word == "block" and token.contents.split()[1] in NOT_READ
        elif token.token_type == TokenType.TEXT and not inside and not quiet:
            kept.append(token.contents)
    html = "".join(kept)
    return f"<i {html}>" if file.name.endswith("_sentences.html") else html


class Words(HTMLParser):
    """Gathers what people read: text, and attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._quiet += tag in {"kbd", "code", "script", "style"}
        self.found += [value for name, value in attrs if value and (name in READ_ALOUD or TEXT_ATTRIBUTES.match(name))]

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in {"kbd", "code", "script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.found.append(data)


def unmarked(html: str) -> list[str]:
    words = Words()
    words.feed(html)
    runs = [" ".join(text.split()) for text in words.found]
    return [
        run for run in runs if set(re.findall(r"[^\W\d_]{2,}[\w-]*", run)) - SAME_IN_EVERY_LANGUAGE and run not in SAME_IN_EVERY_LANGUAGE
    ]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_template_marks_its_words(file: Path) -> None:
    assert unmarked(bare_html(file)) == []


def test_unmarked_words_are_seen() -> None:
    assert unmarked("<p>Hello there</p><a title='Go'><kbd>Esc</kbd> · 12 %</a>") == ["Hello there", "Go"]


def test_the_wallet_names_specialties_as_the_sites_do() -> None:
    assert WALLET_SPECIALTIES.read_text(encoding="utf-8") == specialties_for_wallet()
