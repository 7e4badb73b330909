"""Named selects: the one room that reads the archive for people. Every function takes a read-only connection.

The command line, the exports and later the web page ask here and nowhere else; what they get are frozen rows whose
ids are public ids, never row numbers.
"""

from archive.query.documents import Shown, capture, document, versions
from archive.query.filters import Filters
from archive.query.ids import Found, find_document, version_id
from archive.query.overview import Health, Status, removals, runs, sources, status
from archive.query.rows import Address, CaptureFacts, DocumentFacts, RemovalFacts, RunFacts, StoryMate, VersionFacts
from archive.query.searching import Hit, search
from archive.query.wording import Change, word_diff

__all__ = [
    "Address",
    "CaptureFacts",
    "Change",
    "DocumentFacts",
    "Filters",
    "Found",
    "Health",
    "Hit",
    "RemovalFacts",
    "RunFacts",
    "Shown",
    "Status",
    "StoryMate",
    "VersionFacts",
    "capture",
    "document",
    "find_document",
    "removals",
    "runs",
    "search",
    "sources",
    "status",
    "version_id",
    "versions",
    "word_diff",
]
