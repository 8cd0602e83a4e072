"""Both engines: every test here runs on SQLite files and on a PostgreSQL server of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import server
from tests.restore.town import Town


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with server() as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def engine(request: pytest.FixtureRequest) -> str | None:
    """The server's folder, or None for SQLite."""
    return request.getfixturevalue("postgres_server") if request.param == "postgresql" else None


@pytest.fixture(scope="session")
def styles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both sites' gathered files, once for all tests: nothing writes there."""
    folder = tmp_path_factory.mktemp("styles")
    for site in ("named", "anonymous"):
        Town.collect(site, folder)
    return folder


@pytest.fixture(scope="module")
def town(engine: str | None, styles: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One for the tests of a module, which follow each other on it: each leaves it so that it serves on."""
    made = Town(tmp_path_factory.mktemp("town"), engine, styles)
    made.settle_in()
    yield made
    made.stop()
