"""The tables of what was said: statements, appearances and speakers, each column defined once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import aliased

from archive.export.columns import Column, Table
from archive.models import Appearance, Document, Source, Speaker, Statement, Story, Version, Wording
from archive.views import STATEMENT_APPEARANCE as VIEW

__all__ = ["SPEECH"]

_S, _A, _P, _W, _D, _V = Statement, Appearance, Speaker, Wording, Document, Version
_SAID_BY = aliased(Speaker)


def _pseudonym(speaker: Any, name: Any) -> ColumnElement[str]:
    """A private person's name as others may have it: a pseudonym that is the same within one document."""
    return case(
        (speaker.speaker_class == "private", "private person " + func.substr(speaker.public_id, 1, 8)), else_=name
    )


def _unless_private(value: Any) -> ColumnElement[Any]:
    return case((_SAID_BY.speaker_class == "private", None), else_=value)


def _printed(name: str, type_: str, description: str, origin: Any) -> Column:
    """A column by which a private person could be known."""
    return Column(name, type_, f"{description}; null for private people", origin, _unless_private(origin))


def _of_statements(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return wanted.select_from(_S).join(_P, _P.id == _S.speaker_id)


def _of_speakers(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return wanted.select_from(_P)


def _of_appearances(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        wanted.select_from(_A)
        .join(_V, _V.id == _A.version_id)
        .join(_D, _D.id == _V.document_id)
        .join(Source, Source.id == _D.source_id)
        .outerjoin(Story, Story.id == _D.story_id)
        .outerjoin(_S, _S.id == _A.statement_id)
        .outerjoin(_W, _W.id == _A.wording_id)
        .outerjoin(_SAID_BY, _SAID_BY.id == _A.speaker_id)
    )


def _carried(column: Any) -> Select[*tuple[Any, ...]]:
    """The statements, or speakers, of the appearances that an export takes."""
    return (
        select(column)
        .join(_V, _V.id == _A.version_id)
        .join(_D, _D.id == _V.document_id)
        .join(Source, Source.id == _D.source_id)
        .outerjoin(_S, _S.id == _A.statement_id)
        .where(column.is_not(None))
    )


_PRIMARY_STATUS = select(func.max(VIEW.c.primary_status)).where(VIEW.c.statement_id == _S.public_id).scalar_subquery()
_NAME = "full name; a pseudonym for private people"
_CALLED = f"{_NAME}; of nobody named what the text calls the speaker"
_CLASS = "`official`, `public_role`, `organisation` or `private`"


STATEMENTS = Table(
    name="statements",
    description="One utterance, however often carried: who said what, in which office, for which place, when.",
    columns=(
        Column("id", "string", "public id; it answers to each of its wordings' ids too", _S.public_id),
        Column("speaker", "string", "public id of the speaker", _P.public_id),
        Column("speaker_name", "string", _NAME, _P.name, _pseudonym(_P, _P.name)),
        Column("speaker_class", "string", _CLASS, _P.speaker_class),
        Column("words", "string", "of the primary source, else of the earliest direct quotation", _S.words),
        Column("kind", "string", "`direct`, `fragment`, `indirect` or `whole`", _S.kind),
        Column("office", "string", "office that the speaker held that day", _S.office),
        Column("office_basis", "string", "`confirmed`, `open` (an end is unknown) or `printed`", _S.office_basis),
        Column("jurisdiction", "string", "Open Civic Data id of the place", _S.jurisdiction),
        Column("jurisdiction_name", "string", "the place as people write it", _S.jurisdiction_name),
        Column("first_date", "date", "day of the earliest appearance", _S.first_date),
        Column("last_date", "date", "day of the latest appearance", _S.last_date),
        Column(
            "primary_status", "string",
            "`found`, `absent_while_watched`, `not_watched` or `not_applicable`: what having no primary source means",
            _PRIMARY_STATUS,
        ),
        Column("stories", "integer", "independent stories that carry it", _S.stories),
        Column("documents", "integer", "documents that carry it", _S.documents),
        Column("repeat_of", "string", "public id of the earlier statement of the same words", _S.repeat_of),
        Column("checked", "boolean", "whether a person checked it", _S.checked),
    ),
    joined=_of_statements,
    order=(_S.public_id,),
    within=(_S.id, _carried(_A.statement_id)),
    spoken=True,
)  # fmt: skip

APPEARANCES = Table(
    name="appearances",
    description="One occurrence of quoted words in one version, with its place in the text.",
    columns=(
        Column("statement", "string", "public id of the statement; null: nobody can be named", _S.public_id),
        Column("wording", "string", "public id of the wording", _W.public_id),
        Column("document", "string", "public id of the document", _D.public_id),
        Column("version", "integer", "number of the version within the document", _V.number),
        Column("is_latest", "boolean", "whether the version is in force at the last capture", _V.is_latest),
        Column("source", "string", "id of the source in the catalog", _D.source_id),
        Column("story", "string", "public id of the document's story", Story.public_id),
        Column("char_start", "integer", "offset in the version's text, Unicode code points from 0", _A.char_start),
        Column("char_end", "integer", "end of the words, exclusive", _A.char_end),
        Column("words", "string", "the words, verbatim", _A.words),
        Column("kind", "string", "`direct`, `fragment`, `indirect` or `whole`", _A.kind),
        Column("cue", "string", "the word that ties them to the speaker", _A.cue),
        Column("utterance", "integer", "the same for the parts of one utterance of a version", _A.utterance),
        Column("turn", "boolean", "a turn of a transcript", _A.turn),
        Column("speaker", "string", "public id of the speaker", _SAID_BY.public_id),
        Column("speaker_name", "string", _CALLED, _A.speaker_name, _pseudonym(_SAID_BY, _A.speaker_name)),
        Column("speaker_class", "string", _CLASS, _A.speaker_class),
        _printed("speaker_as_printed", "string", "the mention in the text", _A.speaker_as_printed),
        _printed("speaker_start", "integer", "offset of the mention in the version's text", _A.speaker_start),
        _printed("speaker_end", "integer", "end of the mention, exclusive", _A.speaker_end),
        _printed("role", "string", "role as printed", _A.role),
        _printed("place", "string", "place of that role as printed", _A.place),
        _printed("on_behalf_of", "string", "for whom a spokesperson speaks", _A.on_behalf_of),
        Column("office", "string", "office held that day", _A.office),
        Column("office_basis", "string", "`confirmed`, `open` or `printed`", _A.office_basis),
        Column("jurisdiction", "string", "Open Civic Data id of the place", _A.jurisdiction),
        Column("jurisdiction_name", "string", "the place as people write it", _A.jurisdiction_name),
        Column("day", "date", "day of the document", _A.day),
        Column("day_basis", "string", "`published` or `first_seen`", _A.day_basis),
        Column("appearance_role", "string", "`primary` or `report`", _A.appearance_role),
        Column("variation", "string", "`verbatim`, `bracketed`, `elided`, `fragment`, `reworded`; null: unknown",
               _A.variation),
        Column("held", "boolean", "found inside a whole release or a transcript turn", _A.held),
        Column("confidence", "number", "of the attribution, 0.0 to 1.0", _A.confidence),
        _printed("unresolved", "string", "why the name is nobody's in the roster", _A.unresolved),
        Column("checked", "boolean", "whether a person checked it", _A.checked),
    ),
    joined=_of_appearances,
    order=(_D.public_id, _V.number, _A.char_start, _A.char_end, _A.kind, _S.public_id),
    spoken=True,
)  # fmt: skip

SPEAKERS = Table(
    name="speakers",
    description="To whom words are attributed: people of the roster, others by name and place, bodies.",
    columns=(
        Column("id", "string", "public id", _P.public_id),
        Column("name", "string", _NAME, _P.name, _pseudonym(_P, _P.name)),
        Column("speaker_class", "string", _CLASS, _P.speaker_class),
        Column("person", "string", "id of the person in the roster", _P.person),
        Column("jurisdiction", "string", "Open Civic Data id of the place", _P.jurisdiction),
    ),
    joined=_of_speakers,
    order=(_P.public_id,),
    within=(_P.id, _carried(_A.speaker_id)),
    spoken=True,
)

SPEECH = (STATEMENTS, APPEARANCES, SPEAKERS)
