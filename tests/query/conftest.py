"""A small archive of invented documents, written as rows, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from archive.store.engine import open_engine
from tests.conftest import a_postgres_database
from tests.query.rows import fill


def _filled(url: str) -> Engine:
    engine = open_engine(url)
    with engine.begin() as connection:
        fill(connection)
    return engine


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def filled_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The archive that `tests.query.rows` describes, once for all tests on a database."""
    if request.param == "sqlite":
        engine = _filled(f"sqlite:///{tmp_path_factory.mktemp('rows') / 'archive.db'}")
        yield engine
        engine.dispose()
        return
    with a_postgres_database() as url:
        engine = _filled(url)
        yield engine
        engine.dispose()


@pytest.fixture
def connection(filled_engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction of the test's own, which is rolled back after it."""
    with filled_engine.connect() as connection:
        yield connection
        connection.rollback()
