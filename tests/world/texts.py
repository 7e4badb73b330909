"""What the invented press rooms have published by the end of a day: pure data read from `texts/`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["LAST_DAY", "Document", "documents"]

TEXTS = Path(__file__).parent / "texts"
FENCE = "+++\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One press release or article as it stands on a day. `body` is Markdown; `former` are slugs it had before.

    `number` counts a site's documents in the order of their publication, for sites that address by number.
    """

    site: str
    slug: str
    number: int
    day: int
    title: str
    published: datetime
    body: str
    author: str = ""
    notice: str = ""
    modified: datetime | None = None
    former: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the body."""
        return self.body.split("\n\n")


def documents(day: int) -> dict[str, tuple[Document, ...]]:
    """Site -> its documents on that day (1 or later), newest first."""
    written, changes = _written()
    standing = {name: document for name, document in written.items() if document.day <= day}
    for change in changes:
        if change["day"] <= day:
            _apply(standing, change)
    newest_first = sorted(standing.values(), key=lambda document: document.number, reverse=True)
    return {site: tuple(each for each in newest_first if each.site == site) for site in _sites(newest_first)}


def _apply(standing: dict[str, Document], change: Mapping[str, Any]) -> None:
    name = change["document"]
    document = standing[name]
    match change["kind"]:
        case "edit":
            standing[name] = replace(document, body=_edited(document, change))
        case "correction":
            standing[name] = replace(
                document, body=_edited(document, change), notice=change["notice"], modified=change["at"]
            )
        case "withdrawal":
            del standing[name]
        case "move":
            standing[name] = replace(document, slug=change["slug"], former=(*document.former, document.slug))
        case other:
            raise ValueError(f"days.toml: {name}: no such kind of change: {other}")


def _edited(document: Document, change: Mapping[str, Any]) -> str:
    if document.body.count(change["old"]) != 1:
        raise ValueError(f"days.toml: {document.slug}: the old words do not stand there exactly once")
    return document.body.replace(change["old"], change["new"])


@cache
def _written() -> tuple[dict[str, Document], list[dict[str, Any]]]:
    heads: dict[str, tuple[dict[str, Any], str]] = {}
    for path in sorted(TEXTS.glob("*/*.md")):
        _, head, body = path.read_text(encoding="utf-8").split(FENCE, 2)
        heads[f"{path.parent.name}/{path.stem}"] = tomllib.loads(head), body.strip()
    changes = tomllib.loads((TEXTS / "days.toml").read_text(encoding="utf-8"))["change"]
    return _numbered(heads), changes


def _numbered(heads: Mapping[str, tuple[dict[str, Any], str]]) -> dict[str, Document]:
    written: dict[str, Document] = {}
    counted: dict[str, int] = {}
    for name, (head, body) in sorted(heads.items(), key=lambda item: item[1][0]["published"]):
        site, slug = name.split("/")
        counted[site] = counted.get(site, 0) + 1
        original = head.pop("reprints", None)
        text = f"{body}\n\n{heads[original][1]}" if original else body
        written[name] = Document(site=site, slug=slug, number=counted[site], body=text, **{"day": 1} | head)
    return written


def _sites(found: Iterable[Document]) -> list[str]:
    return sorted({document.site for document in found})


LAST_DAY = max(
    *(document.day for document in _written()[0].values()),
    *(change["day"] for change in _written()[1]),
)
