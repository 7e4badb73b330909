"""Exports: tables of the archive as files that can be cited, checked and opened anywhere.

A format is one file here and one line in FORMATS; a table is one entry in `archive.export.tables.TABLES`, whose columns
are defined once, for every format and for the data dictionary.
"""

from archive.export.columns import Choice
from archive.export.dataset import FORMATS, Exported, check, export
from archive.export.tables import TABLES, Column, Table

__all__ = ["FORMATS", "TABLES", "Choice", "Column", "Exported", "Table", "check", "export"]
