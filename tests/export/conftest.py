"""The invented archive of the query tests, on both databases."""

from tests.query.conftest import connection, filled_engine

__all__ = ["connection", "filled_engine"]
