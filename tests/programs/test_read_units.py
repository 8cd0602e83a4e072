"""The samples for systemd: one account for a side, and nothing of it open to the accounts of the others."""

from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


def settings_of(unit: Path) -> dict[str, str]:
    lines = [line for line in unit.read_text(encoding="utf-8").splitlines() if "=" in line and not line.startswith("#")]
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


def test_there_are_units() -> None:
    assert {"curbside@.service", "curbside-work@.service"} <= {unit.name for unit in UNITS}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_as_its_side_and_sees_no_other(unit: Path) -> None:
    found = settings_of(unit)
    side = found["User"].removeprefix("curbside-")
    assert side in {"%i", "named", "anonymous", "wallet"}
    assert found["EnvironmentFile"] == f"/etc/curbside/{side}.env"
    assert found["StateDirectory"] == f"curbside/{side}"
    assert (found["UMask"], found["StateDirectoryMode"]) == ("0027", "0750")
    assert "ReadWritePaths" not in found, "it would open the folders of every side"


def test_serving_and_working_of_a_side_share_its_account_and_folder() -> None:
    serve, work = settings_of(DEPLOY / "curbside@.service"), settings_of(DEPLOY / "curbside-work@.service")
    same = ("User", "Group", "UMask", "EnvironmentFile", "StateDirectory", "StateDirectoryMode")
    assert [serve[name] for name in same] == [work[name] for name in same]
    assert (serve["ExecStart"].split()[1:], work["ExecStart"].split()[1:]) == (["serve", "%i"], ["work", "%i"])
