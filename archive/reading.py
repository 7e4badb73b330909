"""`archive.Archive`: what the store keeps, with everything that can be asked of it, for programs and notebooks.

The command line and the web page ask the same functions of `archive.query`; here each is a method that opens a
read-only connection of its own. Rows are frozen dataclasses with public ids. What is called a stream is read as it is
asked for, in constant memory, and holds its connection until it is exhausted or closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TypedDict, TypeVar, Unpack

from sqlalchemy import Connection

from archive import clock, query, store
from archive.catalog import load_catalog
from archive.query import Filters, Period, Sort, What
from archive.query.what import matching_of

__all__ = ["Archive", "Narrowed", "Spoken"]

Row = TypeVar("Row")


class Narrowed(TypedDict, total=False):
    """Filters of documents and statements, as `archive.query.Filters` explains them."""

    source: str | None
    jurisdiction: str | None
    office: str | None
    document_kind: str | None
    since: date | None
    until: date | None
    tag: str | None


class Spoken(Narrowed, total=False):
    """Filters of statements: `speaker` is a part of a name or an id, `kind` that of the quotation."""

    speaker: str | None
    kind: str | None


class Archive(store.Archive):
    """An archive that answers. Make one with `Archive.open(url)`; `create=False` refuses to make a new one.

    Every method raises StorageError where the database refuses, and UnknownRecord where an id answers to nothing.
    """

    # Searching

    def search(
        self, words: str = "", *, limit: int = 20, offset: int = 0, sort: Sort = "best", all_versions: bool = False,
        marks: tuple[str, str] = ("[", "]"), **filters: Unpack[Narrowed],
    ) -> list[query.Hit]:  # fmt: skip
        """One page of the documents that answer, best or newest first, with snippets; UsageError for one too far."""
        with self.read() as connection:
            return query.search(
                connection, words, filters=Filters(**filters), all_versions=all_versions, limit=limit, offset=offset,
                sort=sort, marks=marks,
            )  # fmt: skip

    def search_statements(
        self, words: str = "", *, limit: int = 20, offset: int = 0, sort: Sort = "best",
        marks: tuple[str, str] = ("[", "]"), **filters: Unpack[Spoken],
    ) -> list[query.StatementHit]:  # fmt: skip
        """One page of the statements that answer, best or newest first; UsageError for one too far."""
        spoken, given = _spoken(filters)
        with self.read() as connection:
            return query.search_statements(
                connection, words, filters=given, limit=limit, offset=offset, sort=sort, marks=marks, **spoken
            )

    def total(
        self, words: str = "", *, of: What = "documents", all_versions: bool = False, **filters: Unpack[Spoken]
    ) -> query.Total:
        """How many answer, counted up to 10,000; UsageError where a speaker or kind is asked of documents."""
        spoken, given = _spoken(filters)
        with self.read() as connection:
            found = matching_of(connection, words, of=of, filters=given, all_versions=all_versions, **spoken)
            return found.count()

    def facets(
        self, words: str = "", *, of: What = "documents", all_versions: bool = False, **filters: Unpack[Spoken]
    ) -> query.Facets:
        """The answers per office, place, source, speaker, kind and year, over the newest 10,000."""
        spoken, given = _spoken(filters)
        with self.read() as connection:
            return query.facets(connection, words, of=of, filters=given, all_versions=all_versions, **spoken)

    def timeline(
        self, words: str = "", *, of: What = "documents", period: Period | None = None, all_versions: bool = False,
        **filters: Unpack[Spoken],
    ) -> query.Timeline:  # fmt: skip
        """The answers per day, week, month or year, over the newest 100,000."""
        spoken, given = _spoken(filters)
        with self.read() as connection:
            return query.timeline(
                connection, words, of=of, filters=given, all_versions=all_versions, period=period, **spoken
            )

    # Everything, as streams

    def documents(
        self, words: str = "", *, all_versions: bool = False, **filters: Unpack[Narrowed]
    ) -> Iterator[query.Text]:
        """A stream of every document that answers, newest first, with its text in force (or of every version)."""
        given = Filters(**filters)
        return self._stream(lambda c: query.every_text(c, words, filters=given, all_versions=all_versions))

    def statements(self, words: str = "", **filters: Unpack[Spoken]) -> Iterator[query.StatementHit]:
        """A stream of every statement that answers, newest first."""
        spoken, given = _spoken(filters)
        return self._stream(lambda c: query.every_statement(c, words, filters=given, **spoken))

    def coverage(
        self, *, source: str | None = None, since: date | None = None, until: date | None = None
    ) -> Iterator[query.CoverageDay]:
        """A stream of the days on which sources were looked at: a nought is only a nought where a day has a row."""
        return self._stream(lambda c: query.coverage(c, source=source, since=since, until=until))

    def stories(self, *, at_least: int = 2) -> Iterator[query.StoryFacts]:
        """A stream of the stories of at least so many documents, those of most documents first."""
        return self._stream(lambda c: query.stories(c, at_least=at_least))

    # One record

    def document(self, record: str, *, version: int | None = None) -> query.Shown:
        """A document by its id, its beginning, an address or `ID@TIME`, with the version asked for or in force."""
        with self.read() as connection:
            return query.document(connection, query.find_document(connection, record), number=version)

    def versions(self, record: str) -> list[query.VersionFacts]:
        """All versions of a document, oldest first."""
        with self.read() as connection:
            return query.versions(connection, query.find_document(connection, record))

    def version_at(self, record: str, at: datetime | date | str) -> query.VersionFacts:
        """The version of a document in force at a time (UTC where it names no zone), or at the end of a day."""
        written = at if isinstance(at, str) else at.isoformat()
        with self.read() as connection:
            found = query.find_document(connection, f"{query.find_document(connection, record).id}@{written}")
            shown = query.document(connection, found)
        assert shown.version is not None, "a time without a version raises"
        return shown.version

    def diff(self, record: str, a: str | None = None, b: str | None = None) -> query.Diff:
        """What changed from version `a` to `b` (numbers, days or times), in words; by default the last change."""
        with self.read() as connection:
            return query.diff(connection, query.find_document(connection, record), a, b)

    def capture(self, record_id: str) -> query.CaptureFacts:
        """One answer of a server, by its WARC-Record-ID."""
        with self.read() as connection:
            return query.capture(connection, record_id)[1]

    def statement(self, record: str) -> query.StatementHit:
        """A statement by its id, a wording's, an appearance's; UnknownRecord where it means several."""
        with self.read() as connection:
            (found,) = query.statements(connection, [query.find_statement(connection, record)])
            return found

    def trace(self, record: str) -> query.Traced:
        """A statement's primary source, every appearance with how its words differ, repeats and decisions."""
        with self.read() as connection:
            return query.trace(connection, record)

    def person(
        self, name: str, *, since: date | None = None, until: date | None = None, limit: int = 20
    ) -> query.PersonFacts:
        """One speaker by name or id, with offices, counts and what was said last. Private people have no page."""
        with self.read() as connection:
            return query.person(connection, name, since=since, until=until, limit=limit)

    # The archive itself

    def status(self) -> query.Status:
        """Counts of everything."""
        with self.read() as connection:
            return query.status(connection)

    def recent(self, since: datetime) -> query.Recent:
        """What came since a time."""
        with self.read() as connection:
            return query.recent(connection, since)

    def sources(self, *, now: datetime | None = None) -> list[query.Health]:
        """Every source of the catalog and of the archive, with its state by its own rhythm and the reason in words."""
        with self.read() as connection:
            return query.health(connection, load_catalog(), now or clock.now())

    def removals(
        self, *, source: str | None = None, state: str | None = None, since: date | None = None
    ) -> list[query.RemovalFacts]:
        """Documents no longer found at their addresses, the latest first; `state` is suspected, confirmed, restored."""
        with self.read() as connection:
            return query.removals(connection, source=source, state=state, since=since)

    def runs(self, *, source: str | None = None, failing: bool = False, limit: int | None = 50) -> list[query.RunFacts]:
        """The last crawls and ingests, newest first; `failing` are those that did not end `ok`."""
        with self.read() as connection:
            return query.runs(connection, source=source, failing=failing, limit=limit)

    def scores(self) -> list[query.ScoreFacts]:
        """The kept scores of audit samples, the oldest first."""
        with self.read() as connection:
            return query.scores(connection)

    def dictionaries(self) -> list[query.DictionaryFacts]:
        """The keyword dictionaries in force, with how many statements have each of their tags."""
        with self.read() as connection:
            return query.dictionaries(connection)

    def watches(self) -> list[query.WatchFacts]:
        """The watches that were entered: since when, when they last looked, what they noticed."""
        with self.read() as connection:
            return query.watches(connection)

    def _stream(self, rows: Callable[[Connection], Iterator[Row]]) -> Iterator[Row]:
        with self.read() as connection:
            yield from rows(connection)


class _Who(TypedDict):
    speaker: str | None
    kind: str | None


def _spoken(filters: Spoken) -> tuple[_Who, Filters]:
    """Whose words and of which kind, and the filters that documents have too."""
    given = dict(filters)
    who = _Who(speaker=filters.get("speaker"), kind=filters.get("kind"))
    return who, Filters(**{name: value for name, value in given.items() if name not in who})  # type: ignore[arg-type]
