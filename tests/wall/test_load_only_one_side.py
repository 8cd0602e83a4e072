"""Neither site's process loads, or needs, anything of the other."""

import shutil
from pathlib import Path

import pytest

from tests.wall.sites import OTHER, SITES, SOURCE, run_site

BOOT = """
import sys, django
django.setup()
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import get_commands, load_command_class
from django.urls import get_resolver
WSGIHandler()
assert get_resolver().namespace_dict
for command, app in get_commands().items():
    if app.startswith("curbside"):
        load_command_class(app, command)
print("\\n".join(sorted(sys.modules)))
"""

CHECK = """
import django
django.setup()
from django.core.management import call_command
call_command("check", fail_level="WARNING")
"""


@pytest.mark.parametrize("site", SITES)
def test_booted_site_holds_no_module_of_the_other(site: str) -> None:
    done = run_site(site, BOOT)
    assert done.returncode == 0, done.stderr
    loaded = done.stdout.split()
    assert f"curbside.{site}.urls" in loaded
    assert [module for module in loaded if module.startswith(f"curbside.{OTHER[site]}")] == []


@pytest.mark.parametrize("site", SITES)
def test_site_passes_its_checks_with_the_other_deleted(site: str, tmp_path: Path) -> None:
    shutil.copytree(SOURCE, tmp_path / "curbside", ignore=shutil.ignore_patterns(OTHER[site], "__pycache__"))
    assert not (tmp_path / "curbside" / OTHER[site]).exists()
    done = run_site(site, CHECK, source=tmp_path)
    assert done.returncode == 0, done.stderr


def test_boot_check_would_notice_a_load_of_the_other_side() -> None:
    done = run_site("anonymous", "import curbside.named\n" + BOOT)
    assert "curbside.named" in done.stdout.split()
