"""What each kind of input gives: captures, names for what is left out, a sentence for what is damaged."""

from __future__ import annotations

import gzip
import json
import os
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.catalog import Discover, SourceEntry
from archive.errors import UsageError
from archive.ingest import HANDED_IN, Counted, Fault, Reader
from archive.records import Capture, DocumentKind, Obtained

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
URL = "https://ashby.example/news/snow"
HTML = b"<html><body><p>The snow plan.</p></body></html>"
ENTRY = SourceEntry(
    id="ashby", title="Ashby", kind=DocumentKind.PRESS_RELEASE, start=("https://ashby.example/news",),
    discover=Discover(strategy="listing", options={"documents": "/news/."}), timezone="UTC", rights="cc0",
    hosts=("media.ashby.example",),
)  # fmt: skip


def read(path: Path | str, entry: SourceEntry = HANDED_IN, **options: Any) -> list[Capture | Counted | Fault]:
    """All that a reader gives of one input."""
    return list(Reader(entry=entry, now=NOW, **options).read(str(path)))


def counts(found: Sequence[object]) -> list[str]:
    """The names under which things were left out."""
    return [each.reason for each in found if isinstance(each, Counted)]


class Warc:
    """Writes a WARC file record by record."""

    def __init__(self, path: Path, *, gzipped: bool = True) -> None:
        self.path = path
        self.file = path.open("wb")
        self.writer = WARCWriter(self.file, gzip=gzipped, warc_version="1.1")

    def add(
        self, url: str = URL, body: bytes = HTML, *, status: str = "200 OK", kind: str = "response",
        headers: Sequence[tuple[str, str]] = (("Content-Type", "text/html"),), **warc: str,
    ) -> str:  # fmt: skip
        """Add a record; gives its id."""
        extra = {"WARC-Date": "2026-03-01T09:00:00Z", **{key.replace("_", "-"): value for key, value in warc.items()}}
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1") if kind != "resource" else None
        record = self.writer.create_warc_record(
            url, kind, payload=BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=extra,
            warc_content_type="text/html" if kind == "resource" else "",
        )  # fmt: skip
        self.writer.write_record(record)
        return str(record.rec_headers.get_header("WARC-Record-ID")).strip("<>")

    def done(self) -> Path:
        """Close the file."""
        self.file.close()
        return self.path


@pytest.fixture
def warc(tmp_path: Path) -> Iterator[Warc]:
    """A WARC file to fill."""
    made = Warc(tmp_path / "a.warc.gz")
    yield made
    made.file.close()


def test_a_response_keeps_its_id_date_and_headers(warc: Warc) -> None:
    """An imported record is no new observation: it carries its own id and time on."""
    record_id = warc.add(WARC_Date="2026-03-01T09:00:00.125Z", WARC_Truncated="length")
    (found,) = read(warc.done())
    assert isinstance(found, Capture)
    assert (found.record_id, found.url, found.status, found.payload) == (record_id, URL, 200, HTML)
    assert found.captured_at == datetime(2026, 3, 1, 9, 0, 0, 125_000, tzinfo=UTC)
    assert found.header("content-type") == "text/html"
    assert (found.obtained, found.truncated) == (Obtained.IMPORT, "length")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(HTML, mtime=0), [("Content-Encoding", "gzip")]),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML), HTML), [("Transfer-Encoding", "chunked")]),
    ],
)
def test_payloads_are_decoded(warc: Warc, body: bytes, headers: list[tuple[str, str]]) -> None:
    """What was undone is not claimed of the payload any more."""
    warc.add(body=body, headers=[("Content-Type", "text/html"), *headers])
    (found,) = read(warc.done())
    assert isinstance(found, Capture)
    assert found.payload == HTML
    assert found.headers == (("Content-Type", "text/html"),)


def test_only_pages_and_answers_without_a_page_are_taken(warc: Warc) -> None:
    """Pictures and scripts are left out, absences and redirects are evidence."""
    warc.add(headers=[("Content-Type", "image/png")])
    warc.add(headers=[("Content-Type", "text/javascript")])
    warc.add("dns:ashby.example")
    warc.add(kind="request")
    warc.add(kind="metadata")
    warc.add(status="404 Not Found", body=b"")
    warc.add(status="301 Moved", headers=[("Location", "/b")], body=b"")
    warc.add(status="teapot")
    warc.add(headers=[])
    warc.add(WARC_Date="last year")
    warc.add(kind="resource")
    found = read(warc.done())
    assert [each.status for each in found if isinstance(each, Capture)] == [404, 301, 200, 200]
    assert counts(found) == ["no_page", "no_page", "no_web_address", "no_http_status", "no_capture_date"]


