"""Exports: tables of the archive as files that can be cited, checked and opened anywhere.

A format is one file here and one line in `formats`; a table is one entry in `tables`, whose columns are defined once,
for every format, the data dictionary and all other descriptions.
"""

from archive.export.apply import apply_delta
from archive.export.check import check
from archive.export.choice import TEXTS, Choice
from archive.export.columns import Column, Table
from archive.export.dataset import Exported, export
from archive.export.estimate import Estimate, estimate
from archive.export.formats import FORMATS
from archive.export.panel import panel_table, read_panel
from archive.export.tables import TABLES, TOMBSTONES

__all__ = [
    "FORMATS", "TABLES", "TEXTS", "TOMBSTONES", "Choice", "Column", "Estimate", "Exported", "Table", "apply_delta",
    "check", "estimate", "export", "panel_table", "read_panel",
]  # fmt: skip
