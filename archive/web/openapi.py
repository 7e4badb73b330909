"""`/api/v1/openapi.json`: the OpenAPI 3.1 document of the API, made of the operations that are served."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from importlib.metadata import version
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive.web import conditional
from archive.web.api import BASE, OPERATIONS
from archive.web.api.operations import Operation
from archive.web.api.parameters import Parameter
from archive.web.problems import MEDIA_TYPE, Problem
from archive.web.schemas import Schema, Schemas

__all__ = ["document", "routes"]

_DESCRIPTION = """\
The archive of what public officials said: statements, the documents that carry them, their versions, speakers, places,
sources and removals. Read-only. Times are UTC. Ids are public ids and stay; one that retired answers 308.
Texts whose `rights` are `publisher` are never given in full, and private people are not named as speakers.
"""
_SAID = {
    "304": "the ETag of If-None-Match is still that of the answer",
    "307": "the address has another form, which Location names",
    "308": "the id retired, and Location names what took its place",
    "400": "a parameter is unknown, given twice or out of range",
    "404": "nothing has this id",
    "503": "the archive does not answer in time; Retry-After says when to ask again",
}
_TEXT = {"type": "string"}


@cache
def document() -> dict[str, Any]:
    """The document."""
    schemas = Schemas()
    problem = schemas.of(Problem)
    paths = {_path(each): {"get": _operation(each, schemas, problem)} for each in OPERATIONS}
    return {
        "openapi": "3.1.0",
        "info": {"title": "On the Record", "version": version("on-the-record"), "description": _DESCRIPTION},
        "servers": [{"url": BASE}],
        "paths": paths,
        "components": {"schemas": schemas.components},
    }


def _path(operation: Operation) -> str:
    return operation.path.replace(":path}", "}")


def _operation(operation: Operation, schemas: Schemas, problem: Schema) -> Schema:
    ids = [
        {"name": name, "in": "path", "required": True, "description": meaning, "schema": {**_TEXT, "minLength": 1}}
        for name, meaning in operation.ids.items()
    ]
    return {
        "operationId": operation.name,
        "summary": operation.title,
        "parameters": [*ids, *map(_parameter, operation.takes)],
        "responses": {"200": _answered(operation, schemas), **_otherwise(operation, problem)},
    }


def _parameter(parameter: Parameter) -> Schema:
    return {
        "name": parameter.name, "in": "query", "description": parameter.meaning, "schema": dict(parameter.schema),
    }  # fmt: skip


def _answered(operation: Operation, schemas: Schemas) -> Schema:
    headers = {"ETag": _header("names this very answer", required=True)}
    if "next" in {field.name for field in fields(operation.answers)}:
        headers["Link"] = _header('the page that follows, as rel="next"; only where one does')
    return {
        "description": " ".join((operation.answer.__doc__ or "").split()),
        "headers": headers,
        "content": {"application/json": {"schema": schemas.of(operation.answers)}},
    }


def _otherwise(operation: Operation, problem: Schema) -> dict[str, Schema]:
    """What else may be answered."""
    statuses = ["304", "400", *(["307", "308", "404"] if operation.ids else []), "503"]
    return {status: _other(status, problem) for status in statuses}


def _other(status: str, problem: Schema) -> Schema:
    said: Schema = {"description": _SAID[status]}
    if status in ("307", "308"):
        return {**said, "headers": {"Location": _header("where it is", required=True)}}
    if status == "304":
        return {**said, "headers": {"ETag": _header("names the answer", required=True)}}
    if status == "503":
        said["headers"] = {"Retry-After": _header("seconds to wait", required=True)}
    return {**said, "content": {MEDIA_TYPE: {"schema": problem}}}


def _header(meaning: str, *, required: bool = False) -> Schema:
    return {"description": meaning, "required": required, "schema": _TEXT}


def _document(request: Request) -> Response:
    return conditional.answer(request, orjson.dumps(document()), "application/json")


routes = [Route(f"{BASE}/openapi.json", _document)]
