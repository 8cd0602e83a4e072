"""Every address of both sites that shows a page, to whoever may do the most: axe, sideways scrolling, the policy, the console, targets."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.browser.conftest import ROOT, Installation
from tests.browser.person import Person

LOOKS = ((360, False), (1280, True))
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, summary, select, input:not([type=hidden])")]
  .filter((each) => !each.closest("p, li, dd, td, .sr-only, [hidden]"))
  .filter((each) => !each.matches(".sr-only, .skip-link, [type=radio], [type=checkbox]"))
  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 24)
  .map((each) => each.outerHTML.slice(0, 120))"""


def every_page(installation: Installation, site: str) -> dict[str, dict[str, str]]:
    environment = {**installation.settings, "DJANGO_SETTINGS_MODULE": f"curbside.{site}.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.every_page"], env=environment, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("site", ["named", "anonymous"])
def test_every_page_can_be_used_by_everyone(site: str, installation: Installation, person: Callable[..., Person]) -> None:
    origin = {"named": installation.directory, "anonymous": installation.community}[site]
    walk = every_page(installation, site)
    assert len(walk["pages"]) > 10
    for width, dark in LOOKS:
        reader = person(width, dark=dark)
        reader.context.add_cookies([{**walk["cookie"], "url": origin}])  # type: ignore[typeddict-item] # a name and a value
        for name, address in walk["pages"].items():
            reader.page.goto(f"{origin}{address}")
            reader.look(f"walk-{name.replace(':', '-')}")
            reader.troubles += [f"{address} small target {found}" for found in reader.page.evaluate(SMALL_TARGETS)]
