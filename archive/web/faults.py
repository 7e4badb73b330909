"""What a person reads when something goes wrong, with the HTTP status that belongs to it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from archive.errors import StorageError, TookTooLong, UnknownRecord, UnknownSource, UsageError
from archive.web.elsewhere import Elsewhere, led_there
from archive.web.problems import problem
from archive.web.rendering import page

__all__ = ["HANDLERS", "MACHINES", "told"]

logger = logging.getLogger(__name__)
# Paths of these endings are read by programs: an error there is a line of text.
MACHINES = (".csv", ".atom", ".css", ".js", ".txt")


def told(request: Request, status: int, sentence: str, *, wait_seconds: int | None = None) -> Response:
    """An error in the form in which the address would have answered; `wait_seconds` says when to ask again."""
    answer = _told(request, status, sentence)
    if wait_seconds is not None:
        answer.headers["Retry-After"] = str(wait_seconds)
    return answer


def _told(request: Request, status: int, sentence: str) -> Response:
    path = request.url.path
    if path.startswith("/api/"):
        return problem(status, sentence)
    if path.endswith(MACHINES):
        return PlainTextResponse(sentence + "\n", status)
    return page(request, "fault.html", status=status, title=HTTPStatus(status).phrase, sentence=sentence)


def _unknown(request: Request, error: Exception) -> Response:
    return told(request, 404, _capital(str(error)))


def _wrong(request: Request, error: Exception) -> Response:
    return told(request, 400, _capital(str(error)))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return told(request, 404, "There is no page at this address.")
    return told(request, error.status_code, _capital(error.detail))


def _storage(request: Request, error: Exception) -> Response:
    logger.error("%s", error)
    return told(request, 503, "The database does not answer just now; try again in a minute.", wait_seconds=60)


def _slow(request: Request, error: Exception) -> Response:
    return told(request, 503, _capital(str(error)), wait_seconds=10)


def _fault(request: Request, error: Exception) -> Response:
    return told(request, 500, "A fault of this program; whoever runs this page finds it in the log.")


def _capital(sentence: str) -> str:
    first = sentence.partition(" ")[0]
    # An id stays as it is written.
    begins = first if any(sign.isdigit() for sign in first) else f"{first[:1].upper()}{first[1:]}"
    return f"{begins}{sentence[len(first) :]}{'' if sentence.endswith(('.', '?', '!')) else '.'}"


HANDLERS: dict[Any, Callable[[Request, Exception], Response]] = {
    Elsewhere: led_there,
    UnknownRecord: _unknown,
    UnknownSource: _unknown,
    TookTooLong: _slow,
    UsageError: _wrong,
    StorageError: _storage,
    HTTPException: _http,
    Exception: _fault,
}
