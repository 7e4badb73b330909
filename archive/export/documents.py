"""The tables of documents: documents, versions, stories and removals, each column defined once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, case, null
from sqlalchemy.orm import aliased

from archive.export.choice import Asked, Choice
from archive.export.columns import FACTS, RIGHTS, Reference, Table, derived, observed
from archive.models import CaptureRow, Document, ExtractionRow, Removal, Source, Story, Version

__all__ = ["DOCUMENTS", "KINDS", "OBTAINED", "REMOVALS", "STORIES", "VERSIONS"]

Wanted = Select[*tuple[Any, ...]]
_S, _D, _V, _C, _R = Source, Document, Version, CaptureRow, Removal
_ORIGINAL = aliased(Document)
KINDS = ("article", "press_release", "transcript")
OBTAINED = ("backfill", "handed_in", "import", "live")
_STATES = ("confirmed", "restored", "suspected")


def _of_documents(wanted: Wanted, asked: Asked) -> Wanted:
    return (
        wanted.select_from(_D)
        .join(_S, _S.id == _D.source_id)
        .outerjoin(Story, Story.id == _D.story_id)
        .outerjoin(_V, (_V.document_id == _D.id) & _V.is_latest)
        .outerjoin(_ORIGINAL, _ORIGINAL.id == _D.translation_of_id)
        .where(*asked.documents)
    )


def _of_versions(wanted: Wanted, asked: Asked) -> Wanted:
    return (
        wanted.select_from(_V)
        .join(_D, _D.id == _V.document_id)
        .join(_S, _S.id == _D.source_id)
        .join(_C, _C.id == _V.capture_id)
        .join(ExtractionRow, ExtractionRow.id == _V.extraction_id)
        .where(*asked.documents)
    )


def _of_stories(wanted: Wanted, asked: Asked) -> Wanted:
    told = wanted.select_from(Story)
    if not asked.choice.filtered:
        return told
    chosen = asked.chosen_documents().with_only_columns(_D.story_id).where(_D.story_id.is_not(None))
    return told.where(Story.id.in_(chosen))


def _of_removals(wanted: Wanted, asked: Asked) -> Wanted:
    return (
        wanted.select_from(_R).join(_D, _D.id == _R.document_id).join(_S, _S.id == _D.source_id).where(*asked.documents)
    )


def _text(choice: Choice) -> ColumnElement[str | None] | Any:
    """The text, as far as the choice lets it through."""
    if choice.text == "none":
        return null()
    return _V.text if choice.text == "all" else case((_S.rights == "publisher", None), else_=_V.text)


def _title(title: Any) -> Callable[[Choice], Any]:
    """A title: words of the page too, so of a publisher's page only where its text goes along."""
    return lambda choice: title if choice.text == "all" else case((_S.rights == "publisher", None), else_=title)


_NO_TITLE = "none found, redacted, or left out by rights"

DOCUMENTS = Table(
    name="documents",
    description="What lives at one identity of a source over time, as its latest version has it.",
    columns=(
        derived("id", "string", "public id: 20 hexadecimal digits, or a `urn:`", _D.public_id),
        observed("source", "string", "id of the source in the catalog", _D.source_id),
        observed("source_title", "string", "name of the source", _S.title),
        observed("jurisdiction", "string", "Open Civic Data id of the place that the source speaks for",
                 _S.jurisdiction, missing="the source speaks for no place"),
        observed("office", "string", "office that speaks in its releases", _S.office, missing="no office speaks in it"),
        observed("rights", "string", "rights of the source", _S.rights, values=RIGHTS),
        observed("document_kind", "string", "what it is", _D.document_kind, values=KINDS),
        observed("url", "string", "its address when last found", _D.url),
        derived("title", "string", "title of the latest version", chosen=_title(_D.title), missing=_NO_TITLE),
        derived("language", "string", "ISO 639-1 code", _D.language, missing="not told"),
        derived("byline", "string", "authors as the page prints them", _D.byline, missing="not printed"),
        derived("published_at", "datetime", "time of publication", _D.published_at, missing="the page declares none"),
        derived("published_date", "date", "day of publication in the source's time zone", _D.published_date,
                missing="the page declares none"),
        derived("published_precision", "string", "how exact that is", _D.published_precision,
                values=("day", "minute", "second"), missing="no date"),
        derived("published_basis", "string", "the declaration that the date comes from", _D.published_basis,
                missing="no date"),
        derived("modified_at", "datetime", "time of the last change that the page declares", _D.modified_at,
                missing="it declares none"),
        derived("modified_date", "date", "day of the last change that the page declares", _D.modified_date,
                missing="it declares none"),
        observed("first_seen", "datetime", "time of the first capture", _D.first_seen),
        observed("last_seen", "datetime", "time of the last capture that found it", _D.last_seen),
        derived("versions", "integer", "number of versions", _D.versions, unit="versions"),
        derived("words", "integer", "length of the latest version", _V.words, unit="words", missing="no version"),
        derived("removal_state", "string", "whether it is still found", _D.removal_state, values=_STATES,
                missing="never missed"),
        observed("obtained", "string", "how it came", _D.obtained, values=OBTAINED),
        derived("story", "string", "public id of its story: documents of nearly the same text", Story.public_id,
                missing="nobody else carries the text"),
        derived("translation_of", "string", "public id of the release that it translates", _ORIGINAL.public_id,
                missing="is no translation"),
    ),
    key=("id",),
    joined=_of_documents,
    references=(Reference("source", "sources"), Reference("story", "stories")),
)  # fmt: skip

