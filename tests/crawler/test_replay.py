"""Replay: WARC files answer, the network is never touched, and what they do not hold is no observation."""

from __future__ import annotations

import gzip
import json
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.errors import UsageError, WarcError
from crawler.warcs import open_index
from tests.crawler.conftest import ROOT, Desk
from tests.traps import links, release

HALL = "https://www.brackwater.example"
# Runs scrapy with every way to a host or a name closed, and writes down what was tried. Its own workers are reached
# by Unix sockets, which lead nowhere else.
SHUT = """
import socket, sys
path = sys.argv[1]
connect = socket.socket.connect
def shut(*args, **kwargs):
    if isinstance(args[0], socket.socket) and args[0].family == socket.AF_UNIX:
        return connect(*args, **kwargs)
    open(path, "a").write(f"{args}\\n")
    raise OSError("shut")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = shut
sys.argv = ["scrapy", *sys.argv[2:]]
from scrapy.cmdline import execute
execute()
"""


def write_warc(
    path: Path, pages: Sequence[tuple[str, int, bytes, str]], *, headers: Sequence[tuple[str, str]] = ()
) -> Path:
    """A WARC file of (url, status, body, date) responses."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        for url, status, body, day in pages:
            head = StatusAndHeaders(f"{status} X", [("Content-Type", "text/html"), *headers], "HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=BytesIO(body), length=len(body), http_headers=head,
                    warc_headers_dict={"WARC-Date": f"{day}T12:00:00Z"},
                )
            )  # fmt: skip
    return path


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A small press room on file: one page moved, one gone, one never caught."""
    pages = [
        (
            f"{HALL}/list",
            200,
            links("/news/1", "/news/2", "/news/moved", "/news/gone", "/news/never").encode(),
            "2026-03-02",
        ),
        (f"{HALL}/news/1", 200, release("the old bridge").encode(), "2026-03-01"),
        (f"{HALL}/news/1", 200, release("the new bridge").encode(), "2026-03-02"),
        ("http://brackwater.example/news/2?utm_source=x", 200, release("the mill").encode(), "2026-03-02"),
        (f"{HALL}/news/gone", 410, b"<html><body>Gone</body></html>", "2026-03-02"),
        (f"{HALL}/news/new-place", 200, release("the ferry").encode(), "2026-03-02"),
    ]
    path = write_warc(tmp_path / "hall.warc.gz", pages)
    moved = tmp_path / "moved.warc.gz"
    write_warc(moved, [(f"{HALL}/news/moved", 301, b"", "2026-03-02")], headers=[("Location", "/news/new-place")])
    path.write_bytes(path.read_bytes() + moved.read_bytes())
    return path