def test_a_revisit_is_resolved_by_its_first_record(warc: Warc) -> None:
    """By record id, by address and date, or by digest; else it is counted."""
    first = warc.add(WARC_Payload_Digest="sha1:AAAA")
    revisit = {"kind": "revisit", "body": b"", "WARC_Date": "2026-03-02T09:00:00Z"}
    warc.add(**revisit, WARC_Refers_To=f"<{first}>")
    warc.add(**revisit, WARC_Refers_To_Target_URI=URL, WARC_Refers_To_Date="2026-03-01T09:00:00Z")
    warc.add(**revisit, WARC_Payload_Digest="sha1:AAAA")
    warc.add(**revisit, WARC_Payload_Digest="sha1:BBBB")
    warc.add(**{**revisit, "status": "304 Not Modified"})
    found = read(warc.done())
    captures = [each for each in found if isinstance(each, Capture)]
    assert [each.payload for each in captures] == [HTML] * 4 + [b""]
    assert [each.captured_at.day for each in captures] == [1, 2, 2, 2, 2]
    assert captures[4].status == 304
    assert counts(found) == ["revisit_without_its_first_record"]


@pytest.mark.parametrize("gzipped", [True, False])
def test_of_a_cut_file_every_whole_record_is_used(tmp_path: Path, gzipped: bool) -> None:
    """And one sentence says what was lost."""
    warc = Warc(tmp_path / ("a.warc.gz" if gzipped else "a.warc"), gzipped=gzipped)
    for number in range(3):
        warc.add(f"{URL}/{number}")
    path = warc.done()
    path.write_bytes(path.read_bytes()[:-30])
    *captures, fault = read(path)
    assert [each.url for each in captures if isinstance(each, Capture)] == [f"{URL}/0", f"{URL}/1"]
    assert isinstance(fault, Fault)
    assert fault.reason == "cut_or_damaged_file"
    assert "the 2 whole records before that were used" in fault.sentence


def test_a_file_gzipped_as_one_piece_is_read(tmp_path: Path) -> None:
    """Some tools compress a WARC file like any other; its records are read all the same."""
    warc = Warc(tmp_path / "a.warc", gzipped=False)
    for number in range(3):
        warc.add(f"{URL}/{number}")
    packed = tmp_path / "b.warc.gz"
    packed.write_bytes(gzip.compress(warc.done().read_bytes()))
    assert len([each for each in read(packed) if isinstance(each, Capture)]) == 3


def test_a_wacz_is_the_warc_files_in_it(warc: Warc, tmp_path: Path) -> None:
    """Browsertrix's packages are read, their indexes left alone."""
    warc.add()
    wacz = tmp_path / "a.wacz"
    with zipfile.ZipFile(wacz, "w") as packed:
        packed.write(warc.done(), "archive/data.warc.gz")
        packed.writestr("datapackage.json", "{}")
    (found,) = read(wacz)
    assert isinstance(found, Capture)
    assert found.payload == HTML


@pytest.mark.parametrize("content", [b"", b"not a WARC file at all\n" * 100, b"\x1f\x8b" + b"x" * 100])
def test_what_is_no_warc_file_is_told(tmp_path: Path, content: bytes) -> None:
    """In one sentence that names the file."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    (fault,) = read(path)
    assert isinstance(fault, Fault)
    assert fault.reason == "no_warc_file"
    assert str(path) in fault.sentence


def test_a_catalog_source_takes_its_own_documents_only(warc: Warc) -> None:
    """Its listings, other pages and other hosts are left out, each under a name."""
    for url in (URL, "http://www.ashby.example/news/b?utm_source=x", "https://media.ashby.example/news/c",
                "https://ashby.example/news", "https://ashby.example/about", "https://elm.example/news/d"):  # fmt: skip
        warc.add(url)
    found = read(warc.done(), ENTRY)
    assert [each.url for each in found if isinstance(each, Capture)] == [
        URL, "http://www.ashby.example/news/b?utm_source=x", "https://media.ashby.example/news/c",
    ]  # fmt: skip
    assert counts(found) == ["no_document", "no_document", "other_host"]


def test_a_manifest_says_what_a_folder_holds(tmp_path: Path) -> None:
    """File, address and capture day of each page; listings are left out, a missing file is told."""
    rows = [
        {"file": "a.html.gz", "url": URL, "captured": "2026-03-01", "kind": "press_release"},
        {"file": "b.html", "url": None, "captured": "2026-03-01T10:00:00-05:00"},
        {"file": "c.html", "url": f"{URL}/c", "captured": "2026-02"},
        {"file": "d.html", "url": f"{URL}/d", "captured": None},
        {"file": "l.html", "kind": "listing"},
        {"file": "gone.html", "captured": "2026-03-01"},
    ]
    (tmp_path / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(HTML, mtime=0))
    (tmp_path / "b.html").write_bytes(b"<html><link rel='canonical' href='https://b.example/x'><p>b</html>")
    for name in ("c.html", "d.html", "l.html", "not-listed.html"):
        (tmp_path / name).write_bytes(HTML)
    os.utime(tmp_path / "d.html", (1_700_000_000, 1_700_000_000))
    found = read(tmp_path)
    captures = [each for each in found if isinstance(each, Capture)]
    assert [(each.url, each.captured_at) for each in captures] == [
        (URL, datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("https://b.example/x", datetime(2026, 3, 1, 15, tzinfo=UTC)),
        (f"{URL}/c", datetime(2026, 2, 28, 12, tzinfo=UTC)),
        (f"{URL}/d", datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
    ]
    assert captures[0].payload == HTML
    assert counts(found) == ["capture_day_taken_from_file", "a_listing"] or counts(found) == [
        "capture_day_taken_from_file", "capture_day_taken_from_file", "a_listing",
    ]  # fmt: skip
    assert [each.reason for each in found if isinstance(each, Fault)] == ["unreadable_file"]


def test_a_folder_without_manifest_is_its_pages(tmp_path: Path) -> None:
    """Known by the address a page declares, else by its bytes; other files are passed over."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.html").write_bytes(b"<html><meta property='og:url' content='https://a.example/'></html>")
    (tmp_path / "b.htm").write_bytes(HTML)
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "style.css").write_bytes(b"p {}")
    found = [each for each in read(tmp_path) if isinstance(each, Capture)]
    assert [each.url.split(":")[0] for each in found] == ["urn", "urn", "https"]
    assert [each.header("content-type") for each in found] == ["text/html", "application/pdf", "text/html"]


