"""On the Record: keep, derive and answer what public officials said."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.reading import Archive
    from archive.store import Run

__all__ = ["Archive", "Run"]


def __getattr__(name: str) -> Any:
    # The database libraries take half a second to import; a worker that only extracts never needs them.
    if name == "Archive":
        from archive.reading import Archive

        return Archive
    if name == "Run":
        from archive.store import Run

        return Run
    raise AttributeError(f"module 'archive' has no attribute {name!r}")
