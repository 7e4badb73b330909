"""`archive trace` and `archive person`: the story of one statement, and what one speaker said."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from archive.cli import pages
from archive.cli.options import DAY, as_rows, database, opened
from archive.cli.output import counted_as, note, plain, print_json

if TYPE_CHECKING:
    from archive.query import AppearanceFacts, PersonFacts, Printing, Seat, SpokenAs, StatementHit, Traced

__all__ = ["person", "print_said", "print_statement", "statement_lines", "trace"]

STATUS = {
    "found": "found",
    "absent_while_watched": "not found, although a source of the speaker's office was watched in these days",
    "not_watched": "unknown: no source of the speaker's office was watched in these days",
    "not_applicable": "none to be expected: the speaker has no office that publishes",
}


@click.command()
@click.argument("id_", metavar="ID")
@as_rows
@database
def trace(id_: str, *, as_json: bool, database: str | None) -> None:
    """Tell the story of one statement: primary source, every appearance with its variation, edits, repeats, decisions.

    ID is the statement's, or of a wording of it (the first 6 characters do), an appearance's as printed here, or the
    record id that the view statement_appearance gives.
    """
    from archive import query

    with opened(database) as archive, archive.read() as connection:
        traced = query.trace(connection, id_)
    if as_json:
        print_json(traced)
    else:
        _print_traced(traced)


def _print_traced(traced: Traced) -> None:
    print_statement(traced.statement)
    click.echo(f"\nprimary source: {STATUS.get(traced.statement.primary_status or '', 'unknown')}")
    if traced.primary:
        _print_appearance(traced.primary)
    if len(traced.printings) > 1:
        click.echo("\nthe primary source printed in turn")
        for printing in traced.printings:
            _print_printing(printing)
    others = [each for each in traced.appearances if traced.primary is None or each.id != traced.primary.id]
    click.echo(f"\n{counted_as(len(others), 'other appearance' if traced.primary else 'appearance')}")
    for each in others:
        _print_appearance(each)
    for what, repeats in (("said before", traced.earlier), ("said again", traced.later)):
        for repeat in repeats:
            click.echo(f"\n{what}: {repeat.statement}  {repeat.first_date}  {plain(repeat.snippet)}")
    for decision in traced.decisions:
        click.echo(
            f"\ndecided: {decision.kind.replace('_', ' ')} (decision {decision.decision}), {decision.made_at:%Y-%m-%d} "
            f"by {plain(decision.made_by)}: {plain(decision.reason)}"
        )


def print_statement(hit: StatementHit) -> None:
    """One statement in three lines: whose it is, its words, where it was carried."""
    for line in statement_lines(hit, plain(hit.snippet)):
        click.echo(line)


def statement_lines(hit: StatementHit, words: str) -> Iterator[str]:
    """The lines of `print_statement`; `words` are shown as they are."""
    name = click.style(plain(_whose(hit)), bold=True)
    days = str(hit.first_date) if hit.first_date == hit.last_date else f"{hit.first_date} to {hit.last_date}"
    yield f"{click.style(hit.statement, fg='yellow')}  {days}  {name}"
    yield f"    {words}"
    primary = f", primary source {hit.primary_status.replace('_', ' ')}" if hit.primary_status else ""
    checked = ", checked by a person" if hit.checked else ""
    carried = f"{counted_as(hit.stories, 'independent story')}, {counted_as(hit.documents, 'document')}"
    yield f"    {hit.kind}; {carried}{primary}{checked}"


def print_said(hit: StatementHit) -> None:
    """All that is known of one statement but its appearances."""
    click.echo(click.style(plain(_whose(hit)), bold=True))
    basis = f" ({hit.office_basis})" if hit.office_basis else ""
    for name, value in (
        ("id", hit.statement),
        ("speaker", f"{hit.speaker_id} ({hit.speaker_class.replace('_', ' ')})"),
        ("office", f"{(hit.office or 'none').replace('_', ' ')}{basis}"),
        ("place", hit.jurisdiction),
        ("kind", hit.kind),
        ("days", f"{hit.first_date} to {hit.last_date}"),
        ("carried by", f"{counted_as(hit.stories, 'independent story')}, {counted_as(hit.documents, 'document')}"),
        ("primary", STATUS.get(hit.primary_status or "", "unknown")),
        ("repeats", hit.repeat_of),
        ("checked", "by a person" if hit.checked else "no"),
    ):
        if value:
            click.echo(f"{name:<12}{plain(value)}")
    click.echo(f"\n{plain(hit.words)}")


def _whose(hit: StatementHit) -> str:
    office = f", {hit.office.replace('_', ' ')}" if hit.office else ""
    place = f", {hit.jurisdiction_name}" if hit.jurisdiction_name else ""
    return f"{hit.speaker}{office}{place}"


def _print_appearance(each: AppearanceFacts) -> None:
    role = ", ".join(
        filter(None, (each.appearance_role, each.variation, "checked by a person" if each.checked else ""))
    )
    office = f", as {each.office.replace('_', ' ')}" if each.office else ""
    latest = "" if each.is_latest else " (an earlier version)"
    seen = " (first seen)" if each.day_basis == "first_seen" else ""
    click.echo(f"\n  {each.day}{seen}  {each.source}  {role}{office}{latest}")
    click.echo(f"    {plain(' '.join((each.title or '(no title)').split()))}")
    click.echo(f"    {each.url}\n    {each.id}")
    shown = each.difference or []
    click.echo(f"    {pages.one_line(shown, in_colour=sys.stdout.isatty()) if shown else plain(each.words)}")


def _print_printing(printing: Printing) -> None:
    numbers = ", ".join(map(str, printing.versions))
    state = "in force" if printing.in_force else "no more"
    click.echo(f"  version{'s' if len(printing.versions) > 1 else ''} {numbers} ({state}): {plain(printing.words)}")
    still = "" if printing.in_force else "still "
    for document in printing.carried_by:
        click.echo(f"    {still}carried by {document}")


@click.command()
@click.argument("name", nargs=-1, required=True, metavar="NAME|ID...")
@click.option("--since", type=DAY, help="Said on this day or later.")
@click.option("--until", type=DAY, help="Said on this day or earlier.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many statements.")
@as_rows
@database
def person(
    name: tuple[str, ...], *, since: date | None, until: date | None, limit: int, as_json: bool, database: str | None
) -> None:
    """Show one speaker: names, offices, and what was said, newest first.

    A name that several speakers have is answered with their ids. Private people have no page.
    """
    from archive import query

    with opened(database) as archive, archive.read() as connection:
        found = query.person(connection, " ".join(name), since=since, until=until, limit=limit)
    if as_json:
        print_json(found)
    else:
        _print_person(found)


def _print_person(found: PersonFacts) -> None:
    ids = "  ".join(filter(None, (found.speaker_id, found.person)))
    name = click.style(plain(found.name), bold=True)
    click.echo(f"{name}  {ids}  {found.speaker_class.replace('_', ' ')}")
    if found.names:
        click.echo(f"    also {plain(', '.join(found.names))}")
    for seat in found.offices:
        click.echo(f"    {_seat(seat)}")
    for spoken in found.spoken_as:
        click.echo(f"    {_spoken(spoken)}")
    carried = f"{counted_as(found.stories, 'independent story')}, {counted_as(found.documents, 'document')}"
    click.echo(f"    {counted_as(found.statements, 'statement')}, {carried}")
    for hit in found.said:
        click.echo()
        print_statement(hit)
    if found.statements > len(found.said):
        note(f"{len(found.said)} of {found.statements} statements; --limit, --since and --until show others")


def _seat(seat: Seat) -> str:
    where = seat.jurisdiction_name or seat.jurisdiction
    start = f"{seat.start or '?'}{_doubt(seat.start_kind)}"
    end = f"{seat.end or '?'}{_doubt(seat.end_kind)}"
    seen = f", in office on {seat.seen}" if seat.seen and not seat.end else ""
    return f"{seat.office.replace('_', ' ')}, {where}: {start} to {end}{seen}"


def _doubt(kind: str | None) -> str:
    return f" ({kind})" if kind in ("inferred", "expected") else ""


def _spoken(spoken: SpokenAs) -> str:
    office = (spoken.office or "no office").replace("_", " ")
    where = spoken.jurisdiction_name or spoken.jurisdiction or "no place"
    days = (
        str(spoken.first_date)
        if spoken.first_date == spoken.last_date
        else f"{spoken.first_date} to {spoken.last_date}"
    )
    basis = f" ({spoken.office_basis})" if spoken.office_basis else ""
    return f"quoted as {office}, {where}{basis}: {counted_as(spoken.appearances, 'time')}, {days}"
