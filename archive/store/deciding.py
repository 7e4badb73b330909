"""What each kind of decision needs, and what it keeps: the keys and places that derivation will know it by."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, select

from archive.derive.voices import may_be_one
from archive.derive.wordings import normal_form
from archive.errors import UnknownRecord, UsageError
from archive.models import Appearance, Document, Speaker, Statement, Version
from archive.roster import load_roster
from archive.store.rulings import Kind
from archive.store.spoken import name_of
from archive.text import digest

__all__ = ["MAKERS", "Made"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A decision to be entered. `retell` are documents (row numbers) whose appearances it changes, `regroup` those of
    which only the statements change."""

    payload: dict[str, Any]
    words: str | None
    text_digest: str | None
    retell: Collection[int] = ()
    regroup: Collection[int] = ()


def _merge_persons(connection: Connection, subject: str, words: str | None, given: Mapping[str, Any]) -> Made:
    speaker, into = _speaker(connection, subject), _speaker(connection, _needed(given, "into"))
    if speaker.id == into.id:
        raise UsageError("these two are one speaker already; name two ids")
    payload = {
        "key": speaker.key, "into_key": into.key, "into": into.public_id, "person": into.person,
        "speaker_class": into.speaker_class,
    }  # fmt: skip
    where = Appearance.speaker_id.in_([speaker.id, into.id] if into.document_id else [speaker.id])
    return _made(payload, _places(connection, Appearance.speaker_id == speaker.id)[:1], _places(connection, where))


def _split_persons(connection: Connection, subject: str, words: str | None, given: Mapping[str, Any]) -> Made:
    speaker = _speaker(connection, subject)
    documents = sorted(_needed(given, "documents"))
    places = _places(connection, Appearance.speaker_id == speaker.id, Document.public_id.in_(documents))
    if missing := set(documents) - {place.document for place in places}:
        raise UnknownRecord(f"{speaker.name} is not quoted in {sorted(missing)[0]}; name documents that quote them")
    payload = {
        "key": speaker.key,
        "into_key": f"{speaker.key}|{digest(' '.join(documents))[:12]}",
        "documents": documents,
    }
    first = {place.document: place for place in reversed(places)}
    return _made(payload, [first[document] for document in documents], places)


def _merge_statements(connection: Connection, subject: str, words: str | None, given: Mapping[str, Any]) -> Made:
    one, other = _statement(connection, subject), _statement(connection, _needed(given, "with"))
    if one.id == other.id:
        raise UsageError("these two are one statement already; name two ids")
    if not may_be_one(*(_voice(connection, each) for each in (one, other))):
        raise UsageError("these statements have two speakers; merge the persons first, or correct a speaker")
    places = [_places(connection, Appearance.statement_id == each.id) for each in (one, other)]
    return _made({"with": other.public_id}, [each[0] for each in places], [*places[0], *places[1]], regroup=True)


def _split_statement(connection: Connection, subject: str, words: str | None, given: Mapping[str, Any]) -> Made:
    statement = _statement(connection, subject)
    places = _places(connection, Appearance.statement_id == statement.id)
    documents, spots = given.get("documents"), given.get("appearances")
    cited = {(document, normal_form(said)) for document, said in spots or ()}
    apart = [
        place
        for place in places
        if (place.document, place.normal) in cited
        or ((documents is not None or words is not None)
            and (documents is None or place.document in documents)
            and (words is None or place.normal == normal_form(words)))
    ]  # fmt: skip
    if not apart:
        raise UsageError("name documents, appearances or words that this statement has and that shall stand apart")
    if {(place.document, place.normal) for place in apart} == {(place.document, place.normal) for place in places}:
        raise UsageError("that is all of the statement; name a part of it")
    return _made({}, apart, places, regroup=True)


def _correct_speaker(connection: Connection, subject: str, words: str | None, given: Mapping[str, Any]) -> Made:
    names = {name: given.get(name) for name in ("speaker", "role", "place", "person")}
    if "speaker" not in given and "person" not in given:
        raise UsageError("say whose words these are: a speaker's name, a person's id, or no speaker at all")
    return _about_words(connection, subject, words, given.get("start"), names)


