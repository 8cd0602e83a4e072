"""``make messages``: gathers every marked sentence of templates and Python into the catalogues. Needs GNU gettext."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from curbside.languages import CATALOGUES, LANGUAGES, PACKAGE

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


def main() -> None:
    if shutil.which("xgettext") is None:
        sys.exit("make messages needs GNU gettext (Debian: apt-get install gettext).")
    for catalogue in CATALOGUES:
        gather(PACKAGE / catalogue)


if __name__ == "__main__":
    main()
