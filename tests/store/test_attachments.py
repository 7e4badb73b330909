"""Releases whose body is a PDF: its text, its edits and its address belong to the release, and it is no document."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from archive.records import Capture, RequestRole
from tests.pdfs import pdf
from tests.store.archives import InThisProcess, add, answer, derived_rows, page, prose

FILE = (("Content-Type", "application/pdf"),)
FIRST, SECOND = prose(1), prose(2)


def release(*, day: float, path: str = "/news/a", file: str = "/files/a.pdf", words: str = "Read it here:") -> Capture:
    body = f'<main><article><h1>Mayor opens the bridge</h1><p>{words} <a href="{file}">Release (PDF)</a></p>'
    menu = '<nav><a href="/files/budget.pdf">Budget</a></nav>'
    payload = (
        f"<html><head><title>Mayor opens the bridge</title></head><body>{menu}{body}</article></main></body></html>"
    )
    return answer(path, day=day, payload=payload.encode())


def file(text: str, *, day: float, path: str = "/files/a.pdf", role: RequestRole = RequestRole.ATTACHMENT) -> Capture:
    return answer(path, day=day, payload=pdf("Mayor opens the bridge", text), headers=FILE, role=role)


@pytest.fixture
def archive(database_url: str, tmp_path: Path):
    with Archive.open(database_url, warc_dir=tmp_path / "warc") as opened:
        yield opened


def told(archive: Archive, *captures: Capture) -> dict[str, list[Any]]:
    """What is derived of these captures, one at a time; a rebuild gives the same."""
    for capture in captures:
        add(archive, [capture], executor=InThisProcess())
    rows = derived_rows(archive)
    archive.rebuild(executor=InThisProcess())
    assert derived_rows(archive) == rows
    assert list(archive.verify()) == []
    return rows


def texts(archive: Archive) -> list[tuple[str, int, str]]:
    with archive.read() as connection:
        query = "SELECT d.url, v.number, v.text FROM version v JOIN document d ON d.id = v.document_id ORDER BY 1, 2"
        return [(url, number, " ".join(text.split())) for url, number, text in connection.exec_driver_sql(query)]


def test_the_text_of_the_file_is_that_of_the_release(archive: Archive) -> None:
    """One document under the page's address, with the file's words; the file's address answers for it."""
    (receipt,) = add(archive, [release(day=0)], executor=InThisProcess())
    assert receipt.attachment == "https://alder.example/files/a.pdf"
    rows = told(archive, file(FIRST, day=0.01))
    ((url, number, text),) = texts(archive)
    assert (url, number) == ("https://alder.example/news/a", 1)
    assert FIRST in text
    assert sorted(row[2] if isinstance(row[2], str) else row[1] for row in rows["document_url"])
    with archive.read() as connection:
        joined = dict(connection.exec_driver_sql("SELECT address, joined_by FROM document_url").all())
    assert joined == {"https://alder.example/news/a": "first", "https://alder.example/files/a.pdf": "attachment"}


def test_an_edit_of_the_file_is_a_version(archive: Archive) -> None:
    """Visits that find the same file make none."""
    told(
        archive,
        release(day=0), file(FIRST, day=0.01), release(day=1), file(FIRST, day=1.01),
        release(day=2), file(FIRST.replace(FIRST.split()[9], "budget", 1), day=2.01),
    )  # fmt: skip
    assert [(number, "budget" in text) for _, number, text in texts(archive)] == [(1, False), (2, True)]


def test_another_file_under_another_name_is_a_version_too(archive: Archive) -> None:
    """Offices put the corrected release up as a new file."""
    told(
        archive,
        release(day=0), file(FIRST, day=0.01), release(day=1, file="/files/b.pdf"),
        file(SECOND, day=1.01, path="/files/b.pdf"),
    )  # fmt: skip
    assert [(number, SECOND in text) for _, number, text in texts(archive)] == [(1, False), (2, True)]


def test_a_file_seen_for_another_page_is_no_sign_of_life(archive: Archive) -> None:
    """The page is gone; that its file was read for a second page does not bring it back."""
    gone = [answer("/news/a", day=day, status=404) for day in (5, 6)]
    rows = told(
        archive, release(day=0), file(FIRST, day=0.01), *gone, release(day=30, path="/news/b"), file(FIRST, day=30.01)
    )
    assert [row for row in rows["removal"] if "suspected" in row]
    assert not [row for row in rows["removal"] if "restored" in row]


def test_a_file_that_many_pages_lead_to_is_nobodys_body(archive: Archive) -> None:
    """A media kit under each of ten notices leaves them the words they have."""
    pages = [release(day=n / 100, path=f"/news/{n}", words=f"Notice number {n}.") for n in range(10)]
    told(archive, *pages, file(FIRST, day=1))
    assert len(texts(archive)) == 10
    assert not [text for _, _, text in texts(archive) if FIRST in text]


def test_what_is_no_file_gives_no_text(archive: Archive) -> None:
    """A page that says politely that the file is not there any more."""
    told(archive, release(day=0), answer("/files/a.pdf", SECOND, day=0.01, role=RequestRole.ATTACHMENT))
    ((_, _, text),) = texts(archive)
    assert SECOND not in text


def test_a_statement_of_two_lines_keeps_its_words(archive: Archive) -> None:
    """A short text that quotes somebody, or a long one, is the release itself; the PDF is a supplement."""
    quoted = release(day=0, path="/news/q", words="&ldquo;We lost a friend today,&rdquo; the mayor said.")
    long = answer("/news/l", day=0, payload=page(FIRST).replace(b"</p>", b' <a href="/files/a.pdf">PDF</a></p>', 1))
    receipts = add(archive, [quoted, long], executor=InThisProcess())
    assert [receipt.attachment for receipt in receipts] == [None, None]


def test_redaction_takes_the_file_too(archive: Archive) -> None:
    """The bytes of the file go with the release."""
    rows = told(archive, release(day=0), file(FIRST, day=0.01))
    archive.redact(rows["document"][0][0], reason="a takedown request", by="tests")
    assert not [text for _, _, text in texts_or_none(archive) if text and FIRST in text]
    again = file(FIRST, day=3)
    told(archive, release(day=3 - timedelta(minutes=5) / timedelta(days=1)), again)
    assert not [text for _, _, text in texts_or_none(archive) if text and FIRST in text]


def texts_or_none(archive: Archive) -> list[tuple[str, int, str | None]]:
    with archive.read() as connection:
        query = "SELECT d.url, v.number, v.text FROM version v JOIN document d ON d.id = v.document_id"
        return [tuple(row) for row in connection.exec_driver_sql(query)]
