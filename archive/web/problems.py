"""Errors for programs: problem details as RFC 9457 has them."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import orjson
from starlette.responses import Response

__all__ = ["MEDIA_TYPE", "Problem", "problem"]

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong: `title` names the HTTP status, `detail` says what happened and what to do next."""

    type: str
    title: str
    status: int
    detail: str


def problem(status: int, sentence: str, *, headers: dict[str, str] | None = None) -> Response:
    """The answer that tells a program what went wrong, in one sentence."""
    # `about:blank` says that the status tells all there is to tell apart.
    told = Problem(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=sentence)
    return Response(orjson.dumps(told), status, headers, MEDIA_TYPE)
