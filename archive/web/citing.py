"""How to cite what a page shows: as plain text and as BibTeX, with version id and time of capture. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from archive.query import DocumentFacts, SourceFacts, Traced, VersionFacts
from archive.web.rendering import office_name, shown_name
from archive.web.words import one_line

__all__ = ["Citation", "of_document", "of_page", "of_statement"]

ARCHIVE = "On the Record"
_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_SPELT = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The same citation twice."""

    text: str
    bibtex: str


def of_statement(traced: Traced, titles: dict[str, SourceFacts], base: str) -> Citation:
    """A statement, with the appearance that it is known by: the primary one, else the earliest."""
    hit = traced.statement
    seen = traced.primary or traced.appearances[0]
    office = f", {office_name(hit.office)}" if hit.office else ""
    place = f", {hit.jurisdiction_name}" if hit.jurisdiction_name else ""
    words = one_line(hit.words, 200)
    where = titles[seen.source].title if seen.source in titles else seen.source
    return _citation(
        key=f"otr-statement-{hit.statement[:12]}",
        author=f"{shown_name(hit)}{office}{place}",
        title=f"“{words}”",
        on=hit.first_date,
        notes=(f"As printed by {where}, version {seen.id}", _captured(seen.version)),
        url=f"{base}/statement/{hit.statement}",
        original=seen.url,
    )


def of_document(document: DocumentFacts, version: VersionFacts | None, source: SourceFacts, base: str) -> Citation:
    """A version of a document."""
    shown = version.id if version else document.id
    number = f"Version {version.number} of {document.versions}, {version.id}" if version else f"Document {document.id}"
    return _citation(
        key=f"otr-document-{document.id[:12]}",
        author=source.title,
        title=one_line((version.title if version else None) or document.title or "Untitled", 200),
        on=document.published_date,
        notes=(number, _captured(shown) if version else ""),
        url=f"{base}/document/{shown}",
        original=document.url,
    )


def of_page(title: str, url: str, last_capture: datetime | None) -> Citation:
    """A page that changes as the archive grows: with the time of the last capture that it can rest on."""
    state = f"As of the archive's crawl of {_written(last_capture)}" if last_capture else "Of an empty archive"
    key = "otr-" + re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40]
    return _citation(key=key, author=ARCHIVE, title=title, on=None, notes=(state,), url=url, original=None)


def _captured(version: str) -> str:
    written = version.partition("@")[2].partition("#")[0]
    return f"captured {_written(datetime.fromisoformat(written))}"


def _written(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _citation(
    *, key: str, author: str, title: str, on: date | None, notes: Iterable[str], url: str, original: str | None
) -> Citation:
    noted = ", ".join(filter(None, notes))
    when = f" {on.isoformat()}." if on else ""
    held = "" if author == ARCHIVE else f" {ARCHIVE},"
    first = f" Originally at {original}" if original else ""
    fields = {
        "author": f"{{{_tex(author)}}}", "title": f"{{{_tex(title)}}}", "year": str(on.year) if on else "",
        "date": str(on or ""), "howpublished": _tex(ARCHIVE), "url": url,
        "note": _tex(noted + ("." + first if first else "")),
    }  # fmt: skip
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return Citation(
        text=f"{_ended(author)} {_ended(title)}{when} {noted}.{held} {url}{'.' + first if first else ''}",
        bibtex=f"@misc{{{key},\n{body}\n}}",
    )


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", ".”", "!”", "?”")) else f"{text}."


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda found: _SPELT.get(found[0], "\\" + found[0]), text)
