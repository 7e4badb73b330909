"""CSV downloads: complete or marked as cut, safe in a spreadsheet, the same rows as the search."""

from __future__ import annotations

import csv
import io
from dataclasses import fields

import httpx
import pytest

from archive.web import tables
from archive.web.api.records import DocumentHitRecord, StatementRecord
from tests.web.alder import BULLETIN, COMPLAINT, NEIGHBOR, SHEET
from tests.web.alder import alder as alder
from tests.web.alder import client as client
from tests.web.alder import served as served

PLACE = "/place/ocd-division/country:us/state:nd"


def rows(client: httpx.Client, path: str) -> list[dict[str, str]]:
    """A table as Python reads it."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8; header=present")
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


@pytest.mark.parametrize("asked", ["", "?q=gate", "?q=gate&speaker=okafor", "?source=xx-plains-paper", "?q=nothing"])
def test_a_table_has_the_rows_of_the_search(client: httpx.Client, asked: str) -> None:
    """The statements of the JSON, in its order, with its fields as columns and an address for each."""
    found = client.get(f"/api/v1/statements{asked}").json()["items"]
    told = rows(client, f"/search.csv{asked}")
    assert [each["statement"] for each in told] == [each["statement"] for each in found]
    for row, record in zip(told, found, strict=True):
        assert list(row) == [*(field.name for field in fields(StatementRecord)), "address"]
        assert (row["rights"], row["first_date"], row["stories"]) == (
            record["rights"], record["first_date"], str(record["stories"]),
        )  # fmt: skip
        assert client.get(row["address"]).status_code == 200


def test_a_table_of_documents(client: httpx.Client) -> None:
    """With `in=documents`; a speaker is asked of statements only."""
    told = rows(client, "/search.csv?in=documents&q=library")
    assert [(row["title"], row["removal_state"]) for row in told] == [(BULLETIN, "confirmed")]
    assert list(told[0]) == [*(field.name for field in fields(DocumentHitRecord)), "address"]
    answer = client.get("/search.csv?in=documents&speaker=okafor")
    assert (answer.status_code, "are of statements" in answer.text) == (400, True)


def test_no_spreadsheet_runs_a_cell(client: httpx.Client) -> None:
    """What begins like a formula has an apostrophe in front, as in exports."""
    (row,) = rows(client, "/search.csv?q=%22costs+the+people%22")
    assert row["words"] == f"'{SHEET}"
    for each in rows(client, "/search.csv"):
        assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in each.values())


def test_a_speakers_and_a_places_table(client: httpx.Client) -> None:
    """By the id, by the division with those within it; private people have no table of their own and no name."""
    (said,) = client.get("/api/v1/statements?q=stuck").json()["items"]
    assert len(rows(client, f"/speaker/{said['speaker_id']}.csv")) == 3
    assert len(rows(client, f"{PLACE}.csv")) == len(rows(client, f"{PLACE}/place:alder.csv")) == 3
    assert len(rows(client, f"{PLACE}/place:alder.csv?q=stuck")) == 1
    (neighbor,) = rows(client, "/search.csv?q=cellar")
    assert neighbor["words"] == COMPLAINT
    assert neighbor["speaker"] == f"private person {neighbor['speaker_id'][:8]}"
    assert NEIGHBOR not in client.get("/search.csv").text
    assert client.get(f"/speaker/{neighbor['speaker_id']}.csv").status_code == 404


def test_a_long_table_is_cut_and_says_so(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the name of the file and in a last row; one that fits exactly is not."""
    monkeypatch.setattr(tables, "BATCH", 1)
    for most, is_cut in ((2, True), (4, False), (9, False)):
        monkeypatch.setattr(tables, "MOST_ROWS", most)
        told = rows(client, "/search.csv")
        assert len(told) == (most + 1 if is_cut else 4)
        assert told[-1]["statement"].startswith("CUT HERE") is is_cut
        name = client.get("/search.csv").headers["content-disposition"]
        assert (f"-first-{most}.csv" in name) is is_cut


def test_a_table_is_not_sent_again(client: httpx.Client) -> None:
    """304 by the ETag of its bytes."""
    first = client.get("/search.csv")
    assert int(first.headers["content-length"]) == len(first.content)
    again = client.get("/search.csv", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_table_larger_than_memory_is_whole(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit in memory waits on disk."""
    whole = client.get("/search.csv").content
    monkeypatch.setattr(tables, "IN_MEMORY", 10)
    assert client.get("/search.csv").content == whole
