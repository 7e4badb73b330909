"""An invented town hall and its newspaper, captured for real: a release, its report, an edit, a withdrawn page."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from archive import Archive
from archive.export import FORMATS, Table
from archive.tagging import read_dictionary
from tests.store.archives import answer
from tests.store.speaking import ENGLISH, GATE, HALL, PAPER, SOCKS, add_pages, page, quoting

__all__ = ["PLANTS", "SECRET", "fill", "more", "rows_of", "table_named"]

SECRET = "The newspaper's own long words about the gate, which belong to its publisher and to nobody else."
REPORT = f"{SECRET} {quoting(GATE)} Residents waited for hours in the cold and then went home again to their kitchens."
PLANTS = f"The town planted 40 trees along Linden Street. {quoting(SOCKS)} More will follow in the spring, it said."


def fill(archive: Archive) -> list[str]:
    """The first days; gives the ids of the release, the report and the trees."""
    archive.add_dictionary(read_dictionary('name = "river"\nversion = "1"\n[tags]\nflood = ["gate"]\n'), by="tests")
    return add_pages(
        archive, [page(HALL, "/gate", ENGLISH), page(PAPER, "/gate", REPORT, 1), page(HALL, "/trees", PLANTS, 2)]
    )


def more(archive: Archive) -> None:
    """Later days: a silent edit of the release, the trees withdrawn, and a reprint."""
    edited = ENGLISH.replace("$2,150", "$3,950")
    absent = [(HALL, answer(f"/{HALL.id}/trees", day=day, status=404)) for day in (20, 30, 40, 50)]
    add_pages(archive, [page(HALL, "/gate", edited, 9), page(PAPER, "/again", REPORT, 10), *absent])


def table_named(name: str) -> Table:
    """The definition of a table."""
    from archive.export import TABLES

    return next(table for table in TABLES if table.name == name)


def rows_of(folder: Path, table: Table, form: str = "parquet") -> list[dict[str, object]]:
    """The rows of a table of an export, by this program's own reader."""
    batches: list[pa.RecordBatch] = list(FORMATS[form].read(folder / FORMATS[form].file(table.name), table))
    return [row for batch in batches for row in batch.to_pylist()]
