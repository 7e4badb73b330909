"""What of an archive is exported: filters as in a search, how sure attributions must be, and whose texts go along."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, or_, select

from archive import fulltext
from archive.fulltext import postgresql, sqlite
from archive.models import Appearance, Document, Source, Speaker, Statement, Version
from archive.query.filters import CONFIDENT, Filters
from archive.query.naming import is_meant
from archive.query.tagged import is_tagged

__all__ = ["TEXTS", "Asked", "Choice"]

# Whose texts an export carries: everybody's, those that are nobody's to forbid, or nobody's.
TEXTS = ("all", "own", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What of an archive is exported.

    `filters` are on documents; `speaker` (a part of a name or an id), `kind` and `words` as a search takes them.
    Quotations of nobody, and what a person checked, are there whatever `min_confidence` (0.0 to 1.0) is. `text` is one
    of TEXTS: `own` leaves out the texts of sources whose rights are their publishers'.
    """

    filters: Filters = field(default_factory=Filters)
    speaker: str | None = None
    kind: str | None = None
    words: str | None = None
    min_confidence: float = CONFIDENT
    text: str = "own"
    private_names: bool = False

    @property
    def spoken(self) -> bool:
        """Whether something is asked that only statements answer."""
        return bool(self.speaker or self.kind or self.filters.tag)

    @property
    def narrow(self) -> bool:
        """Whether statements are asked for by more than their documents."""
        return bool(self.spoken or self.words or self.filters.office or self.filters.jurisdiction)

    @property
    def filtered(self) -> bool:
        """Whether anything is left out by a filter."""
        return self.narrow or self.filters != Filters()

    def query(self) -> dict[str, Any]:
        """What was asked for, by the names of the options; what was left open is left out."""
        given: dict[str, Any] = {each.name: getattr(self.filters, each.name) for each in fields(self.filters)}
        given |= {"speaker": self.speaker, "kind": self.kind, "words": self.words}
        said = {name: str(value) for name, value in given.items() if value is not None}
        return said | {
            "min_confidence": self.min_confidence, "text": self.text, "private_names": self.private_names,
        }  # fmt: skip


class Asked:
    """A choice as conditions for one connection's database.

    As in a search, office and jurisdiction are the source's for documents and the speaker's for statements, and words
    are looked for in latest texts and in statements. A document that carries a chosen statement comes with it.
    """

    def __init__(self, connection: Connection, choice: Choice) -> None:
        self.connection = connection
        self.choice = choice
        self.dialect = connection.dialect.name

    @cached_property
    def _plain(self) -> list[ColumnElement[bool]]:
        return replace(self.choice.filters, office=None, jurisdiction=None, tag=None).conditions()

    @cached_property
    def documents(self) -> list[ColumnElement[bool]]:
        """Conditions on rows of `document` joined with `source`."""
        if not self.choice.narrow:
            return self._plain
        own = false() if self.choice.spoken else and_(*self.choice.filters.conditions(), *self._written())
        return [*self._plain, or_(own, Document.id.in_(self.carried(Version.document_id)))]

    @cached_property
    def appearances(self) -> list[ColumnElement[bool]]:
        """Conditions on rows of `appearance` joined with version, document and source, outer-joined with statement."""
        return [*self._plain, *self._said(), *self._sure()]

    def chosen_documents(self) -> Select[int]:
        """The row numbers of the documents."""
        wanted = select(Document.id).join(Source, Source.id == Document.source_id)
        return wanted.where(*self.documents).correlate(None)

    def carried(self, column: Any) -> Select[Any]:
        """A column of the appearances that are chosen, or of what they are joined with, where it is not null."""
        return (
            select(column)
            .select_from(Appearance)
            .join(Version, Version.id == Appearance.version_id)
            .join(Document, Document.id == Version.document_id)
            .join(Source, Source.id == Document.source_id)
            .outerjoin(Statement, Statement.id == Appearance.statement_id)
            .where(column.is_not(None), *self.appearances)
            .correlate(None)
        )

    def _sure(self) -> list[ColumnElement[bool]]:
        least = self.choice.min_confidence
        if least <= 0:
            return []
        checked = or_(Appearance.checked, Statement.checked)
        return [or_(Appearance.speaker_id.is_(None), Appearance.confidence >= least, checked)]

    def _said(self) -> list[ColumnElement[bool]]:
        choice, place = self.choice, self.choice.filters.jurisdiction
        found: list[ColumnElement[bool]] = []
        if choice.speaker:
            meant = select(Speaker.id).where(is_meant(self.connection, choice.speaker)).correlate(None)
            found.append(Appearance.speaker_id.in_(meant))
        if choice.kind:
            found.append(Appearance.kind == choice.kind)
        if choice.filters.office:
            found.append(Appearance.office == choice.filters.office)
        if place:
            within = Appearance.jurisdiction.startswith(place.rstrip("/") + "/", autoescape=True)
            found.append(or_(Appearance.jurisdiction == place, within))
        if choice.filters.tag:
            found.append(is_tagged(choice.filters.tag))
        if choice.words:
            found.append(Appearance.statement_id.in_(self._holding(fulltext.STATEMENTS, Statement.id)))
        return found

    def _written(self) -> list[ColumnElement[bool]]:
        if not self.choice.words:
            return []
        holding = self._holding(fulltext.VERSIONS, Version.document_id).where(Version.is_latest)
        return [Document.id.in_(holding)]

    def _holding(self, index: fulltext.Index, column: Any) -> Select[Any]:
        query = fulltext.parse(self.choice.words or "")
        row: Any = Statement.id if index is fulltext.STATEMENTS else Version.id
        if self.dialect == "sqlite":
            found = sqlite.matching(index, sqlite.expression(query), sqlite.row_range(None, None, latest=True))
            place = found.order_by(None).subquery("hits").c.place
            held = row.in_(select(sqlite.id_of(place)))
        else:
            held = row.in_(select(row).where(postgresql.answers(index, query)).correlate(None))
        return select(column).where(held).correlate(None)
