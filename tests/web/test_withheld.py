"""What is not shown: of a publisher's whole statement all but its beginning, of what was taken out everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from archive import Archive
from tests.store.speaking import HALL, ROSTER, add_pages, page
from tests.web.asked import address_of, read
from tests.web.serving import reader, serving

SAID = "The library of Alder opens at ten on Sunday. " + " ".join(
    f"We looked after shelf{number} of the old books and after everybody who reads them." for number in range(20)
)
TEXT = f"Mayor Ruth Okafor of Alder, N.D. today issued the following statement:\n\n{SAID}"
EDITED = TEXT.replace("ten", "nine")
SECRET = "shelf12"


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """A client of the page of a city hall that keeps its rights, and edited a release that quotes nobody."""
    monkeypatch.setenv("ARCHIVE_ROSTER", str(ROSTER))
    url = f"sqlite:///{tmp_path / 'archive.db'}"
    hall = replace(HALL, rights="publisher")
    with Archive.open(url) as archive:
        add_pages(archive, [page(hall, "/library", TEXT), page(hall, "/library", EDITED, 3)])
    with serving(url) as address, reader(address) as client:
        yield client


def test_a_changed_release_is_told_by_its_beginning(client: httpx.Client) -> None:
    """On the statement's page, as JSON, in a feed."""
    path = address_of(client, "The library of Alder opens")
    for each in (path, path.replace("/statement/", "/api/v1/statements/"), "/search.atom", "/search.csv"):
        found = client.get(each)
        assert found.status_code == 200
        assert "nine" in found.text, each
        assert SECRET not in found.text, each


def test_what_was_taken_out_is_not_called_the_same(client: httpx.Client, tmp_path: Path) -> None:
    """Two versions without their texts cannot be compared, and the page and the API say so."""
    found = client.get("/api/v1/documents").json()["items"][0]["document"]
    with Archive.open(f"sqlite:///{tmp_path / 'archive.db'}") as archive:
        archive.redact(found, reason="asked for", by="a test")
    told = read(client, f"/document/{found}/diff").text
    assert "there is nothing to compare" in told
    assert "is the same" not in told
    diff = client.get(f"/api/v1/documents/{found}/diff").json()
    assert (diff["changes"], diff["is_whole"], diff["new"]["text_status"]) == ([], False, "redacted")
