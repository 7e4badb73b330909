"""One record as a WACZ file: WARC records, index, pages, the passage, digests, and how to check them by hand.

The file is as WACZ 1.1.1 wants it, so that ReplayWeb.page opens it. It says nothing of when it was packed, is not
compressed, and its entries bear no times: the same record of the same archive state gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson

from archive.errors import UsageError
from archive.evidence.choosing import Chosen, Passage, choose
from archive.evidence.readme import readme
from archive.evidence.records import WARC, Packed, Taken, copy_records, index
from archive.store import Archive
from archive.store.runs import software
from archive.text import digest

__all__ = ["Evidence", "pack"]

INDEX, PAGES = "indexes/index.cdx", "pages/pages.jsonl"
# Of longer words a link to a passage names the first and the last.
LONG, ENDS = 12, 5
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was packed; `sha256` is that of the whole file."""

    file: str
    id: str
    kind: str
    versions: int
    passages: int
    captures: int
    bytes: int
    sha256: str


def pack(archive: Archive, written: str, path: Path) -> Evidence:
    """Pack a record into a file, which must not be there yet, all of it or nothing.

    Raises UnknownRecord, UsageError for what was redacted or a file that is there, WarcError for damaged records.
    """
    if path.exists():
        raise UsageError(f"{path}: is there already; name another file")
    with archive.read() as connection:
        chosen = choose(connection, written)
        packed = copy_records(archive.warc_dir, chosen.captures)
    data = _zipped(_files(chosen, packed))
    making = path.with_name(f".{path.name}.making")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        making.write_bytes(data)
        os.link(making, path)
    except FileExistsError:
        raise UsageError(f"{path}: is there already; name another file") from None
    finally:
        making.unlink(missing_ok=True)
    return Evidence(
        file=str(path), id=chosen.id, kind=chosen.kind, versions=len(chosen.versions), passages=len(chosen.passages),
        captures=len(chosen.captures), bytes=len(data), sha256=hashlib.sha256(data).hexdigest(),
    )  # fmt: skip


def _files(chosen: Chosen, packed: Packed) -> dict[str, bytes]:
    """The files of the package by their paths, the two that list the others last."""
    files = {
        WARC: packed.warc,
        INDEX: index(packed.warc),
        PAGES: _pages(chosen, packed.taken),
        "evidence/evidence.json": _told(chosen, packed.taken),
        "evidence/README.md": readme(chosen, packed.taken).encode(),
    }
    files |= {each.file: each.text.encode() for each in chosen.versions}
    package = _json(_datapackage(chosen, packed.taken, files), indent=True)
    listed = {"path": "datapackage.json", "hash": _sha256(package)}
    return {**files, "datapackage.json": package, "datapackage-digest.json": _json(listed, indent=True)}


def _sha256(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _json(value: object, *, indent: bool = False) -> bytes:
    shape = orjson.OPT_INDENT_2 if indent else 0
    return orjson.dumps(value, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE | shape)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            package.writestr(entry, data)
    return out.getvalue()


def _time(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _pages(chosen: Chosen, taken: Sequence[Taken]) -> bytes:
    """The pages that a reader opens: each version where it was first seen, with the words that are its passages."""
    lines: list[dict[str, Any]] = [{"format": "json-pages-1.0", "id": "pages", "title": "Pages"}]
    titles = {each.capture: each for each in chosen.versions}
    for each in taken:
        printed = titles.get(each.record_id)
        if printed is None and (chosen.kind != "capture" or each.record_id != chosen.id):
            continue
        spoken = [_page_passage(one) for one in chosen.passages if one.capture == each.record_id]
        page = {"id": digest(each.record_id)[:20], "url": each.url, "ts": _time(each.captured_at)}
        title = (printed and printed.title) or each.url
        lines.append({**page, "title": title, "size": each.payload_length, "passages": spoken})
    return b"".join(_json(line) for line in lines)


def _page_passage(passage: Passage) -> dict[str, Any]:
    return {
        "words": passage.words, "char_start": passage.char_start, "char_end": passage.char_end,
        "speaker": passage.speaker, "statement": passage.statement, "appearance": passage.appearance,
        "fragment": _fragment(passage.words),
    }  # fmt: skip


def _fragment(words: str) -> str:
    """The text fragment by which a browser finds the words in the page."""

    def spelt(some: Sequence[str]) -> str:
        return quote(" ".join(some), safe="").replace("-", "%2D")

    given = words.split()
    parts = [given] if len(given) <= LONG else [given[:ENDS], given[-ENDS:]]
    return ":~:text=" + ",".join(spelt(part) for part in parts)


def _told(chosen: Chosen, taken: Sequence[Taken]) -> bytes:
    versions = [{name: given for name, given in asdict(each).items() if name != "text"} for each in chosen.versions]
    return _json(
        {
            "id": chosen.id, "kind": chosen.kind, "passages": [asdict(each) for each in chosen.passages],
            "versions": versions, "captures": [asdict(each) for each in taken],
        },
        indent=True,
    )  # fmt: skip


def _datapackage(chosen: Chosen, taken: Sequence[Taken], files: Mapping[str, bytes]) -> dict[str, Any]:
    first = next((each for each in taken if each.record_id in {one.capture for one in chosen.versions}), taken[0])
    return {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": f"Evidence of {chosen.kind} {chosen.id}",
        "description": "One record of what public officials said; evidence/README.md says how to check it",
        "software": software(),
        "mainPageUrl": first.url,
        "mainPageDate": _time(first.captured_at),
        "resources": [
            {"name": _name(path), "path": path, "hash": _sha256(data), "bytes": len(data)}
            for path, data in files.items()
        ],
    }


def _name(path: str) -> str:
    return path.rpartition("/")[2].lower()
