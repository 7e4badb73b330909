"""Single statements and documents, the versions of a document, and what changed from one to another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from archive import query
from archive.web.api.operations import BASE, Call, Operation
from archive.web.api.parameters import number
from archive.web.api.records import (
    AppearanceRecord,
    DocumentRecord,
    RemovalRecord,
    StatementRecord,
    StoryMateRecord,
    VersionRecord,
    appearance_record,
    version_record,
    with_rights,
    with_statement_rights,
)
from archive.web.discretion import PUBLISHER, rights_of_sources, shown_changes, shown_words
from archive.web.elsewhere import Elsewhere

__all__ = ["operations"]

DIFF_SECONDS = 1.0
MOST_VERSIONS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementAnswer:
    """The story of one statement; `printings` are the wordings that its primary document had in turn.

    `earlier` and `later` are statements of the same words on other occasions.
    """

    statement: StatementRecord
    primary: AppearanceRecord | None
    appearances: list[AppearanceRecord]
    printings: list[query.Printing]
    earlier: list[StatementRecord]
    later: list[StatementRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAnswer:
    """A document with the version asked for (the latest, or the one in force at a time) and what belongs to it."""

    document: DocumentRecord
    version: VersionRecord | None
    addresses: list[query.Address]
    removals: list[RemovalRecord]
    story: list[StoryMateRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionList:
    """All versions of a document, oldest first, without their texts."""

    document: str
    items: list[VersionRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffAnswer:
    """A word diff of two versions; `is_whole` is false where it shows only the surroundings of each change, or none.

    Joining the `equal` and `delete` texts of a whole one gives the old text, the `equal` and `insert` texts the new
    one. There are no changes where a text was taken out.
    """

    document: str
    old: VersionRecord
    new: VersionRecord
    rights: str
    is_whole: bool
    changes: list[query.Change]


def statement(call: Call) -> StatementAnswer:
    """A statement by its id, or by that of one of its wordings."""
    given = call.path["id"]
    traced = query.trace(call.connection, given)
    if traced.statement.statement != given:
        raise Elsewhere(
            f"{BASE}/statements/{traced.statement.statement}", for_good=query.is_retired(call.connection, given)
        )
    rights = rights_of_sources(call.connection)
    (shown,) = with_statement_rights(call.connection, [traced.statement])
    return StatementAnswer(
        statement=shown,
        primary=appearance_record(traced.primary, rights) if traced.primary else None,
        appearances=[appearance_record(each, rights) for each in traced.appearances],
        printings=[_printing(each, shown) for each in traced.printings],
        earlier=with_statement_rights(call.connection, traced.earlier),
        later=with_statement_rights(call.connection, traced.later),
    )


def document(call: Call) -> DocumentAnswer:
    """A document by its id; with `@` and a time behind it as it was then."""
    found = _found(call, call.path["id"], "")
    shown = query.document(call.connection, found)
    rights = rights_of_sources(call.connection)
    own = rights[shown.document.source]
    return DocumentAnswer(
        document=with_rights(DocumentRecord, shown.document, rights),
        version=version_record(shown.version, own) if shown.version else None,
        addresses=shown.addresses,
        removals=[with_rights(RemovalRecord, each, rights) for each in shown.removals],
        story=[with_rights(StoryMateRecord, each, rights) for each in shown.story],
    )


def versions(call: Call) -> VersionList:
    """What a document said in turn."""
    found = _found(call, call.path["id"], "/versions")
    rights = _rights(call.connection, found)
    items = [version_record(each, rights, with_text=False) for each in query.versions(call.connection, found)]
    return VersionList(document=found.id, items=items)


def diff(call: Call) -> DiffAnswer:
    """What changed between two versions of a document: by default the last two."""
    found = _found(call, call.path["id"], "/diff")
    latest = query.document(call.connection, found).version
    last = latest.number if latest else 1
    new = _version(call.connection, found, call.values.get("new", last))
    old = _version(call.connection, found, call.values.get("old", max(1, new.number - 1)))
    rights = _rights(call.connection, found)
    taken_out = old.text is None or new.text is None
    changes = [] if taken_out else query.word_diff(old.text or "", new.text or "", limit_seconds=DIFF_SECONDS)
    return DiffAnswer(
        document=found.id,
        old=version_record(old, rights, with_text=False),
        new=version_record(new, rights, with_text=False),
        rights=rights,
        is_whole=rights != PUBLISHER and not taken_out,
        changes=shown_changes(changes, rights=rights),
    )


def _version(connection: Connection, found: query.Found, wanted: int) -> query.VersionFacts:
    version = query.document(connection, found, number=wanted).version
    assert version is not None, "a number that a document does not have is an UnknownRecord"
    return version


def _found(call: Call, given: str, below: str) -> query.Found:
    """The document of an id; Elsewhere where another id is the one to cite."""
    found = query.find_document(call.connection, given)
    plain, at, when = given.partition("@")
    if found.id != plain:
        raise Elsewhere(f"{BASE}/documents/{found.id}{at}{when}{below}", for_good=found.note is not None)
    return found


def _rights(connection: Connection, found: query.Found) -> str:
    return rights_of_sources(connection)[query.document(connection, found).document.source]


def _printing(printing: query.Printing, of: StatementRecord) -> query.Printing:
    return replace(printing, words=shown_words(printing.words, kind=of.kind, rights=of.rights))


_ID = "the document's id"
_VERSION = "number of the {} version; by default the {}"
operations = (
    Operation(
        path="/statements/{id}",
        name="statement",
        title="A statement: its primary source, every appearance with its variation",
        answers=StatementAnswer,
        answer=statement,
        ids={"id": "the statement's id, or that of one of its wordings"},
    ),
    Operation(
        path="/documents/{id}/versions",
        name="versions",
        title="The versions of a document",
        answers=VersionList,
        answer=versions,
        ids={"id": _ID},
    ),
    Operation(
        path="/documents/{id}/diff",
        name="diff",
        title="What changed between two versions of a document",
        answers=DiffAnswer,
        answer=diff,
        takes=(
            number("old", _VERSION.format("old", "one before the new one"), MOST_VERSIONS),
            number("new", _VERSION.format("new", "latest"), MOST_VERSIONS),
        ),
        ids={"id": _ID},
    ),
    Operation(
        path="/documents/{id}",
        name="document",
        title="A document: its latest version, or with @TIME the one in force then",
        answers=DocumentAnswer,
        answer=document,
        ids={"id": f"{_ID}, or ID@TIME"},
    ),
)
