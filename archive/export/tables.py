"""What an export holds: the tables, in the order in which they are written. One entry here adds one table."""

from __future__ import annotations

from archive.export.columns import RIGHTS, Column, Table, derived
from archive.export.documents import DOCUMENTS, REMOVALS, STORIES, VERSIONS
from archive.export.roster import ROSTER
from archive.export.speech import APPEARANCES, SPEAKERS, STATEMENTS, TAGS
from archive.export.watching import CAPTURES, COVERAGE, SOURCES

__all__ = ["REASONS", "SCHEMA", "TABLES", "TOMBSTONES", "Column", "Table"]

# Of these definitions; a column says since which it is there.
SCHEMA = "1"
REASONS = ("gone", "redacted", "retired")

TABLES = (
    SOURCES, STORIES, DOCUMENTS, VERSIONS, REMOVALS, SPEAKERS, STATEMENTS, TAGS, APPEARANCES, *ROSTER, COVERAGE,
    CAPTURES,
)  # fmt: skip

# Only in a delta (`--since-export`); its rows are told by comparing.
TOMBSTONES = Table(
    name="tombstones",
    description="Rows of the export before that are there no more, or whose words were redacted: take them out first, "
    "then put the rows of the delta in.",
    columns=(
        derived("table", "string", "table that held the row"),
        derived("key", "string", "the row's key, as a JSON array of the key columns"),
        derived("reason", "string", "why: `retired` ids have a successor or nothing took their place", values=REASONS),
        derived("successor", "string", "id that took its place", missing="nothing did"),
        derived("rights", "string", "rights in this row", values=RIGHTS),
    ),
    key=("table", "key"),
)
