"""`python -m tests.docs.drawing`: draw the tables and what refers to what as docs/images/model.svg, from the models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from sqlalchemy import Table

from archive.models import DERIVED, Base, table_of

__all__ = ["PICTURE", "draw"]

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "model.svg"
# Where a table stands, so that what belongs together stands together; a table nobody placed goes where there is room.
COLUMNS = (
    ("source", "run", "frontier", "listing_due", "host", "alert"),
    ("capture", "listing_entry", "redaction", "decision", "retired_id"),
    ("extraction", "document", "document_url", "stamp"),
    ("version", "story", "near_duplicate", "band", "removal", "delisting", "coverage"),
    ("appearance", "wording", "statement", "speaker"),
)
WIDTH, ROW, HEAD, GAP, BETWEEN, MARGIN = 176, 14, 22, 20, 64, 36
STYLE = """
svg { font: 10.5px system-ui, "Segoe UI", Roboto, Arial, "Liberation Sans", sans-serif; }
.box { fill: #fff; stroke: #8a949b; } .primary { fill: #7c4a12; } .derived { fill: #2f6690; }
.name { fill: #fff; font-weight: 600; font-size: 12px; } .column { fill: #15191d; } .key { font-weight: 700; }
.line { fill: none; stroke: #6b757c; stroke-width: 1; opacity: .65; } .dot { fill: #6b757c; }
.legend { fill: #15191d; font-size: 12px; }
"""


@dataclass(frozen=True, slots=True)
class _Box:
    table: Table
    column: int
    x: int
    y: int

    @property
    def height(self) -> int:
        return HEAD + ROW * len(self.table.columns) + 6

    def row(self, name: str) -> int:
        """The middle of a column's line."""
        return self.y + HEAD + ROW * list(self.table.columns.keys()).index(name) + ROW // 2 + 2


def draw() -> str:
    """The picture."""
    boxes = {box.table.name: box for box in _placed(Base.metadata.tables)}
    height = max(box.y + box.height for box in boxes.values()) + MARGIN
    width = MARGIN * 2 + len(COLUMNS) * WIDTH + (len(COLUMNS) - 1) * BETWEEN
    derived = {table_of(model).name for model in DERIVED}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="The tables of the archive and what refers to what">',
        f"<style>{STYLE}</style>",
        f'<rect class="primary" x="{MARGIN}" y="8" width="12" height="12"/>'
        f'<text class="legend" x="{MARGIN + 18}" y="18">primary: observed or decided, never remade</text>'
        f'<rect class="derived" x="{MARGIN + 330}" y="8" width="12" height="12"/>'
        f'<text class="legend" x="{MARGIN + 348}" y="18">derived: remade by archive rebuild</text>',
        *(line for box in boxes.values() for line in _references(box, boxes)),
        *(line for box in boxes.values() for line in _box(box, "derived" if box.table.name in derived else "primary")),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _placed(tables: Iterable[str]) -> Iterator[_Box]:
    columns = [[name for name in column if name in tables] for column in COLUMNS]
    for name in sorted(set(tables).difference(*columns)):
        min(columns, key=_length).append(name)
    for number, column in enumerate(columns):
        y = 36
        for name in column:
            box = _Box(Base.metadata.tables[name], number, MARGIN + number * (WIDTH + BETWEEN), y)
            yield box
            y += box.height + GAP


def _length(names: Iterable[str]) -> int:
    return sum(len(Base.metadata.tables[name].columns) * ROW + HEAD + GAP for name in names)


def _box(box: _Box, kind: str) -> Iterator[str]:
    yield f'<rect class="box" x="{box.x}" y="{box.y}" width="{WIDTH}" height="{box.height}"/>'
    yield f'<rect class="{kind}" x="{box.x}" y="{box.y}" width="{WIDTH}" height="{HEAD}"/>'
    yield f'<text class="name" x="{box.x + 8}" y="{box.y + 15}">{escape(box.table.name)}</text>'
    for column in box.table.columns:
        words = "column key" if column.primary_key else "column"
        yield f'<text class="{words}" x="{box.x + 8}" y="{box.row(column.name) + 4}">{escape(column.name)}</text>'


def _references(box: _Box, boxes: dict[str, _Box]) -> Iterator[str]:
    for key in sorted(box.table.foreign_keys, key=lambda key: key.parent.name):
        target = boxes[key.column.table.name]
        y, to_y = box.row(key.parent.name), target.y + HEAD // 2
        right = target.column > box.column
        x = box.x + WIDTH if right else box.x
        to_x = target.x if right else target.x + WIDTH
        if target.column == box.column:
            to_x = target.x
        out, back = (BETWEEN * 0.7 if right else -BETWEEN * 0.7), (-BETWEEN * 0.7 if right else BETWEEN * 0.7)
        if target.column == box.column:
            back = -BETWEEN * 0.5
        yield f'<path class="line" d="M{x} {y} C{x + out:.0f} {y} {to_x + back:.0f} {to_y} {to_x} {to_y}"/>'
        yield f'<circle class="dot" cx="{to_x}" cy="{to_y}" r="2.5"/>'


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
