"""`/api/v1`: the archive as JSON, for programs. Every operation is one entry in OPERATIONS.

The routes and the OpenAPI document are made of the same entries, and the schemas of the very dataclasses that are
answered, so that neither can say what the other does not do.
"""

from archive.web.api import overview, people, reading, search
from archive.web.api.operations import BASE, Operation
from archive.web.api.serving import route

__all__ = ["BASE", "OPERATIONS", "routes"]

OPERATIONS: tuple[Operation, ...] = (
    *search.operations, *reading.operations, *people.operations, *overview.operations,
)  # fmt: skip
routes = [route(operation) for operation in OPERATIONS]