def test_records_are_kept_exactly_as_given(tmp_path: Path) -> None:
    """Known by their address, else by source and id; a bad line is told and the rest is used."""
    lines = [
        json.dumps({"id": 7, "text": " Peña\r\nsays no. ", "date": "2026-03-01", "title": "T"}),
        json.dumps({"id": "b", "text": "b", "url": URL}),
        json.dumps({"id": "c", "text": "c", "date": "soon"}),
        json.dumps(["no object"]),
        "",
        "no json",
    ]
    path = tmp_path / "r.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    first, second, *bad = read(path, ENTRY)
    assert isinstance(first, Capture)
    assert isinstance(second, Capture)
    assert (first.url, first.payload.decode(), first.published) == (
        "urn:record:ashby:7", " Peña\r\nsays no. ", date(2026, 3, 1),
    )  # fmt: skip
    assert (first.title, first.obtained, first.captured_at) == ("T", Obtained.HANDED_IN, NOW)
    assert second.url == URL
    assert [each.reason for each in bad if isinstance(each, Fault)] == ["bad_record"] * 3
    assert [each.sentence.split(": ", 1)[1] for each in bad if isinstance(each, Fault)] == [
        "line 3: key `date`: 'soon' is no day such as 2026-03-04; it was left out",
        "line 4: not a JSON object; it was left out",
        "line 6 is no JSON; it was left out",
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Peña".encode(), "Peña"),
        (b"\xef\xbb\xbfPe\xc3\xb1a", "Peña"),
        ("Peña".encode("utf-16"), "Peña"),
        (b"Pe\xf1a \x93no\x94", "Peña “no”"),
        (gzip.compress("Peña".encode(), mtime=0), "Peña"),
    ],
)
def test_a_plain_text_may_be_in_any_usual_encoding(tmp_path: Path, data: bytes, text: str) -> None:
    """Byte order mark, UTF-8 or Windows-1252."""
    (tmp_path / "a.txt").write_bytes(data)
    (found,) = read(tmp_path / "a.txt", plain_text=True)
    assert isinstance(found, Capture)
    assert found.payload.decode() == text
    assert found.url.startswith("urn:sha256:")


def test_a_plain_text_carries_what_is_said_of_it(tmp_path: Path) -> None:
    """Its title, day and address; an empty one is told."""
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "b.txt").write_text(" \n")
    (found,) = read(tmp_path / "a.txt", plain_text=True, url=URL, title="T", published=date(2026, 3, 1))
    assert isinstance(found, Capture)
    assert (found.url, found.title, found.published) == (URL, "T", date(2026, 3, 1))
    (fault,) = read(tmp_path / "b.txt", plain_text=True)
    assert isinstance(fault, Fault)
    assert fault.reason == "empty_text"


def test_an_input_of_no_known_kind_is_wrong_use(tmp_path: Path) -> None:
    """The sentence says what can be given."""
    (tmp_path / "a.docx").write_bytes(b"PK")
    with pytest.raises(UsageError, match="neither a WARC or WACZ file"):
        read(tmp_path / "a.docx")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds neither"):
        read(tmp_path / "empty")


@pytest.mark.parametrize("line", ["no json", "[]", "{}"])
def test_a_broken_manifest_names_its_line(tmp_path: Path, line: str) -> None:
    """Half a manifest would be half a folder without a word."""
    (tmp_path / "manifest.jsonl").write_text('{"file": "a.html"}\n' + line)
    with pytest.raises(UsageError, match=r"manifest.jsonl, line 2: no JSON object with the key `file`"):
        read(tmp_path)
