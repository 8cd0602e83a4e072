"""A posted case and its comments, searched for in every byte of the database files, as a thief of the disk would."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from curbside.anonymous.cases.models import Case
from curbside.anonymous.membership.models import Member
from tests.anonymous.cases.cast import TEXT, a_comment, case_form

ROOT = Path(settings.BASE_DIR).parents[2]
STORY = """
from tests.anonymous.cases.cast import a_case, a_comment, browser_of, case_form, make_member, page_of
from curbside.anonymous.cases.models import Case
author, other = make_member("quiet-heron-41"), make_member("brave-otter-12")
form = case_form(title="Zanzibar title", story="Zanzibar story", question="Zanzibar question")
assert browser_of(author).post("/cases/new/", form).status_code == 302
case = Case.objects.get()
comment = a_comment(case, other, "Zanzibar comment")
assert "Zanzibar story" in browser_of(other).get(page_of(case)).content.decode()
"""


@pytest.mark.django_db(databases=["default", "ring"])
def test_no_column_of_any_table_holds_a_word_of_a_case(as_author: Client, other: Member) -> None:
    as_author.post("/cases/new/", case_form())
    a_comment(Case.objects.get(), other)
    for alias in ("default", "ring"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                held = repr([[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in cursor.fetchall()])
                for word in ("suxamethonium", "twitch", "whole family", "Dibucaine", TEXT.title):
                    assert word not in held


def test_no_byte_of_the_files_holds_a_word_of_a_case(tmp_path: Path) -> None:
    run = {name: value for name, value in os.environ.items() if not name.startswith("CURBSIDE_")}
    run |= {"CURBSIDE_MODE": "demo", "CURBSIDE_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "curbside.anonymous.settings"}
    _python(run, "-m", "curbside", "keys", "make")
    _python(run, "-m", "curbside", "migrate", "anonymous")
    storage = "django.contrib.staticfiles.storage.StaticFilesStorage"
    plain_pages = f"from django.conf import settings; settings.STORAGES['staticfiles']['BACKEND'] = '{storage}'"
    killed_at_once = "import os; os._exit(0)"  # so that SQLite leaves its write-ahead log behind
    _python(run, "-W", "ignore", "-c", f"{plain_pages}\nimport django; django.setup()\n{STORY}\n{killed_at_once}")
    files = [file for file in (tmp_path / "anonymous").rglob("*") if file.is_file() and file.parent.name != "keys"]
    assert {file.name for file in files} >= {"anonymous.sqlite3", "anonymous.sqlite3-wal", "ring.sqlite3", "ring.sqlite3-wal"}
    held = b"".join(file.read_bytes() for file in files)
    assert b"quiet-heron-41" in held, "the search must be able to find what is in clear"
    for word in ("Zanzibar", "zanzibar"):
        assert word.encode() not in held
        assert word.encode("utf-16-le") not in held


def _python(run: Mapping[str, str], *arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=dict(run), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