VERSIONS = Table(
    name="versions",
    description="Consecutive captures of a document with equal normalised text and title, with the text as far as "
    "rights and `--text` let it through.",
    columns=(
        derived("document", "string", "public id of the document", _D.public_id),
        derived("number", "integer", "1, 2, 3, ... within the document; for display", _V.number),
        derived("is_latest", "boolean", "whether it is in force at the last capture", _V.is_latest),
        observed("source", "string", "id of the source in the catalog", _D.source_id),
        observed("rights", "string", "rights of the source", _S.rights, values=RIGHTS),
        observed("first_captured", "datetime", "first capture with this text; cites it", _V.first_captured),
        observed("last_captured", "datetime", "last capture with this text", _V.last_captured),
        observed("changed_after", "datetime", "last capture of the text before", _V.changed_after,
                 missing="the first version"),
        derived("captures", "integer", "number of captures with this text", _V.captures, unit="captures"),
        observed("capture", "string", "WARC-Record-ID of the first of them", _C.record_id),
        observed("obtained", "string", "how it came", _V.obtained, values=OBTAINED),
        derived("extractor", "string", "version of the extractor that read it", ExtractionRow.extractor),
        derived("language", "string", "ISO 639-1 code", _V.language, missing="not told"),
        derived("words", "integer", "length of the text", _V.words, unit="words"),
        derived("text_digest", "string", "sha256 of the text as UTF-8", _V.text_digest, missing="no text"),
        derived("truncated", "boolean", "whether the text was cut at the extractor's length limit", _V.truncated),
        derived("quotation_status", "string", "whether it was looked through for quotations", _V.quotation_status,
                values=("done", "truncated", "unreadable", "unsupported_language"), missing="not looked through"),
        derived("redacted", "boolean", "whether a decision took title and text out for good", _V.redacted),
        derived("title", "string", "title", chosen=_title(_V.title), missing=_NO_TITLE),
        derived("text", "string", "the text", chosen=_text, missing="redacted, or left out by rights or `--text`"),
    ),
    key=("document", "number"),
    joined=_of_versions,
    references=(Reference("document", "documents"), Reference("source", "sources")),
    batch=250,
)  # fmt: skip

STORIES = Table(
    name="stories",
    description="Documents, of any sources, that carry nearly the same text: syndication, reprints, reposts.",
    columns=(
        derived("id", "string", "public id: that of its earliest document", Story.public_id),
        derived("documents", "integer", "documents that carry it, in the whole archive", Story.documents,
                unit="documents"),
        derived("rights", "string", "rights in this row", FACTS, values=RIGHTS),
    ),
    key=("id",),
    joined=_of_stories,
)  # fmt: skip

REMOVALS = Table(
    name="removals",
    description="A document no longer found at its address, from its first absence on; several where it came back.",
    columns=(
        derived("document", "string", "public id of the document", _D.public_id),
        observed("suspected_at", "datetime", "first capture that did not find it", _R.suspected_at),
        derived("state", "string", "what became of it", _R.state, values=_STATES),
        observed("confirmed_at", "datetime", "the absence that confirmed it", _R.confirmed_at, missing="not confirmed"),
        observed("restored_at", "datetime", "the capture that found it again", _R.restored_at, missing="not restored"),
        observed("as_of", "datetime", "the latest capture that counted", _R.as_of),
        observed("last_found", "datetime", "the last capture that found it before", _R.last_found, missing="never"),
        derived("absences", "integer", "captures that did not find it", _R.absences, unit="captures"),
        derived("basis", "string", "what it rests on", _R.basis),
        observed("source", "string", "id of the source in the catalog", _D.source_id),
        observed("rights", "string", "rights of the source", _S.rights, values=RIGHTS),
    ),
    key=("document", "suspected_at"),
    joined=_of_removals,
    references=(Reference("document", "documents"), Reference("source", "sources")),
)
