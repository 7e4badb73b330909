"""A small archive of invented documents, written as rows, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine

from tests.query.rows import fill


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """A connection to the archive that `tests.query.rows` describes."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        fill(connection)
        yield connection
    engine.dispose()
