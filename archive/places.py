"""Where an archive lies, read from its database URL alone: for what must be known before the libraries are loaded."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

__all__ = ["DEFAULT_URL", "database_url", "warc_folder"]

DEFAULT_URL = "sqlite:///data/archive.db"


def database_url(url: str | None) -> str:
    """The given URL, else that of ARCHIVE_DATABASE, else the default `sqlite:///data/archive.db`."""
    return url or os.environ.get("ARCHIVE_DATABASE") or DEFAULT_URL


def warc_folder(url: str | None, folder: str | Path | None = None) -> Path:
    """The folder of the WARC files: the given one, else ARCHIVE_WARC, else one named for the database.

    That is `NAME-warc` beside the SQLite file NAME.db, or in `data/` for a database of a server, so that two archives
    side by side never share their files.
    """
    given = folder or os.environ.get("ARCHIVE_WARC")
    if given:
        return Path(given)
    scheme, _, rest = database_url(url).partition(":")
    if scheme.partition("+")[0] == "sqlite":
        file = Path(unquote(rest.removeprefix("///").partition("?")[0]) or "archive")
        return file.parent / f"{file.stem}-warc"
    try:
        name = unquote(urlsplit(database_url(url)).path.strip("/"))
    except ValueError:
        name = ""
    return Path("data") / f"{Path(name or 'archive').stem}-warc"
