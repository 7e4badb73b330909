"""The tables of what was said: statements, appearances and speakers, each column defined once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, null, or_, select
from sqlalchemy.orm import aliased

from archive.export.choice import Asked, Choice
from archive.export.columns import FACTS, RIGHTS, Column, Reference, Table, derived, observed
from archive.export.roster import open_states, wikidata
from archive.models import (
    Appearance,
    Document,
    Source,
    Speaker,
    Statement,
    StatementTag,
    Story,
    TagDictionary,
    Version,
    Wording,
)
from archive.views import STATEMENT_APPEARANCE as VIEW

__all__ = ["APPEARANCES", "SPEAKERS", "STATEMENTS", "TAGS"]

Wanted = Select[*tuple[Any, ...]]
_S, _A, _P, _W, _D, _V = Statement, Appearance, Speaker, Wording, Document, Version
_SAID_BY = aliased(Speaker)
_KINDS = ("direct", "fragment", "indirect", "whole")
_CLASSES = ("official", "organisation", "private", "public_role")
_BASES = ("confirmed", "open", "printed")


def _named(speaker: Any, name: Any) -> Any:
    """A name as the choice has it: of a private person a pseudonym that is the same within one document."""
    pseudonym = "private person " + func.substr(speaker.public_id, 1, 8)
    hidden = case((speaker.speaker_class == "private", pseudonym), else_=name)
    return lambda choice: name if choice.private_names else hidden


def _printed(name: str, type_: str, description: str, origin: Any) -> Column:
    """A column by which a private person could be known."""
    hidden = case((_SAID_BY.speaker_class == "private", None), else_=origin)
    return derived(
        name, type_, description, chosen=lambda choice: origin if choice.private_names else hidden,
        missing="not printed, or of a private person",
    )  # fmt: skip


def _words(of: Any, *, owned: Any) -> Any:
    """Quoted words; of a whole text as far as texts are let through, `owned` being the condition of a publisher's."""

    def chosen(choice: Choice) -> ColumnElement[str | None]:
        left_out = {"all": [], "own": [and_(of.kind == "whole", owned)], "none": [of.kind == "whole"]}[choice.text]
        return case(*((each, null()) for each in left_out), else_=of.words) if left_out else of.words

    return chosen


def _of_statements(wanted: Wanted, asked: Asked) -> Wanted:
    told = wanted.select_from(_S).join(_P, _P.id == _S.speaker_id)
    return told.where(_S.id.in_(asked.carried(_A.statement_id)))


def _of_tags(wanted: Wanted, asked: Asked) -> Wanted:
    told = wanted.select_from(StatementTag).join(_S, _S.id == StatementTag.statement_id)
    told = told.join(TagDictionary, TagDictionary.name == StatementTag.dictionary)
    return told.where(_S.id.in_(asked.carried(_A.statement_id)))


def _of_speakers(wanted: Wanted, asked: Asked) -> Wanted:
    # A statement is told as its best known speaker's, who need not be the one that a chosen document names.
    either = or_(_P.id.in_(asked.carried(_A.speaker_id)), _P.id.in_(asked.carried(_S.speaker_id)))
    return wanted.select_from(_P).where(either)


def _of_appearances(wanted: Wanted, asked: Asked) -> Wanted:
    return (
        wanted.select_from(_A)
        .join(_V, _V.id == _A.version_id)
        .join(_D, _D.id == _V.document_id)
        .join(Source, Source.id == _D.source_id)
        .outerjoin(Story, Story.id == _D.story_id)
        .outerjoin(_S, _S.id == _A.statement_id)
        .outerjoin(_W, _W.id == _A.wording_id)
        .outerjoin(_SAID_BY, _SAID_BY.id == _A.speaker_id)
        .where(*asked.appearances)
    )


def _freest_rights() -> Any:
    """Of the sources that carry a statement; in the order of their letters `publisher` is the last."""
    carrying, held, of = aliased(Appearance), aliased(Version), aliased(Document)
    return (
        select(func.min(Source.rights))
        .join(of, of.source_id == Source.id)
        .join(held, held.document_id == of.id)
        .join(carrying, carrying.version_id == held.id)
        .where(carrying.statement_id == _S.id)
        .correlate(_S)
        .scalar_subquery()
    )


