"""The direction of imports: what each room may stand on, read from the sources themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GROUND = {"records", "errors", "text", "urls", "columns"}
FOOT = {"clock", "places", "locks"}
SHELF = GROUND | {"catalog", "extract", "derive", "warc", "models", "fulltext", "phrases", "tagging", "views", "roster"}
KEPT = SHELF | FOOT | {"store"}
# Each room, and the rooms of `archive` that it may import.
MAY_IMPORT = {
    "errors": set(),
    "records": set(),
    "text": set(),
    "urls": set(),
    "columns": set(),
    "clock": set(),
    "places": set(),
    "locks": {"errors"},
    "extract": GROUND,
    "derive": GROUND,
    "models": GROUND,
    "warc": GROUND,
    "fulltext": GROUND | {"models"},
    "phrases": GROUND | {"fulltext"},
    "tagging": GROUND | {"fulltext", "phrases"},
    "views": GROUND,
    "roster": GROUND,
    "catalog": GROUND | {"extract"},
    "store": SHELF | FOOT,
    "query": KEPT,
    "ingest": KEPT | {"query"},
    "export": KEPT | {"query"},
    "report": KEPT | {"query"},
    "settings": GROUND,
    "sending": GROUND | {"settings"},
    "alerts": KEPT | {"query", "sending", "settings"},
    "watches": KEPT | {"query", "sending", "settings"},
    "evidence": KEPT | {"query"},
    "web": KEPT | {"query", "export"},
    "cli": KEPT | {"query", "export", "ingest", "alerts", "settings", "watches", "evidence", "web", "report"},
    "reading": KEPT | {"query"},
    "__init__": {"store", "reading"},
}
# Rooms that read no network, disk, clock or database.
PURE = {"extract": {"pool.py", "train.py"}, "derive": set()}
IMPURE_MODULES = {"socket", "sqlalchemy", "scrapy", "requests", "urllib.request", "urllib3", "sqlite3", "pathlib", "os"}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(path: Path) -> str:
    return path.relative_to(ROOT / "archive").parts[0].removesuffix(".py")


def test_every_room_is_known() -> None:
    """A new room of archive says here what it stands on."""
    rooms = {room_of(path) for path in modules("archive")}
    assert rooms - {"sources", "__main__"} <= MAY_IMPORT.keys()


@pytest.mark.parametrize("path", modules("archive"), ids=lambda path: str(path.relative_to(ROOT)))
def test_archive_imports_downwards(path: Path) -> None:
    """A room imports only rooms below it, and archive imports neither crawler nor scrapy."""
    room = room_of(path)
    for name in imported(path):
        top, _, rest = name.partition(".")
        assert top not in ("crawler", "scrapy"), name
        other = rest.partition(".")[0]
        if top == "archive" and other in MAY_IMPORT:
            assert other == room or other in MAY_IMPORT[room], f"{path}: {name}"


@pytest.mark.parametrize("room", PURE)
def test_pure_rooms(room: str) -> None:
    """Extraction and derivation see no network, disk, clock or database."""
    for path in modules(f"archive/{room}"):
        if path.name not in PURE[room]:
            assert not IMPURE_MODULES & set(imported(path)), path


@pytest.mark.parametrize("path", modules("archive") + modules("crawler"), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_grows_past_comfort(path: Path) -> None:
    """A file of more than 400 lines wants to be redesigned."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
