"""Atom feeds of new and changed statements: `/search.atom`, `/speaker/ID.atom`, `/place/DIVISION.atom`.

Ids and times come from the archive's ids and captures and never from the clock: a rebuild makes nothing new. Private
people are in no feed.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive import query
from archive.errors import UnknownRecord, UsageError
from archive.export.writing import utc
from archive.query import Change, Course, Rewording
from archive.roster import SpeakerClass
from archive.web import conditional
from archive.web.api.records import StatementRecord, with_statement_rights
from archive.web.discretion import PUBLISHER
from archive.web.reading import connected
from archive.web.subjects import Subject, of_place, of_search, of_speaker
from archive.web.words import EXCERPT, excerpt, one_line

__all__ = ["routes"]

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
# The namespace of the ids of entries and feeds, which are the same whatever host shows them.
NAMESPACE = uuid.UUID("6b0f4a3c-51f7-5a0e-9a53-0d6f2f3c7f10")
ENTRIES = 50
LOOKED_AT = 500  # of the newest that answer: those of them that changed last come first
LONGEST = 200  # words of a statement in an entry
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Xml.register_namespace("", ATOM)


def _endpoint(subject_of: Callable[[Request, Connection], Subject]) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        base = request.app.state.names.base(request)
        with connected(request) as connection:
            subject = subject_of(request, connection)
            entries = _entries(connection, subject)
            updated = entries[0][1].updated if entries else _last_capture(connection)
        feed = _feed(subject, base, updated)
        for record, course in entries:
            feed.append(_entry(record, course, base))
        body = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
        return conditional.answer(request, body, MEDIA_TYPE, modified=updated)

    return endpoint


def _entries(connection: Connection, subject: Subject) -> list[tuple[StatementRecord, Course]]:
    """The statements, those first that were reworded or captured last."""
    asking = subject.asking
    if asking.where != "statements":
        raise UsageError("a feed is of statements; leave `in` out")
    hits = query.search_statements(
        connection, asking.words, filters=asking.filters, speaker=asking.speaker, kind=asking.kind, limit=LOOKED_AT,
        sort="newest",
    )  # fmt: skip
    public = [hit for hit in hits if hit.speaker_class != SpeakerClass.PRIVATE]
    if asking.speaker and hits and not public:
        raise UnknownRecord("private people have no feed; search for the words")
    courses = query.courses(connection, [hit.statement for hit in public])
    last = sorted(public, key=lambda hit: (courses[hit.statement].updated, hit.statement), reverse=True)[:ENTRIES]
    return [(record, courses[record.statement]) for record in with_statement_rights(connection, last)]


def _last_capture(connection: Connection) -> datetime:
    """When something was last captured: what a feed without entries has for its time."""
    return query.front(connection).last_capture or datetime(1970, 1, 1, tzinfo=UTC)


def _feed(subject: Subject, base: str, updated: datetime) -> Xml.Element:
    feed = Xml.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", _urn(f"feed {subject.address()}"))
    _add(feed, "title", f"On the Record: {one_line(subject.title)}")
    _add(feed, "updated", utc(updated))
    _add(feed, "link", rel="self", type="application/atom+xml", href=base + subject.address(".atom"))
    _add(feed, "link", rel="alternate", type="text/html", href=base + subject.address())
    _add(_add(feed, "author"), "name", "On the Record")
    _add(feed, "generator", "On the Record")
    return feed


def _entry(record: StatementRecord, course: Course, base: str) -> Xml.Element:
    entry = Xml.Element(f"{{{ATOM}}}entry")
    changed = "Changed: " if course.rewordings else ""
    _add(entry, "id", _urn(f"statement {course.first_id}"))
    _add(entry, "title", f"{changed}{_who(record)}: “{one_line(record.words, 90)}”")
    _add(entry, "published", utc(course.published))
    _add(entry, "updated", utc(course.updated))
    _add(entry, "link", rel="alternate", type="text/html", href=f"{base}/statement/{record.statement}")
    _add(_add(entry, "author"), "name", record.speaker)
    _add(entry, "rights", record.rights)
    for scheme in ("kind", "office", "jurisdiction"):
        if term := getattr(record, scheme):
            _add(entry, "category", term=term, label=term.replace("_", " "))
    _add(entry, "content", "\n\n".join(_told(record, course)), type="text")
    return entry


def _who(record: StatementRecord) -> str:
    held = [record.office.replace("_", " ")] if record.office else []
    place = [record.jurisdiction_name] if record.jurisdiction_name else []
    return ", ".join([record.speaker, *held, *place])


def _told(record: StatementRecord, course: Course) -> Iterable[str]:
    yield f"“{excerpt(record.words, LONGEST)}”"
    yield f"{_who(record)}, {record.first_date}"
    longest = EXCERPT if record.kind == "whole" and record.rights == PUBLISHER else LONGEST
    for each in reversed(course.rewordings):
        yield _reworded(each, longest)


def _reworded(each: Rewording, longest: int) -> str:
    what = f"{each.source}, {one_line(each.title) or each.document}, first seen changed at {utc(each.at)}: "
    if each.before is None:
        return f"{what}it carries the words again."
    if each.after is None:
        return f"{what}it carries the words no more."
    changes = query.word_diff(excerpt(each.before, longest), excerpt(each.after, longest), limit_seconds=0.1)
    return what + "".join(map(_marked, changes))


def _marked(change: Change) -> str:
    marks = {"delete": ("[-", "-]"), "insert": ("{+", "+}"), "equal": ("", "")}[change.operation]
    return change.text.join(marks)


def _urn(name: str) -> str:
    return uuid.uuid5(NAMESPACE, name).urn


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> Xml.Element:
    clean = {key: _NO_XML.sub("", value) for key, value in attributes.items()}
    element = Xml.SubElement(parent, f"{{{ATOM}}}{name}", clean)
    element.text = None if text is None else _NO_XML.sub("", text)
    return element


routes = [
    Route("/search.atom", _endpoint(of_search)),
    Route("/speaker/{speaker}.atom", _endpoint(of_speaker)),
    Route("/place/{division:path}.atom", _endpoint(of_place)),
]
