"""Flipped bits in WARC records and in the database: `archive verify` finds them, and says so without falling over."""

from __future__ import annotations

import gzip
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import Archive
from archive.errors import StorageError
from archive.warc import add_to_manifest, sha256_of
from tests.store.archives import InThisProcess, add, answer, prose

PAGES = 12


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive of a few pages."""
    with Archive.open(f"sqlite:///{tmp_path / 'archive.db'}") as opened:
        add(opened, [answer(f"/news/{n}", prose(n)) for n in range(PAGES)], executor=InThisProcess())
        assert list(opened.verify()) == []
        yield opened


def records(archive: Archive) -> list[tuple[int, int]]:
    """Where the captures' records lie: offset and length in bytes."""
    with archive.read() as connection:
        rows = connection.exec_driver_sql("SELECT warc_offset, warc_length FROM capture").all()
    return [(int(offset), int(length)) for offset, length in rows]


def test_a_flip_in_a_record_is_found_by_the_captures_own_digest(archive: Archive) -> None:
    """Also where the manifest was made anew over the damaged file: none of a hundred flips goes by."""
    (path,) = archive.warc_dir.glob("*.warc.gz")
    whole, chance = path.read_bytes(), random.Random(12)
    path.chmod(0o644)
    places = records(archive)
    missed = []
    for _ in range(100):
        offset, length = chance.choice(places)
        # The ten bytes at a gzip member's head say nothing of what is in it.
        at = offset + chance.randrange(10, length)
        damaged = bytearray(whole)
        damaged[at] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        add_to_manifest(archive.warc_dir, path.name, sha256_of(path))
        if not {finding.kind for finding in archive.verify()} & {"record_unreadable", "payload_changed"}:
            missed.append(at - offset)
    assert missed == []


def stored(path: Path) -> bytes:
    """The database file alone, its log folded into it."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path.read_bytes()


def places_of_texts(whole: bytes) -> list[range]:
    """Where the texts of versions and of extractions lie in the file, as far as one page holds them in one piece."""
    places = []
    for number in range(PAGES):
        words = prose(number)[:400].encode()
        at = whole.find(words)
        while at >= 0:
            places.append(range(at, at + len(words)))
            at = whole.find(words, at + 1)
    return places


def test_a_flip_in_a_stored_text_is_found(archive: Archive, tmp_path: Path) -> None:
    """In a version's text or in the extraction that it was taken from: the digest beside it no longer fits."""
    path = tmp_path / "archive.db"
    whole, chance = stored(path), random.Random(25)
    archive.close()
    places = places_of_texts(whole)
    assert len(places) >= 2 * PAGES
    for _ in range(100):
        damaged = bytearray(whole)
        damaged[chance.choice(chance.choice(places))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        assert list(archive.verify())
        archive.close()


def test_no_flip_anywhere_in_the_database_makes_verify_fall_over(archive: Archive, tmp_path: Path) -> None:
    """What it cannot read it says in findings, or in one sentence where nothing at all can be read."""
    path = tmp_path / "archive.db"
    whole, chance = stored(path), random.Random(35)
    archive.close()
    for _ in range(100):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        check_told(archive)


def check_told(archive: Archive) -> None:
    """Findings, or a StorageError; anything else is a fault of ours."""
    said = ""
    try:
        assert all(finding.what and finding.next_step for finding in archive.verify())
    except StorageError as error:
        said = str(error)
    archive.close()
    assert not said or "malformed" in said or "not a database" in said


def test_what_was_taken_out_is_no_damage(archive: Archive) -> None:
    """A redacted page that comes in again, later and elsewhere too, is no finding, and no file holds it."""
    with archive.read() as connection:
        public = connection.exec_driver_sql("SELECT public_id FROM document WHERE address LIKE '%/3'").scalar_one()
    archive.redact(public, reason="asked for", by="the clerk")
    add(archive, [answer("/news/3", prose(3), day=40), answer("/kept/3", prose(3), day=41)], executor=InThisProcess())
    assert list(archive.verify()) == []
    texts = [gzip.decompress(path.read_bytes()) for path in archive.warc_dir.glob("*.warc.gz")]
    assert any(prose(2).encode() in text for text in texts)
    assert not any(prose(3).encode() in text for text in texts)
