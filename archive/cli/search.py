"""`archive search`: full-text search of statements and documents."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from archive.cli.options import as_rows, database, filters, opened
from archive.cli.output import counted_as, fields, note, plain, print_json

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from archive.query import Counts, DocumentCounts, Filters, Hit, StatementHit

__all__ = ["search"]


# -word is no option: of short options none is known here, and an unknown long one is still a mistake.
@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@filters
@click.option("--speaker", help="Statements of this speaker: a part of the name, or an id.")
@click.option(
    "--kind", type=click.Choice(["direct", "fragment", "indirect", "whole"]), help="Statements of this kind only."
)
@click.option(
    "--in",
    "where",
    type=click.Choice(["all", "statements", "documents"]),
    default="all",
    show_default=True,
    help="What to look at.",
)
@click.option("--all-versions", is_flag=True, help="Look at earlier versions too, not only the latest.")
@click.option("--count", is_flag=True, help="Print only how many statements, independent stories and documents answer.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many at most.")
@as_rows
@database
def search(
    words: tuple[str, ...], *, speaker: str | None, kind: str | None, where: str, all_versions: bool, count: bool,
    limit: int, as_json: bool, database: str | None, **given: Any,
) -> None:  # fmt: skip
    """Find statements, then documents, by their words: best first, or newest first where there are none.

    Of statements --office and --jurisdiction are the speaker's on that day; of documents they are the source's.

    All words must be there. "quoted words" stand in a row, -word must not be there, OR takes either neighbour,
    begin* takes every word that begins so.
    """
    from archive.query import Filters

    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word, ctx=click.get_current_context())
    # The shell has taken a phrase's quotes off: an argument with spaces in it was a phrase.
    asked = " ".join(f'"{word}"' if " " in word and '"' not in word and len(words) > 1 else word for word in words)
    of_speakers = bool(speaker or kind)
    if of_speakers and where == "documents":
        raise click.UsageError("--speaker and --kind are of statements; leave out --in documents")
    spoken = None if where == "documents" else _Spoken(speaker, kind)
    written = None if where == "statements" or of_speakers else _Written(all_versions)
    with opened(database) as archive, archive.read() as connection:
        asking = _Asking(connection, asked, Filters(**given), as_json)
        if count:
            asking.count(spoken, written)
        else:
            asking.list(spoken, written, limit)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What is asked of statements."""

    speaker: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class _Written:
    """What is asked of documents."""

    all_versions: bool


@dataclass(frozen=True, slots=True)
class _Asking:
    """A search of statements and of documents; where one of the two is None, only of the other."""

    connection: Connection
    asked: str
    filters: Filters
    as_json: bool

    def list(self, spoken: _Spoken | None, written: _Written | None, limit: int) -> None:
        from archive import query

        in_colour = sys.stdout.isatty() and not self.as_json
        marks = ("\x01", "\x02") if in_colour else ("[", "]")
        said: Sequence[StatementHit] = ()
        hits: Sequence[Hit] = ()
        if spoken is not None:
            said = query.search_statements(
                self.connection, self.asked, filters=self.filters, limit=limit, marks=marks,
                speaker=spoken.speaker, kind=spoken.kind,
            )  # fmt: skip
        if written is not None:
            hits = query.search(
                self.connection, self.asked, filters=self.filters, limit=limit, marks=marks,
                all_versions=written.all_versions,
            )  # fmt: skip
        for each in said:
            self.show("statement", each, _statement_lines(each))
        for hit in hits:
            self.show("document", hit, _document_lines(hit))
        if limit in (len(said), len(hits)):
            note(f"at most {limit} statements and {limit} documents are shown; --limit shows more, --count counts all")
        elif not hits and not said:
            what = f"nothing holds {self.asked!r}" if self.asked else "nothing is"
            note(f"{what} within these filters; try fewer words or filters, begin* or --all-versions")

    def count(self, spoken: _Spoken | None, written: _Written | None) -> None:
        from archive import query

        if spoken is not None:
            said = query.count_statements(
                self.connection, self.asked, filters=self.filters, speaker=spoken.speaker, kind=spoken.kind
            )
            self.show("statement", said, [f"{counted_as(said.statements, 'statement')} in {_carriers(said)}"])
        if written is not None:
            found = query.count_documents(
                self.connection, self.asked, filters=self.filters, all_versions=written.all_versions
            )
            self.show("document", found, [f"the words stand in {_carriers(found)}"])

    def show(self, record: str, row: Any, lines: Iterable[str]) -> None:
        if self.as_json:
            print_json({"record": record, **fields(row)})
            return
        for line in lines:
            click.echo(line)


def _carriers(counts: Counts | DocumentCounts) -> str:
    return f"{counted_as(counts.stories, 'independent story')}, {counted_as(counts.documents, 'document')}"


def _statement_lines(hit: StatementHit) -> Iterator[str]:
    from archive.cli.statements import statement_lines

    return statement_lines(hit, _coloured(hit.snippet))


def _document_lines(hit: Hit) -> Iterator[str]:
    day = hit.published_date or hit.first_captured.date()
    state = f" [removal {hit.removal_state}]" if hit.removal_state else ""
    name = hit.document if hit.is_latest else hit.version
    title = plain(" ".join((hit.title or "(no title)").split()))
    yield f"{click.style(name, fg='yellow')}  {day}  {hit.source}{state}  {click.style(title, bold=True)}"
    yield f"    {_coloured(hit.snippet)}"


def _coloured(snippet: str) -> str:
    """A snippet without what drives a terminal, the hits between the marks of a terminal in colour."""
    first, *marked = (plain(part.replace("\x02", "\n")) for part in snippet.split("\x01"))
    parts = (part.partition("\n") for part in marked)
    return first + "".join(click.style(hit, fg="red", bold=True) + rest for hit, _, rest in parts)