def _checked(connection: Connection, subject: str, words: str | None, given: Mapping[str, Any]) -> Made:
    if words is not None:
        return _about_words(connection, subject, words, given.get("start"), {})
    statement = _statement(connection, subject)
    places = _places(connection, Appearance.statement_id == statement.id)
    return _made({"statement": statement.public_id}, places[:1], places, regroup=True)


def _about_words(
    connection: Connection, document: str, words: str | None, start: int | None, payload: dict[str, Any]
) -> Made:
    if not words:
        raise UsageError("a decision about a quotation needs its words, as the document has them")
    normal = normal_form(words)
    said = [place for place in _places(connection, Document.public_id == document) if place.normal == normal]
    places = [place for place in said if start in (None, place.start)]
    if not places:
        raise UnknownRecord(f"document {document} has no quotation {words[:60]!r}; write it as the document has it")
    # By its number among equal words, not by its place: the next edit of the page moves that.
    times = [place.start for place in said if place.version == places[-1].version]
    occurrence = times.index(start) if start is not None and len(times) > 1 else None
    return _made({**payload, "occurrence": occurrence}, places[-1:], places)


MAKERS: dict[Kind, Callable[[Connection, str, str | None, Mapping[str, Any]], Made]] = {
    Kind.MERGE_PERSONS: _merge_persons,
    Kind.SPLIT_PERSONS: _split_persons,
    Kind.MERGE_STATEMENTS: _merge_statements,
    Kind.SPLIT_STATEMENT: _split_statement,
    Kind.CORRECT_SPEAKER: _correct_speaker,
    Kind.CHECKED: _checked,
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where words stand: a document by row number and public id, the digest of its text, the words, whose key."""

    number: int
    document: str
    text_digest: str | None
    words: str
    normal: str
    start: int
    speaker: str | None
    version: int


def _places(connection: Connection, *conditions: ColumnElement[bool]) -> list[_Place]:
    """The quotations that fulfil the conditions, the earliest first."""
    rows = connection.execute(
        select(
            Document.id, Document.public_id, Version.text_digest, Version.number, Appearance.words,
            Appearance.char_start, Speaker.key,
        )
        .join(Version, Version.id == Appearance.version_id)
        .join(Document, Document.id == Version.document_id)
        .outerjoin(Speaker, Speaker.id == Appearance.speaker_id)
        .where(*conditions, ~Appearance.held)
        .order_by(Appearance.day, Document.first_seen, Document.public_id, Version.number, Appearance.char_start)
    )  # fmt: skip
    return [
        _Place(r.id, r.public_id, r.text_digest, r.words, normal_form(r.words), r.char_start, r.key, r.number)
        for r in rows
    ]


def _made(payload: dict[str, Any], anchors: list[_Place], places: list[_Place], *, regroup: bool = False) -> Made:
    kept = dict.fromkeys((place.document, place.words) for place in anchors)
    documents = {place.number for place in places}
    whose = {"speakers": sorted({place.speaker for place in anchors if place.speaker})} if regroup else {}
    return Made(
        payload={**payload, **whose, "anchors": [list(each) for each in kept]},
        words=anchors[0].words,
        text_digest=anchors[0].text_digest,
        retell=() if regroup else documents,
        regroup=documents if regroup else (),
    )


def _speaker(connection: Connection, public: str) -> Any:
    row = connection.execute(select(Speaker.__table__).where(Speaker.public_id == public)).first()
    if row is None:
        raise UnknownRecord(f"no speaker has the id {public}; `archive person NAME` prints ids")
    return row


def _voice(connection: Connection, statement: Any) -> tuple[str, str]:
    """The key of a statement's speaker, and the name by which namesakes are found who may be one with them."""
    key = connection.scalar(select(Speaker.key).where(Speaker.id == statement.speaker_id)) or ""
    alone = exists().where(Appearance.statement_id == statement.id, Appearance.namesakes == key)
    return key, "" if connection.scalar(select(alone)) else name_of(key, load_roster())


def _statement(connection: Connection, public: str) -> Any:
    row = connection.execute(select(Statement.__table__).where(Statement.public_id == public)).first()
    if row is None:
        raise UnknownRecord(f"no statement has the id {public}; `archive search WORDS` prints ids")
    return row


def _needed(given: Mapping[str, Any], name: str) -> Any:
    if not given.get(name):
        raise UsageError(f"this decision needs `{name}`")
    return given[name]
