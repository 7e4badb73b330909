"""Operations as routes: parameters read strictly, one read-only connection, JSON with an ETag and links to pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
from sqlalchemy import Connection
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive.errors import UsageError
from archive.store.engine import renew
from archive.web import conditional
from archive.web.api.operations import BASE, Call, Operation
from archive.web.asking import asked, written
from archive.web.reading import LIMIT_SECONDS, connected, remembered

__all__ = ["route"]

MEDIA_TYPE = "application/json"
_BLANK = "".join(map(chr, (*range(0x21), *range(0x7F, 0xA1))))


def route(operation: Operation) -> Route:
    """The route of an operation."""
    return Route(BASE + operation.path, _endpoint(operation), name=f"api:{operation.name}")


def _endpoint(operation: Operation) -> Callable[[Request], Response]:
    own = {each.name: each.read for each in operation.takes if each.read}
    names = [each.name for each in operation.takes]

    def endpoint(request: Request) -> Response:
        _no_blanks(operation, request.query_params)
        said = written(request.query_params, names)
        values = {name: read(said[name]) for name, read in own.items() if name in said}
        asking = asked(QueryParams({name: value for name, value in said.items() if name not in own}))
        with connected(request) as connection:
            call = Call(
                connection=connection, path=request.path_params, asking=asking, values=values,
                remember=partial(_remember, request, connection),
            )  # fmt: skip
            found = operation.answer(call)
        return _answer(request, found)

    return endpoint


def _remember(request: Request, connection: Connection, name: str, make: Callable[[Connection], Any]) -> Any:
    """What is made, with time of its own; what is asked of the connection afterwards has its time again."""
    found = remembered(request, name, make)
    renew(connection, LIMIT_SECONDS)
    return found


def _no_blanks(operation: Operation, parameters: QueryParams) -> None:
    """UsageError for a day, number or choice without a value: a form leaves such a field blank, a program errs."""
    for each in operation.takes:
        free = each.schema["type"] == "string" and not each.schema.keys() - {"type", "maxLength"}
        if not free and not parameters.get(each.name, "-").strip(_BLANK):
            raise UsageError(f"`{each.name}` is given without a value; leave it out, or give it one")


def _answer(request: Request, found: Any) -> Response:
    body = orjson.dumps(found, option=orjson.OPT_UTC_Z)
    further = getattr(found, "next", None)
    headers = {"Link": f'<{further}>; rel="next"'} if further else {}
    return conditional.answer(request, body, MEDIA_TYPE, headers=headers)
