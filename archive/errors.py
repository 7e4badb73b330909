"""Everything that can go wrong, by what to do about it.

    ArchiveError                 the base: one sentence, with the next step; carries an exit status
    ├── UsageError            1  a wrong name, option or value: correct the call
    │   ├── UnknownSource     1
    │   ├── UnknownRecord     1
    │   ├── CatalogError      1  names the file, the source and the key
    │   ├── RosterError       1  names the file and the line
    │   └── TookTooLong       1  a question was stopped at its time limit: narrow it
    ├── SourceError           2  a source answered wrongly: look at its run
    ├── PackageError          2  an export does not hold what it says: get or make it again
    ├── StorageError          3  disk or database: nothing half written, run again when mended
    │   ├── SchemaError       3  the database is of another schema: `archive upgrade`
    │   └── WarcError         3  a WARC file is damaged or gone: `archive verify`
    ├── SourceSilent          4  a source gave nothing where its rhythm expects something
    └── AlreadyRunning       75  another process holds the lock

The statuses are those of `scrapy crawl` and `archive` alike; 75 is EX_TEMPFAIL of sysexits.h.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "AlreadyRunning",
    "ArchiveError",
    "CatalogError",
    "PackageError",
    "RosterError",
    "SchemaError",
    "SourceError",
    "SourceSilent",
    "StorageError",
    "TookTooLong",
    "UnknownRecord",
    "UnknownSource",
    "UsageError",
    "WarcError",
]


class ArchiveError(Exception):
    """Base of all errors a person can meet; its text is one sentence that ends with the next step."""

    exit_status: ClassVar[int] = 1


class UsageError(ArchiveError):
    """The call itself is wrong."""


class UnknownSource(UsageError):
    """No catalog entry has this name."""


class UnknownRecord(UsageError):
    """No document, version or capture answers to this id."""


class CatalogError(UsageError):
    """A catalog entry is wrong; the text names file, source and key."""


class RosterError(UsageError):
    """A file of the roster is wrong; the text names file and line."""


class TookTooLong(UsageError):
    """A question was not answered within the time that its connection was given."""


class SourceError(ArchiveError):
    """A source could not be read as its entry says."""

    exit_status = 2


class PackageError(ArchiveError):
    """An export that somebody has is damaged, or does not hold what it says."""

    exit_status = 2


class StorageError(ArchiveError):
    """Disk or database refused; what was acknowledged before is safe."""

    exit_status = 3


class SchemaError(StorageError):
    """The database has another schema than this code."""


class WarcError(StorageError):
    """A WARC file is damaged, cut or gone."""


class ClockWrong(StorageError):
    """The clock says a time before what the archive already holds: what came now would seem to have come first."""


class SourceSilent(ArchiveError):
    """A source showed nothing where its own rhythm expects something."""

    exit_status = 4


class AlreadyRunning(ArchiveError):
    """Another process is already doing this."""

    exit_status = 75