_RIGHTS = _freest_rights()
_PRIMARY_STATUS = select(func.max(VIEW.c.primary_status)).where(VIEW.c.statement_id == _S.public_id).scalar_subquery()
_NAME = "full name; a pseudonym for private people"
_NOBODY = "nobody can be named"


STATEMENTS = Table(
    name="statements",
    description="One utterance, however often carried: who said what, in which office, for which place, when. Its "
    "counts are of the whole archive.",
    columns=(
        derived("id", "string", "public id; it answers to each of its wordings' ids too", _S.public_id),
        derived("speaker", "string", "public id of the speaker", _P.public_id),
        derived("speaker_name", "string", _NAME, chosen=_named(_P, _P.name)),
        derived("speaker_class", "string", "what the speaker is to the public", _P.speaker_class, values=_CLASSES),
        derived("words", "string", "of the primary source, else of the earliest direct quotation",
                chosen=_words(_S, owned=_RIGHTS == "publisher"),
                missing="a whole text, left out by rights or `--text`"),
        derived("kind", "string", "what it is", _S.kind, values=_KINDS),
        derived("office", "string", "office that the speaker held that day", _S.office, missing="none, or not known"),
        derived("office_basis", "string", "how that is known; `open`: an end of the term is unknown", _S.office_basis,
                values=_BASES, missing="no office"),
        derived("jurisdiction", "string", "Open Civic Data id of the place", _S.jurisdiction, missing="not known"),
        derived("jurisdiction_name", "string", "the place as people write it", _S.jurisdiction_name,
                missing="not known"),
        derived("first_date", "date", "day of the earliest appearance", _S.first_date),
        derived("last_date", "date", "day of the latest appearance", _S.last_date),
        derived("primary_status", "string", "what having no primary source means", _PRIMARY_STATUS,
                values=("absent_while_watched", "found", "not_applicable", "not_watched"),
                missing="no appearance is left"),
        derived("stories", "integer", "independent stories that carry it", _S.stories, unit="stories"),
        derived("documents", "integer", "documents that carry it", _S.documents, unit="documents"),
        derived("repeat_of", "string", "public id of the earlier statement of the same words", _S.repeat_of,
                missing="no repeat"),
        derived("checked", "boolean", "whether a person checked it", _S.checked),
        derived("rights", "string", "rights of the freest source that carries it", func.coalesce(_RIGHTS, "facts"),
                values=RIGHTS),
    ),
    key=("id",),
    joined=_of_statements,
    references=(Reference("speaker", "speakers"),),
)  # fmt: skip

TAGS = Table(
    name="tags",
    description="A tag that a statement has by a keyword dictionary in force (`archive tag`).",
    columns=(
        derived("statement", "string", "public id of the statement", _S.public_id),
        derived("dictionary", "string", "name of the dictionary", StatementTag.dictionary),
        derived("tag", "string", "name of the tag", StatementTag.tag),
        derived("version", "string", "version of the dictionary", TagDictionary.version),
        derived("digest", "string", "sha256 of the dictionary's text, hexadecimal", TagDictionary.digest),
        derived("licence", "string", "licence of the dictionary", TagDictionary.licence, missing="none is given"),
        derived("rights", "string", "rights in this row", FACTS, values=RIGHTS),
    ),
    key=("statement", "dictionary", "tag"),
    joined=_of_tags,
    references=(Reference("statement", "statements"),),
)

