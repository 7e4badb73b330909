"""The words that go with an export: its data dictionary, made from the columns' own definitions, and its citation."""

from __future__ import annotations

from collections.abc import Iterable

from archive.export.columns import Column, Table
from archive.export.told import Told

__all__ = ["citation", "dictionary", "dictionary_rows"]

_GUARDED = (
    "In the CSV files a text cell that begins with `=`, `+`, `-`, `@`, their full-width forms, a tab or an end of line "
    "has an apostrophe in front, so that no spreadsheet runs it as a formula. `--raw-csv` leaves it out.\n"
)
_RAW = (
    "The CSV files were written with `--raw-csv`: a text cell that begins with `=`, `+`, `-` or `@` is run as a "
    "formula by a spreadsheet. Read them with a program.\n"
)
_HEAD = "| column | type | meaning | values | basis | null means | since |\n|---|---|---|---|---|---|---|"


def dictionary(tables: Iterable[Table], *, raw_csv: bool) -> str:
    """What every column means, as Markdown."""
    parts = [
        "# Data dictionary\n",
        'Times are UTC. In CSV null is an empty cell, and an empty text is `""`. Offsets in a text are Unicode code '
        "points, from 0. `observed` is what a server, a page or the roster said; `derived` is what this program makes "
        "of it. `since` is the version of these definitions that brought the column.\n",
        _RAW if raw_csv else _GUARDED,
    ]
    for table in tables:
        parts += [f"## {table.name}\n", f"{table.description}\n", _key(table), _HEAD, *dictionary_rows(table), ""]
    return "\n".join(parts)


def _key(table: Table) -> str:
    names = ", ".join(f"`{name}`" for name in table.key)
    said = [f"Key: {names}." if table.unique else f"In the order of {names}, which need not be unique."]
    said += [f"`{each.name}` is `{each.column}` in {each.table}." for each in table.references]
    return " ".join(said) + "\n"


def dictionary_rows(table: Table) -> list[str]:
    """One line of a Markdown table for each column."""
    return [_row(column) for column in table.columns]


def _row(column: Column) -> str:
    meaning = f"{column.description}; {column.unit}" if column.unit else column.description
    values = ", ".join(f"`{value}`" for value in column.values)
    cells = (
        f"`{column.name}`", column.type, meaning, values, column.basis, column.missing or "never null", column.since,
    )  # fmt: skip
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def citation(told: Told) -> str:
    """CITATION.cff, of Citation File Format 1.2.0; its day is that of the last capture."""
    lines = [
        "cff-version: 1.2.0",
        "type: dataset",
        "title: On the Record, what public officials said",
        "message: Please cite the dataset with its version, which names a state of the archive.",
        "authors:",
        "  - name: On the Record",
        f'version: "{told.version}"',
        "abstract: >-",
        "  Documents of public officials and of the news that quotes them, every version of their texts, and each",
        "  statement with its speaker, office, place and appearances.",
    ]
    if told.facts["last_capture"]:
        lines.insert(-3, f"date-released: {told.facts['last_capture'][:10]}")
    return "\n".join(lines) + "\n"
