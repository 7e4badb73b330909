"""Packages of evidence: valid by the format's own tool, read back record by record, the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive import Archive
from archive.errors import UnknownRecord, UsageError, WarcError
from archive.evidence import pack
from archive.evidence.choosing import Chosen
from archive.evidence.readme import readme
from archive.evidence.records import Taken
from tests.cli.conftest import HOURS, SNOW, Run
from tests.cli.conftest import filled as filled
from tests.cli.conftest import run as run
from tests.cli.conftest import world as world
from tests.store.conftest import invented_roster as invented_roster
from tests.store.speaking import GATE, HALL, PAPER, add_pages, page, quoting


def opened(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert {each.compress_type for each in package.infolist()} == {zipfile.ZIP_STORED}
        return {name: package.read(name) for name in package.namelist()}


def told(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(opened(path)["evidence/evidence.json"])
    return found


def records(warc: bytes) -> dict[str, tuple[str, bytes]]:
    """Type and body of each record, by its id."""
    return {
        record.rec_headers.get_header("WARC-Record-ID").strip("<>"): (record.rec_type, record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(warc))
    }


def test_a_statement_is_packed_with_all_that_it_rests_on(run: Run, world: Path, tmp_path: Path) -> None:
    """Both versions of the edited release: valid, each passage at its offsets, each record as it was captured."""
    file = tmp_path / "snow.wacz"
    (hit,) = run("search", "clearing", "--in", "statements", "--json").rows
    said = run("evidence", hit["statement"], file, "--json")
    (row,) = said.rows
    assert (row["kind"], row["id"], row["captures"]) == ("statement", hit["statement"], 2)
    assert row["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    checked = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "wacz", "validate", "-f", str(file)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert "Validation succeeded" in checked.stdout, checked.stdout + checked.stderr
    files, evidence = opened(file), told(file)
    for passage in evidence["passages"]:
        (version,) = [each for each in evidence["versions"] if each["id"] == passage["version"]]
        text = files[version["file"]].decode()
        assert text[passage["char_start"] : passage["char_end"]] == passage["words"]
    assert {"3.5", "4.5"} == {
        price for price in ("3.5", "4.5") for each in evidence["passages"] if price in each["words"]
    }
    held = records(files["archive/evidence.warc.gz"])
    for capture in evidence["captures"]:
        kind, body = held[capture["record_id"]]
        assert (kind, hashlib.sha256(body).hexdigest()) == ("response", capture["payload_digest"])
        member = files[capture["file"]][capture["offset"] : capture["offset"] + capture["length"]]
        assert hashlib.sha256(member).hexdigest() == capture["record_digest"]
        assert member in (world / "archive-warc" / capture["stored_in"]).read_bytes()


def test_the_index_and_the_pages_lead_to_the_records(run: Run, world: Path, tmp_path: Path) -> None:
    """As replay software follows them: page to index line by address and time, line to record by offset."""
    file = tmp_path / "snow.wacz"
    assert run("evidence", SNOW, file).out == f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file}\n"
    files = opened(file)
    head, *pages = [json.loads(line) for line in files["pages/pages.jsonl"].splitlines()]
    assert (head["format"], [each["url"] for each in pages]) == ("json-pages-1.0", [SNOW, SNOW])
    assert pages[0]["passages"][0]["fragment"].startswith(":~:text=")
    lines = [line.split(" ", 2) for line in files["indexes/index.cdx"].decode().splitlines()]
    for each in pages:
        stamp = "".join(filter(str.isdigit, each["ts"]))[:14]
        ((_, _, entry),) = [line for line in lines if line[1][:14] == stamp]
        found = json.loads(entry)
        start = int(found["offset"])
        member = files[f"archive/{found['filename']}"][start : start + int(found["length"])]
        (record,) = records(member).values()
        assert b"clearing snow" in record[1]


def test_a_removed_document_has_its_absences(run: Run, world: Path, tmp_path: Path) -> None:
    file = tmp_path / "hours.wacz"
    assert run("evidence", HOURS, file).status == 0
    assert [each["status"] for each in told(file)["captures"]] == [200, 404, 404]


def test_every_kind_of_id_is_packed(run: Run, world: Path, tmp_path: Path) -> None:
    """A version holds one text, an appearance one passage, a capture one record."""
    (hit,) = run("search", "clearing", "--in", "statements", "--json").rows
    (traced,) = run("trace", hit["statement"], "--json").rows
    appearance = traced["appearances"][0]
    capture = run("history", SNOW, "--json").rows[0]["capture"]
    for number, (given, kind) in enumerate(
        ((appearance["version"], "version"), (appearance["id"], "appearance"), (capture, "capture"))
    ):
        (row,) = run("evidence", given, tmp_path / f"{number}.wacz", "--json").rows
        assert (row["kind"], row["versions"], row["captures"]) == (kind, 1, 1), given
    (passage,) = told(tmp_path / "1.wacz")["passages"]
    assert passage["words"] == appearance["words"]


def test_the_checks_of_its_readme_succeed(run: Run, world: Path, tmp_path: Path) -> None:
    """The commands that it gives, with the offsets that it gives."""
    file, folder = tmp_path / "a.wacz", tmp_path / "unpacked"
    assert run("evidence", SNOW, file).status == 0
    zipfile.ZipFile(file).extractall(folder)
    words = (folder / "evidence/README.md").read_text()
    for capture in told(file)["captures"]:
        cut = f"tail -c +$(({capture['offset']} + 1)) {capture['file']} | head -c {capture['length']}"
        for command, wanted in ((f"{cut} | sha256sum", capture["record_digest"]), (f"{cut} | zcat", "HTTP/1.1 200 OK")):
            done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=True)
            assert wanted in done.stdout
        assert capture["record_digest"] in words
        assert capture["payload_digest"] in words
    for listed in json.loads((folder / "datapackage.json").read_text())["resources"]:
        assert hashlib.sha256((folder / listed["path"]).read_bytes()).hexdigest() == listed["hash"].split(":")[1]


def test_the_same_record_gives_the_same_bytes(run: Run, world: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("evidence", SNOW, tmp_path / f"{name}.wacz").status == 0
    assert (tmp_path / "one.wacz").read_bytes() == (tmp_path / "two.wacz").read_bytes()


def test_what_cannot_be_packed_is_said(run: Run, world: Path, tmp_path: Path) -> None:
    """A file that is there, an unknown id, a redacted record, damaged bytes: a sentence, and no file."""
    file = tmp_path / "a.wacz"
    assert run("evidence", SNOW, file).status == 0
    assert "is there already" in run("evidence", SNOW, file).err
    assert run("evidence", "ffffff", tmp_path / "b.wacz").status == 1
    with Archive.open(create=False) as archive:
        (warc,) = archive.warc_dir.glob("*.warc.gz")
        warc.chmod(0o600)
        whole = warc.read_bytes()
        warc.write_bytes(whole[:600])
        with pytest.raises(WarcError):
            pack(archive, HOURS, tmp_path / "b.wacz")
        for damage in (b"", bytes(each ^ 0xFF if at > 20 else each for at, each in enumerate(whole))):
            warc.write_bytes(damage)
            with pytest.raises(WarcError, match="restore it from a backup"):
                pack(archive, HOURS, tmp_path / "b.wacz")
        warc.rename(warc.with_suffix(".away"))
        with pytest.raises(WarcError, match=r"No such file.* restore it from a backup"):
            pack(archive, HOURS, tmp_path / "b.wacz")
        warc.with_suffix(".away").rename(warc)
        warc.write_bytes(whole)
        document = run("show", SNOW, "--json").rows[0]["document"]["id"]
        archive.redact(document, reason="takedown", by="desk")
        with pytest.raises(UsageError, match="took its bytes and text out for good"):
            pack(archive, document, tmp_path / "b.wacz")
        with pytest.raises(UnknownRecord):
            pack(archive, "urn:uuid:none", tmp_path / "b.wacz")
    assert [each.name for each in tmp_path.glob("*.wacz*")] == ["a.wacz"]


@pytest.mark.usefixtures("invented_roster")
def test_private_people_are_named_where_their_words_are_asked_for(database_url: str, tmp_path: Path) -> None:
    """Beside other records they are "a private person"; a revisit comes with its original; on either database."""
    mine = "The river came into my kitchen at four in the morning."
    text = f"{quoting(GATE)}\n\n{quoting(mine, 'Pat Lindqvist, a neighbor')}"
    with Archive.open(database_url, warc_dir=tmp_path / "warc") as archive:
        pages = [page(PAPER, "/a", text, 0), page(HALL, "/b", quoting(GATE), 1), page(PAPER, "/a", text, 2)]
        document, *_ = add_pages(archive, pages)
        pack(archive, document, tmp_path / "page.wacz")
        evidence = told(tmp_path / "page.wacz")
        assert {each["speaker"] for each in evidence["passages"]} == {"Ruth Okafor", "a private person"}
        assert [each["warc_type"] for each in evidence["captures"]] == ["response", "revisit"]
        assert b"Lindqvist" not in opened(tmp_path / "page.wacz")["evidence/evidence.json"]
        (said,) = {each["statement"] for each in evidence["passages"] if each["words"] == mine}
        pack(archive, said, tmp_path / "said.wacz")
    assert [each["speaker"] for each in told(tmp_path / "said.wacz")["passages"]] == ["Pat Lindqvist"]


@pytest.mark.usefixtures("invented_roster")
@pytest.mark.usefixtures("world")
def test_a_text_that_was_handed_in_is_said_to_be(run: Run, tmp_path: Path) -> None:
    """No server answered with it, and no page says its day."""
    texts = tmp_path / "texts.jsonl"
    texts.write_text(json.dumps({"id": "a-1", "text": quoting(GATE), "date": "2026-03-01", "title": "The gate"}))
    assert run("ingest", texts).status == 0
    with Archive.open(create=False) as archive:
        pack(archive, "urn:record:handed-in:a-1", tmp_path / "a.wacz")
    said = opened(tmp_path / "a.wacz")["evidence/README.md"].decode()
    assert "- published 2026-03-01, as whoever handed it in says" in said
    assert "- handed in by somebody, asked of no server, at " in said
    assert "answered 200" not in said


def test_a_drawn_page_is_no_answer() -> None:
    """It is what a browser made of the answer that it refers to."""
    drawn = Taken(
        record_id="urn:uuid:b", url="https://a.example/1", captured_at=datetime(2026, 3, 1, tzinfo=UTC), status=200,
        headers=[], media_type="text/html", obtained="live", warc_type="conversion", refers_to="urn:uuid:a",
        payload_digest="d", payload_length=9, file="f", offset=0, length=9, record_digest="e", stored_in="g",
    )  # fmt: skip
    said = readme(Chosen(id="i", kind="document", versions=[], passages=[], captures=[]), [drawn])
    assert "- drawn by a browser at 2026-03-01T00:00:00Z (live), conversion record" in said
    assert "- the body was drawn from the answer urn:uuid:a" in said
