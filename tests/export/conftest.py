"""The invented archive of the query tests, on both databases."""

from tests.query.conftest import connection

__all__ = ["connection"]
