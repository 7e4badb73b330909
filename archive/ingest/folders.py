"""Folders of saved pages: with a `manifest.jsonl` that knows their addresses and days, or without one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from lxml import etree, html

from archive.errors import UsageError
from archive.ingest.files import media_type, read_bytes
from archive.ingest.manifest import NAME, Known, at_noon, read_manifest
from archive.ingest.values import Counted, Fault, record_id_of
from archive.records import Capture, Obtained
from archive.urls import text_address

__all__ = ["read_folder"]

# What a manifest may call a file that holds no document.
NO_DOCUMENTS = frozenset({"listing", "feed", "sitemap"})
_ENDINGS = (".html", ".htm", ".asp", ".aspx", ".php", ".pdf", ".txt", ".md")


def read_folder(folder: Path) -> Iterator[Capture | Counted | Fault]:
    """The pages of a folder and the folders in it, by name.

    A page of which no address is known counts by the one it declares itself, else by its bytes. Where no capture
    day is known, the file's own time is taken: the page was there by then.
    """
    manifest = folder / NAME
    if manifest.is_file():
        known = sorted(read_manifest(manifest).values(), key=lambda row: row.file)
    else:
        files = sorted(path for path in folder.rglob("*") if _is_page(path))
        known = [Known(file=path.relative_to(folder).as_posix()) for path in files]
    if not known:
        raise UsageError(f"{folder}: holds neither {NAME} nor pages (.html, .html.gz, .pdf); name another folder")
    for row in known:
        if not row.captured:
            yield Counted("capture_day_taken_from_file", row.file)
        yield _page(folder / row.file, row)


def _is_page(path: Path) -> bool:
    return path.is_file() and path.name.lower().removesuffix(".gz").endswith(_ENDINGS)


def _page(path: Path, known: Known) -> Capture | Counted | Fault:
    if known.kind in NO_DOCUMENTS:
        return Counted(f"a_{known.kind}", known.file)
    try:
        payload = read_bytes(path)
        captured = at_noon(known.captured) if known.captured else _file_time(path)
    except (OSError, ValueError) as error:
        return Fault("unreadable_file", f"{path}: {getattr(error, 'strerror', None) or error}; it was left out")
    kind = media_type(path, payload)
    declared = None if known.url or kind != "text/html" else _declared(payload)
    digest = sha256(payload).hexdigest()
    url = known.url or declared or text_address(digest)
    return Capture(
        url=url,
        captured_at=captured,
        status=200,
        headers=(("Content-Type", kind),),
        payload=payload,
        obtained=Obtained.IMPORT,
        record_id=record_id_of(url, captured, digest),
    )


def _file_time(path: Path) -> datetime:
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)


def _declared(payload: bytes) -> str | None:
    """The address that a page gives as its canonical one."""
    try:
        tree = html.fromstring(payload)
    except (etree.LxmlError, ValueError):
        return None
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for found in tree.xpath(path):
            if str(found).strip().startswith(("http://", "https://")):
                return str(found).strip()
    return None
