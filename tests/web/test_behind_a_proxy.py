"""Behind a proxy that speaks https: where the page leads people who wrote an address a little wrong."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.web.alder import alder as alder
from tests.web.serving import reader, serving

PUBLIC = "archive.example.org"


@pytest.fixture(scope="module")
def client(alder: str) -> Iterator[httpx.Client]:
    """A client of the page that is known as https."""
    with serving(alder, public_url=f"https://{PUBLIC}") as address, reader(address) as client:
        yield client


def test_a_slash_too_many_leads_to_https(client: httpx.Client) -> None:
    """By the public host to its scheme, by any other to the one that was asked."""
    found = client.get("/search/?q=gate", headers={"Host": PUBLIC})
    assert (found.status_code, found.headers["location"]) == (307, f"https://{PUBLIC}/search?q=gate")
    assert client.get("/search/").headers["location"].startswith("http://127.0.0.1:")
