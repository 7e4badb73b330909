"""JSON Schemas of dataclasses, as OpenAPI 3.1 has them: what is answered and what is documented are one definition."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

__all__ = ["Schemas"]

Schema = dict[str, Any]
_PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    Any: {},
}


class Schemas:
    """The schemas of some dataclasses and of all that they hold, by name; each is closed and its fields are there."""

    def __init__(self) -> None:
        self.components: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        """The schema of a type. Raises TypeError for one that JSON, or this document, has no word for."""
        if kind in _PLAIN:
            return dict(_PLAIN[kind])
        origin, arguments = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            return _either([self.of(each) for each in arguments if each is not types.NoneType])
        if origin is list:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is tuple:
            parts = [self.of(each) for each in arguments]
            return {"type": "array", "prefixItems": parts, "items": False, "minItems": len(parts)}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        if origin is Literal:
            return {"type": "string", "enum": list(arguments)}
        if not dataclasses.is_dataclass(kind):
            raise TypeError(f"no schema is known for {kind!r}")
        return self._named(kind)

    def _named(self, kind: Any) -> Schema:
        name = kind.__name__
        if name not in self.components:
            self.components[name] = {}  # in place before its fields are looked at: they may hold it again
            hints = _hints(kind)
            properties = {field.name: self.of(hints[field.name]) for field in dataclasses.fields(kind)}
            self.components[name] = {
                "type": "object",
                "description": " ".join((kind.__doc__ or "").split()),
                "properties": properties,
                "required": list(properties),
                "additionalProperties": False,
            }
        return {"$ref": f"#/components/schemas/{name}"}


def _either(kinds: list[Schema]) -> Schema:
    """One of these, or null: what else dataclasses of this project unite."""
    (kind,) = kinds
    if "$ref" in kind:
        return {"anyOf": [kind, {"type": "null"}]}
    if "enum" in kind:
        return {"enum": [*kind["enum"], None]}
    return {**kind, "type": [kind["type"], "null"]} if kind else {}


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
