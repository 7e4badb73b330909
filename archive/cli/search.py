"""`archive search`: full-text search of documents."""

from __future__ import annotations

import sys
from typing import Any

import click

from archive.cli.options import as_rows, database, filters, opened
from archive.cli.output import note, plain, print_json

__all__ = ["search"]


# -word is no option: of short options none is known here, and an unknown long one is still a mistake.
@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@filters
@click.option("--all-versions", is_flag=True, help="Look at earlier versions too, not only the latest.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many at most.")
@as_rows
@database
def search(
    words: tuple[str, ...], *, all_versions: bool, limit: int, as_json: bool, database: str | None, **given: Any
) -> None:
    """Find documents by their words: best first, or newest first where the words are common or there are none.

    All words must be there. "quoted words" stand in a row, -word must not be there, OR takes either neighbour,
    begin* takes every word that begins so.
    """
    from archive import query

    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word, ctx=click.get_current_context())
    # The shell has taken a phrase's quotes off: an argument with spaces in it was a phrase.
    asked = " ".join(f'"{word}"' if " " in word and '"' not in word and len(words) > 1 else word for word in words)
    in_colour = sys.stdout.isatty() and not as_json
    marks = ("\x01", "\x02") if in_colour else ("[", "]")
    with opened(database) as archive, archive.read() as connection:
        hits = query.search(
            connection, asked, filters=query.Filters(**given), all_versions=all_versions, limit=limit, marks=marks
        )
    for hit in hits:
        if as_json:
            print_json(hit)
        else:
            _print(hit, in_colour)
    if len(hits) == limit:
        note(f"only the first {limit}; --limit shows more")
    elif not hits:
        note(f"nothing holds {asked!r} within these filters; try fewer words, begin* or --all-versions")


def _print(hit: Any, in_colour: bool) -> None:
    day = hit.published_date or hit.first_captured.date()
    state = f" [removal {hit.removal_state}]" if hit.removal_state else ""
    name = hit.document if hit.is_latest else hit.version
    title = plain(" ".join((hit.title or "(no title)").split()))
    click.echo(f"{click.style(name, fg='yellow')}  {day}  {hit.source}{state}  {click.style(title, bold=True)}")
    click.echo(f"    {_coloured(hit.snippet) if in_colour else plain(hit.snippet)}")


def _coloured(snippet: str) -> str:
    first, *marked = (plain(part.replace("\x02", "\n")) for part in snippet.split("\x01"))
    parts = (part.partition("\n") for part in marked)
    return first + "".join(click.style(hit, fg="red", bold=True) + rest for hit, _, rest in parts)
