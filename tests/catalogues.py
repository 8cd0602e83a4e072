"""``make messages``: gathers every marked sentence of templates and Python into the catalogues. Needs GNU gettext."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import django
from django.utils.translation import override

from curbside.kit.specialties import SPECIALTIES
from curbside.languages import CATALOGUES, LANGUAGES, PACKAGE, catalogue_files, compile_catalogue

HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural={plural};\\n"
"""
PLURALS = {"fr": "(n > 1)"}
ANY_OTHER = "(n != 1)"
IDLE_LINES = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Project-Id-Version): .*\n', re.MULTILINE
)


def gather(folder: Path, languages: tuple[str, ...] = LANGUAGES) -> None:
    """Bring the catalogues below a package's folder up to date with its sentences."""
    for language in languages:
        file = catalogue_of(folder, language)
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(HEADER.format(language=language, plural=PLURALS.get(language, ANY_OTHER)), encoding="utf-8")
    wanted = [argument for language in languages for argument in ("-l", language)]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", *wanted, "--no-obsolete", "--add-location", "file", "--no-wrap", "-v", "0"]
    subprocess.run(command, cwd=folder, env=environment, check=True)
    for language in languages:
        file = catalogue_of(folder, language)
        file.write_text(IDLE_LINES.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")


def catalogue_of(folder: Path, language: str) -> Path:
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


WALLET_SPECIALTIES = PACKAGE.parents[1] / "frontend/wallet/src/specialties.json"


def specialties_for_wallet() -> str:
    """The specialties' labels in every language, as the wallet's build reads them: `{language: {slug: label}}`."""
    labels = {}
    for language in ("en", *LANGUAGES):
        with override(language):
            labels[language] = {slug: str(label) for slug, label in SPECIALTIES.items()}
    return json.dumps(labels, ensure_ascii=False, indent=1) + "\n"


def write_for_wallet() -> None:
    """Needs Django with the catalogues compiled anew, so it runs as the last step and in a site's settings."""
    for source in catalogue_files():
        compile_catalogue(source)
    os.environ.setdefault("CURBSIDE_MODE", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "curbside.anonymous.settings")
    django.setup()
    WALLET_SPECIALTIES.write_text(specialties_for_wallet(), encoding="utf-8")


def main() -> None:
    if shutil.which("xgettext") is None:
        sys.exit("make messages needs GNU gettext (Debian: apt-get install gettext).")
    for catalogue in CATALOGUES:
        gather(PACKAGE / catalogue)
    write_for_wallet()


if __name__ == "__main__":
    main()
