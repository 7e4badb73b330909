"""Readers that turn what people have - WARC and WACZ files, folders of pages, records, texts - into captures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from archive.catalog import Discover, SourceEntry
from archive.errors import UsageError
from archive.ingest.folders import read_folder
from archive.ingest.texts import read_records, read_text
from archive.ingest.values import Counted, Fault
from archive.ingest.warcs import WarcReader
from archive.records import Capture, DocumentKind
from archive.urls import address_of

__all__ = ["HANDED_IN", "Counted", "Fault", "Reader"]

# The source of what nobody crawls: no catalog entry, and so neither listings nor a rhythm.
HANDED_IN = SourceEntry(
    id="handed-in",
    title="Handed in",
    kind=DocumentKind.ARTICLE,
    start=(),
    discover=Discover(strategy="listing", options={}),
    timezone="UTC",
    rights="publisher",
)


@dataclass(kw_only=True)
class Reader:
    """Reads inputs of any kind for one source. `now` is the time at which texts count as handed in."""

    entry: SourceEntry
    now: datetime
    plain_text: bool = False
    url: str | None = None
    title: str | None = None
    published: date | None = None
    _warcs: WarcReader = field(default_factory=WarcReader)

    def read(self, path: str) -> Iterator[Capture | Counted | Fault]:
        """The captures of one input, what was left out under a name, and what was lost.

        Raises UsageError for an input of unknown kind, OSError where it cannot be read at all.
        """
        place = Path(path)
        if self.plain_text or path == "-":
            yield read_text(path, now=self.now, url=self.url, title=self.title, published=self.published)
        elif place.is_dir():
            yield from map(self._of_the_source, read_folder(place))
        elif re.search(r"\.(w?arc(\.gz)?|wacz)$", place.name, re.IGNORECASE):
            yield from map(self._of_the_source, self._warcs.read(place))
        elif re.search(r"\.(jsonl|ndjson)(\.gz)?$", place.name, re.IGNORECASE):
            yield from read_records(path, self.entry.id, now=self.now)
        else:
            raise UsageError(
                f"{path}: neither a WARC or WACZ file, a folder of pages nor JSON lines; "
                "a text needs --plain-text, single pages go into a folder"
            )

    def _of_the_source(self, found: Capture | Counted | Fault) -> Capture | Counted | Fault:
        """What the catalog says is no document of the source is left out, under a name."""
        if not isinstance(found, Capture) or not self.entry.start:
            return found
        if found.url.startswith("urn:"):
            return Counted("no_address", found.url)
        try:
            address = address_of(found.url)
        except ValueError:
            return Counted("bad_address", found.url)
        hosts = {host.removeprefix("www.") for host in self.entry.hosts}
        starts = {address_of(url) for url in self.entry.start}
        hosts |= {urlsplit(url).hostname or "" for url in starts}
        if urlsplit(address).hostname not in hosts:
            return Counted("other_host", found.url)
        documents = self.entry.discover.options.get("documents")
        if address in starts or (documents and not re.search(str(documents), found.url)):
            return Counted("no_document", found.url)
        return found
