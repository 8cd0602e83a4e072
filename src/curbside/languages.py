"""Compiles the translations: .po files, as translators write them, into the .mo files that Django reads.

Three catalogues, so that neither side carries the other's words: `kit/`, `named/` and `anonymous/`, each with its `locale/`.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parent
CATALOGUES: Final = ("kit", "named", "anonymous")
LANGUAGES: Final = ("es", "fr", "de", "it")
"""Beside English, which the program is written in."""


def catalogue_files() -> Iterator[Path]:
    """Every .po file there is; a side whose folder is not there has none."""
    for catalogue in CATALOGUES:
        yield from sorted((PACKAGE / catalogue / "locale").glob("*/LC_MESSAGES/django.po"))


def compile_catalogue(source: Path) -> Path:
    """Write the .mo beside a .po, without what is marked fuzzy; gives its path."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=source.parents[1].name)
    target = source.with_suffix(".mo")
    with target.open("wb") as stream:
        write_mo(stream, catalogue)
    return target


def compile_command(arguments: list[str]) -> int:
    """``curbside languages compile``."""
    argparse.ArgumentParser(prog="curbside languages compile", description="Compile the translations for the pages.").parse_args(arguments)
    for source in catalogue_files():
        compile_catalogue(source)
    return 0
