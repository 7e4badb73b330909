"""On the Record: keep, derive and answer what public officials said."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.store import Archive, Run

__all__ = ["Archive", "Run"]


def __getattr__(name: str) -> Any:
    # The database libraries take half a second to import; a worker that only extracts never needs them.
    if name in __all__:
        from archive import store

        return getattr(store, name)
    raise AttributeError(f"module 'archive' has no attribute {name!r}")
