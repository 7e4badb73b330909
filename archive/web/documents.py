"""`/document/ID`: a document's latest version; `/document/ID@TIME`: the one in force then; `.../diff`: any two."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive import query
from archive.errors import UnknownRecord
from archive.query import Found, Shown, SourceFacts, VersionFacts
from archive.web import citing, comparing, marking
from archive.web.addressing import own_id
from archive.web.asking import written
from archive.web.discretion import PUBLISHER
from archive.web.elsewhere import Elsewhere
from archive.web.reading import connected
from archive.web.rendering import page
from archive.web.standing import absolute
from archive.web.words import one_line

__all__ = ["routes", "shows_text"]


def shows_text(source: SourceFacts, version: VersionFacts | None) -> bool:
    """Whether a version's text may be shown whole: never a publisher's, nor one that was taken out."""
    return source.rights != PUBLISHER and version is not None and not version.redacted


def _found(connection: Connection, asked: str) -> tuple[Found, bool]:
    """The document of an id or `ID@TIME`, and whether the id is its own."""
    given, at, when = asked.partition("@")
    found = query.find_document(connection, own_id(given, "document") + at + when)
    return found, found.id == given


def _document(request: Request) -> Response:
    asked = request.path_params["document"]
    with connected(request) as connection:
        found, own = _found(connection, asked)
        if not own:
            at = f"@{asked.partition('@')[2]}" if "@" in asked else ""
            raise Elsewhere(f"/document/{found.id}{at}", for_good=found.note is not None)
        shown = query.document(connection, found)
        source = query.source(connection, shown.document.source)
        versions = query.versions(connection, found)
        number = shown.version.number if shown.version else 0
        passages = query.passages(connection, found.id, number)
        mates = query.sources(connection, {each.source for each in shown.story})
    text = shown.version.text or "" if shown.version else ""
    full = shows_text(source, shown.version)
    return page(
        request, "document.html", title=one_line(_title(shown), 90), heading=_title(shown), shown=shown, source=source,
        versions=versions, mates=mates, full=full, asked_at=found.at,
        paragraphs=marking.paragraphs(text, passages) if full else [],
        excerpts=[] if full else list(marking.excerpts(text, passages)),
        passages=[each for each in passages if each.kind != "whole"],
        citation=citing.of_document(shown.document, shown.version, source, absolute(request)),
    )  # fmt: skip


def _title(shown: Shown) -> str:
    return (shown.version.title if shown.version else None) or shown.document.title or "Untitled"


def _diff(request: Request) -> Response:
    given = request.path_params["document"]
    chosen = written(request.query_params, ("a", "b"))
    with connected(request) as connection:
        found, own = _found(connection, given)
        if not own or found.at:
            raise Elsewhere(f"/document/{found.id}/diff", for_good=found.note is not None)
        shown = query.document(connection, found)
        source = query.source(connection, shown.document.source)
        versions = query.versions(connection, found)
    if len(versions) < 2:
        raise UnknownRecord(f"document {found.id} has one version only, there is nothing to compare")
    new = _chosen(versions, chosen.get("b"), len(versions))
    old = _chosen(versions, chosen.get("a"), max(new.number - 1, 1))
    full = shows_text(source, old) and shows_text(source, new)
    changes = query.word_diff(old.text or "", new.text or "")
    return page(
        request, "diff.html", title=f"Versions {old.number} and {new.number} of {one_line(_title(shown), 70)}",
        shown=shown, source=source, versions=versions, old=old, new=new, full=full,
        rows=comparing.side_by_side(changes) if full else [],
        changes=[] if full else comparing.shortened(changes),
        titles=query.word_diff(old.title or "", new.title or "") if old.title != new.title else [],
        same=old.text == new.text, taken_out=old.redacted or new.redacted,
        citation=citing.of_document(shown.document, new, source, absolute(request)),
    )  # fmt: skip


def _chosen(versions: Sequence[VersionFacts], asked: str | None, otherwise: int) -> VersionFacts:
    """A version by its number or by the time of its first capture."""
    wanted = asked or str(otherwise)
    for each in versions:
        if wanted in (str(each.number), each.id.partition("@")[2]):
            return each
    raise UnknownRecord(f"there is no version {wanted[:40]!r} of this document; it has 1 to {len(versions)}")


routes = [
    Route("/document/{document}/diff", _diff),
    Route("/document/{document}", _document),
]
