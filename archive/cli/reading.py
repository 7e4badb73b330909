"""`archive show`, `history` and `diff`: one document, its versions, and what changed between two of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archive.cli import pages
from archive.cli.options import as_rows, database, opened
from archive.cli.output import fields, note, print_json, print_table
from archive.errors import UnknownRecord

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from archive.query import CaptureFacts, Found, Shown, StatementHit

__all__ = ["diff", "history", "show"]


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--version", "number", type=click.IntRange(1), help="The version of this number instead of the latest.")
@click.option("--payload", is_flag=True, help="Write the bytes that the server answered, and nothing else.")
@as_rows
@database
def show(id_: str, *, number: int | None, payload: bool, as_json: bool, database: str | None) -> None:
    """Show a document, a version of it (ID@TIME), a capture (urn:uuid:...) or a statement.

    ID may be shortened to its first 6 characters, or be an address the document had; a statement answers to its
    wordings' and appearances' ids too.
    """
    from archive import query

    shown: Shown | CaptureFacts
    with opened(database) as archive:
        with archive.read() as connection:
            if id_.strip("<").startswith("urn:uuid:"):
                row, shown = query.capture(connection, id_)
            elif said := _said(connection, id_):
                _show_said(said, as_json=as_json)
                return
            else:
                shown = query.document(connection, _found(connection, id_), number=number)
                row = _capture_row(connection, shown) if payload else 0
        if payload:
            sys.stdout.buffer.write(archive.payload(row))
            return
    if as_json:
        print_json(shown)
    elif isinstance(shown, query.Shown):
        pages.print_document(shown)
    else:
        pages.print_capture(shown)


def _said(connection: Connection, written: str) -> list[StatementHit]:
    """The statements that an id means which is no document's."""
    from archive import query

    if not query.is_appearance(written):
        try:
            query.find_document(connection, written)
        except UnknownRecord:
            pass
        else:
            return []
    return query.statements(connection, query.find_statements(connection, written))


def _show_said(said: list[StatementHit], *, as_json: bool) -> None:
    from archive.cli.statements import print_said

    for number, hit in enumerate(said):
        if as_json:
            print_json(hit)
            continue
        click.echo("\n" if number else "", nl=False)
        print_said(hit)
    if not as_json:
        note("`archive trace ID` shows where it was carried")


def _capture_row(connection: Connection, shown: Shown) -> int:
    from archive import query

    if shown.version is None:
        raise UnknownRecord(f"document {shown.document.id} has no version whose bytes could be shown")
    return query.capture(connection, shown.version.capture)[0]


@click.command()
@click.argument("id_", metavar="ID")
@as_rows
@database
def history(id_: str, *, as_json: bool, database: str | None) -> None:
    """List the versions of a document, oldest first, with the time in which each change happened."""
    from archive import query

    with opened(database) as archive, archive.read() as connection:
        found = query.versions(connection, _found(connection, id_))
    if as_json:
        for version in found:
            print_json({name: value for name, value in fields(version).items() if name != "text"})
        return
    columns = ("number", "id", "changed_after", "last_captured", "captures", "words", "obtained", "capture", "title")
    print_table(found, columns, empty="the document has no version")


@click.command()
@click.argument("id_", metavar="ID")
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option("--full", is_flag=True, help="Print unchanged paragraphs too.")
@as_rows
@database
def diff(id_: str, a: str | None, b: str | None, *, full: bool, as_json: bool, database: str | None) -> None:
    """Show what changed in a document, word by word: [-taken out-] {+put in+}, in colours on a terminal.

    A and B are version numbers, days or times; without them the last two versions, with A alone that and the latest.
    """
    from archive import query

    with opened(database) as archive, archive.read() as connection:
        found = _found(connection, id_)
        changed = query.diff(connection, found, a, b)
    old, new, titles, texts = changed.old, changed.new, changed.title, changed.text
    if as_json:
        print_json({"document": found.id, "from": old.id, "to": new.id, "title": titles, "text": texts})
        return
    if old.redacted or new.redacted:
        note("a version was redacted: its text is gone for good")
    if old.id == new.id:
        note(f"document {found.id} has one version, {old.id}: nothing changed")
        return
    note(f"from {old.id} to {new.id}, changed after {new.changed_after:%Y-%m-%d %H:%M} UTC")
    in_colour = sys.stdout.isatty()
    pages.print_changes(titles, full=True, in_colour=in_colour)
    click.echo()
    pages.print_changes(texts, full=full, in_colour=in_colour)


def _found(connection: Connection, written: str) -> Found:
    from archive import query

    found = query.find_document(connection, written)
    if found.note:
        note(found.note)
    return found
