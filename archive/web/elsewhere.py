"""What was asked for lives at another address: told by raising, answered as a redirect with the same question."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

__all__ = ["Elsewhere", "led_there"]


class Elsewhere(Exception):
    """It lives at `path`: for good where an id retired, else for now, as where only an id's beginning was given."""

    def __init__(self, path: str, *, for_good: bool) -> None:
        super().__init__(path)
        self.path = path
        self.for_good = for_good


def led_there(request: Request, error: Exception) -> Response:
    """The redirect."""
    assert isinstance(error, Elsewhere)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(error.path + query, 308 if error.for_good else 307)
