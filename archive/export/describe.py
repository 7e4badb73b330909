"""The words that go with an export: its data dictionary, made from the columns' own definitions, and its README."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields

from archive.export.columns import Choice
from archive.export.tables import Table

__all__ = ["dictionary", "readme"]

_GUARDED = (
    "In the CSV files a text cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return has an apostrophe in "
    "front, so that no spreadsheet runs it as a formula. `--raw-csv` leaves it out.\n"
)
_TEXTS = "Texts are included.\n"
_NO_TEXTS = "Texts were left out (`--no-text`); their digests are there.\n"
_NO_NAMES = "Private people have pseudonyms in the columns of speakers; texts and words are as they were printed.\n"
_NAMES = "Private people are named, as was asked for (`--private-names`): do not publish their names.\n"
_RAW = (
    "The CSV files were written with `--raw-csv`: a text cell that begins with `=`, `+`, `-` or `@` is run as a "
    "formula by a spreadsheet. Read them with a program.\n"
)


def dictionary(tables: Iterable[Table], *, raw_csv: bool) -> str:
    """What every column means, as Markdown."""
    parts = [
        "# Data dictionary\n",
        "Times are UTC. Null is an empty cell in CSV. Offsets in a text are Unicode code points, from 0; offsets and "
        "lengths in files are bytes.\n",
        _RAW if raw_csv else _GUARDED,
    ]
    for table in tables:
        parts += [f"## {table.name}\n", f"{table.description}\n", "| column | type | meaning |\n|---|---|---|"]
        parts += [f"| `{column.name}` | {column.type} | {column.description} |" for column in table.columns]
        parts.append("")
    return "\n".join(parts)


def readme(rows: Mapping[str, int], choice: Choice) -> str:
    """What the export holds, as Markdown; it says nothing of when it was made, so that equal exports are equal."""
    chosen = [
        f"`{each.name}` = {value}" for each in fields(choice.filters) if (value := getattr(choice.filters, each.name))
    ]
    lines = [
        "# An export of On the Record\n",
        "| table | rows |\n|---|---|",
        *(f"| {name} | {count} |" for name, count in rows.items()),
        "",
        f"Filters: {', '.join(chosen)}.\n" if chosen else "Everything in the archive, unfiltered.\n",
        _TEXTS if choice.include_text else _NO_TEXTS,
        _sure(choice.min_confidence),
        _NAMES if choice.private_names else _NO_NAMES,
        "Texts of sources whose `rights` are `publisher` belong to their publishers: use them as the law of quotation "
        "allows, and do not publish them again.\n",
        "`DICTIONARY.md` says what each column means. `sha256sum -c SHA256SUMS`, or `archive export DIR --check`, says "
        "whether the files are as they were written.",
    ]
    return "\n".join(lines) + "\n"


def _sure(min_confidence: float) -> str:
    if min_confidence <= 0:
        return "Quotations are there however doubtful their speakers are: see `confidence`.\n"
    return (
        f"Quotations are there whose speaker is sure to {min_confidence:g} or more, those that a person checked, and "
        "those of nobody who can be named. A statement is there that one of them carries; its counts are of all.\n"
    )