APPEARANCES = Table(
    name="appearances",
    description="One occurrence of quoted words in one version, with its place in the text.",
    columns=(
        derived("document", "string", "public id of the document", _D.public_id),
        derived("version", "integer", "number of the version within the document", _V.number),
        derived("char_start", "integer", "offset in the version's text, from 0", _A.char_start,
                unit="Unicode code points"),
        derived("char_end", "integer", "end of the words, exclusive", _A.char_end, unit="Unicode code points"),
        derived("kind", "string", "what it is", _A.kind, values=_KINDS),
        derived("utterance", "integer", "the same for the parts of one utterance of a version", _A.utterance),
        derived("statement", "string", "public id of the statement", _S.public_id, missing=_NOBODY),
        derived("wording", "string", "public id of the wording", _W.public_id, missing=_NOBODY),
        derived("is_latest", "boolean", "whether the version is in force at the last capture", _V.is_latest),
        observed("source", "string", "id of the source in the catalog", _D.source_id),
        derived("story", "string", "public id of the document's story", Story.public_id,
                missing="nobody else carries the text"),
        derived("words", "string", "the words, verbatim", chosen=_words(_A, owned=Source.rights == "publisher"),
                missing="a whole text, left out by rights or `--text`"),
        derived("cue", "string", "the word that ties them to the speaker", _A.cue, missing="none"),
        derived("turn", "boolean", "a turn of a transcript", _A.turn),
        derived("speaker", "string", "public id of the speaker", _SAID_BY.public_id, missing=_NOBODY),
        derived("speaker_name", "string", f"{_NAME}; of nobody named what the text calls the speaker",
                chosen=_named(_SAID_BY, _A.speaker_name), missing="the text calls the speaker nothing"),
        derived("speaker_class", "string", "what the speaker is to the public", _A.speaker_class, values=_CLASSES,
                missing=_NOBODY),
        _printed("speaker_as_printed", "string", "the mention in the text", _A.speaker_as_printed),
        _printed("speaker_start", "integer", "offset of the mention in the version's text", _A.speaker_start),
        _printed("speaker_end", "integer", "end of the mention, exclusive", _A.speaker_end),
        _printed("role", "string", "role as printed", _A.role),
        _printed("place", "string", "place of that role as printed", _A.place),
        _printed("on_behalf_of", "string", "for whom a spokesperson speaks", _A.on_behalf_of),
        derived("office", "string", "office held that day", _A.office, missing="none, or not known"),
        derived("office_basis", "string", "how that is known; `open`: an end of the term is unknown", _A.office_basis,
                values=_BASES, missing="no office"),
        derived("jurisdiction", "string", "Open Civic Data id of the place", _A.jurisdiction, missing="not known"),
        derived("jurisdiction_name", "string", "the place as people write it", _A.jurisdiction_name,
                missing="not known"),
        derived("day", "date", "day of the document", _A.day),
        derived("day_basis", "string", "what the day is", _A.day_basis, values=("first_seen", "published")),
        derived("appearance_role", "string", "whether the speaker's own office published it", _A.appearance_role,
                values=("primary", "report"), missing=_NOBODY),
        derived("variation", "string", "how its words differ from the primary wording", _A.variation,
                values=("bracketed", "elided", "fragment", "reworded", "verbatim"), missing="no primary is known"),
        derived("held", "boolean", "found inside a whole release or a transcript turn", _A.held),
        derived("confidence", "number", "of the attribution, 0.0 to 1.0", _A.confidence),
        _printed("unresolved", "string", "why the name is nobody's in the roster", _A.unresolved),
        derived("checked", "boolean", "whether a person checked it", _A.checked),
        observed("rights", "string", "rights of the source", Source.rights, values=RIGHTS),
    ),
    key=("document", "version", "char_start", "char_end", "kind", "utterance", "statement"),
    unique=False,
    joined=_of_appearances,
    references=(Reference("document", "documents"), Reference("statement", "statements"),
                Reference("speaker", "speakers"), Reference("source", "sources")),
)  # fmt: skip

SPEAKERS = Table(
    name="speakers",
    description="To whom words are attributed: people of the roster, others by name and place, bodies.",
    columns=(
        derived("id", "string", "public id", _P.public_id),
        derived("name", "string", _NAME, chosen=_named(_P, _P.name)),
        derived("speaker_class", "string", "what the speaker is to the public", _P.speaker_class, values=_CLASSES),
        derived("person", "string", "id of the person in the roster", _P.person, missing="not in the roster"),
        derived("wikidata", "string", "item of Wikidata, `Q...`", _P.person, convert=wikidata, missing="not known"),
        derived("open_states", "string", "id in Open States, `ocd-person/...`", _P.person, convert=open_states,
                missing="not known"),
        derived("jurisdiction", "string", "Open Civic Data id of the place", _P.jurisdiction, missing="not known"),
        derived("rights", "string", "rights in this row", FACTS, values=RIGHTS),
    ),
    key=("id",),
    joined=_of_speakers,
)  # fmt: skip