def test_a_replay_makes_no_connection_and_keeps_what_the_files_say(desk: Desk, record: Path) -> None:
    """Every socket and name lookup is shut; the captures carry the records' own dates and ids."""
    desk.declare(f"{HALL}/list", "strategy = 'listing', documents = '/news/'")
    tried = desk.folder / "tried"
    command = [sys.executable, "-c", SHUT, str(tried), *desk.command(settings={"REPLAY": str(record)})[3:]]
    done = subprocess.run(
        command, cwd=ROOT, env=desk.environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not tried.exists(), tried.read_text()
    counts = json.loads(done.stdout)["counts"]
    assert counts["not_found_in_replay"] == 1
    assert counts["captures"] == 6
    with sqlite3.connect(desk.database) as connection:
        rows = connection.execute("SELECT url, status, captured_at, record_id, obtained FROM capture").fetchall()
    index = open_index((str(record),))
    assert {url for url, *_ in rows} == {f"{HALL}/list"} | {
        f"{HALL}/news/{n}" for n in ("1", "2", "moved", "gone", "new-place")
    }
    assert {record_id for *_, record_id, _ in rows} <= {held.record_id for held in index.by_address.values()}
    assert all(at.startswith("2026-03-02") and obtained == "import" for _, _, at, _, obtained in rows)


def test_a_second_replay_adds_nothing(desk: Desk, record: Path) -> None:
    """Known records are known: no capture, no version, no extraction."""
    desk.declare(f"{HALL}/list", "strategy = 'listing', documents = '/news/'")
    first, second = (desk.crawl(settings={"REPLAY": str(record)}) for _ in range(2))
    assert first.count("new_documents") > 0
    assert second.status == 0
    assert second.count("known_records") == first.count("captures")
    assert not second.count("captures") + second.count("extractions") + second.count("new_versions")


def test_files_without_the_listing_are_a_failure(desk: Desk, record: Path) -> None:
    """A replay that holds no start listing of the source says so, with status 2."""
    desk.declare("https://elsewhere.example/list", "strategy = 'listing', documents = '/news/'")
    crawl = desk.crawl(settings={"REPLAY": str(record)})
    assert crawl.status == 2
    assert "hold no start listing" in crawl.said


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_cut_file_gives_what_is_whole_with_one_warning(
    record: Path, share: float, caplog: pytest.LogCaptureFixture
) -> None:
    """Records before the cut are used; the warning says how many."""
    whole = record.read_bytes()
    cut = record.with_name(f"cut-{share}.warc.gz")
    cut.write_bytes(whole[: int(len(whole) * share)])
    index = open_index((str(cut),))
    assert 0 < len(index.held) < 6
    assert len(caplog.messages) == 1
    assert "cut or damaged" in caplog.text
    assert all(index.answer(url, 10**6) is not None for url in index.held)


def test_a_file_that_is_no_warc_is_refused(tmp_path: Path) -> None:
    """Neither a missing file nor another kind of file is an empty replay."""
    other = tmp_path / "other.warc.gz"
    other.write_bytes(gzip.compress(b"hello"))
    with pytest.raises(UsageError, match="no such WARC file"):
        open_index((str(tmp_path / "nothing.warc.gz"),))
    with pytest.raises(WarcError, match="no readable WARC file"):
        open_index((str(other),))


def test_the_latest_of_several_records_answers(record: Path) -> None:
    """Exact address first, then the canonical one; of several records the latest."""
    index = open_index((str(record),))
    newest = index.answer(f"{HALL}/news/1", 10**6)
    assert newest is not None
    assert b"new bridge" in newest.payload
    assert index.answer(f"{HALL}/news/2", 10**6) is not None
    assert index.answer(f"{HALL}/news/3", 10**6) is None


def test_compression_on_file_is_undone_within_the_limit(tmp_path: Path) -> None:
    """A packed record is unpacked and no longer says that it is packed; a bomb is stopped."""
    body = gzip.compress(b"<html>" + b"x" * 1_000_000)
    path = write_warc(
        tmp_path / "z.warc.gz", [(f"{HALL}/z", 200, body, "2026-03-02")], headers=[("Content-Encoding", "gzip")]
    )
    index = open_index((str(path),))
    answer = index.answer(f"{HALL}/z", 2_000_000)
    assert answer is not None
    assert len(answer.payload) == 1_000_006
    assert "content-encoding" not in {name.lower() for name, _ in answer.headers}
    with pytest.raises(OverflowError):
        index.answer(f"{HALL}/z", 500_000)


def test_a_revisit_is_answered_with_the_payload_it_refers_to(tmp_path: Path) -> None:
    """A record of identical payload gives the bytes of the record that has its digest, under its own date."""
    path = tmp_path / "r.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
        body = release("the dam").encode()
        first = writer.create_warc_record(
            f"{HALL}/a", "response", payload=BytesIO(body), length=len(body), http_headers=head,
            warc_headers_dict={"WARC-Date": "2026-03-01T12:00:00Z"},
        )  # fmt: skip
        writer.write_record(first)
        writer.write_record(
            writer.create_revisit_record(
                f"{HALL}/a", first.rec_headers.get_header("WARC-Payload-Digest"), f"{HALL}/a", "2026-03-01T12:00:00Z",
                http_headers=head, warc_headers_dict={"WARC-Date": "2026-03-05T12:00:00Z"},
            )
        )  # fmt: skip
    answer = open_index((str(path),)).answer(f"{HALL}/a", 10**6)
    assert answer is not None
    assert answer.payload == body
    assert answer.captured_at.day == 5
