"""Named selects: the one room that reads the archive for people. Every function takes a read-only connection.

The command line, the exports and later the web page ask here and nowhere else; what they get are frozen rows whose
ids are public ids, never row numbers.
"""

from archive.query.activity import Activity, Period, Step, activity
from archive.query.decisions import DecisionFacts, decisions
from archive.query.documents import Shown, capture, document, versions
from archive.query.filters import Filters
from archive.query.health import DueSource, Health, due, health
from archive.query.ids import Found, find_document, version_id
from archive.query.overview import Recent, Status, recent, removals, runs, status
from archive.query.period import Carrier, Edit, Voice, carriers, edits, said_by_day, said_most, voices
from archive.query.references import (
    Spot,
    appearance_id,
    find_appearance,
    find_statement,
    find_statements,
    is_appearance,
)
from archive.query.rows import Address, CaptureFacts, DocumentFacts, RemovalFacts, RunFacts, StoryMate, VersionFacts
from archive.query.searching import DocumentCounts, Hit, count_documents, search
from archive.query.speakers import PersonFacts, Seat, SpokenAs, find_speaker, person, speaker_of_id
from archive.query.statements import Counts, StatementHit, count_statements, search_statements, statements
from archive.query.tracing import AppearanceFacts, Printing, Traced, trace
from archive.query.wording import Change, word_diff

__all__ = [
    "Activity",
    "Address",
    "AppearanceFacts",
    "CaptureFacts",
    "Carrier",
    "Change",
    "Counts",
    "DecisionFacts",
    "DocumentCounts",
    "DocumentFacts",
    "DueSource",
    "Edit",
    "Filters",
    "Found",
    "Health",
    "Hit",
    "Period",
    "PersonFacts",
    "Printing",
    "Recent",
    "RemovalFacts",
    "RunFacts",
    "Seat",
    "Shown",
    "SpokenAs",
    "Spot",
    "StatementHit",
    "Status",
    "Step",
    "StoryMate",
    "Traced",
    "VersionFacts",
    "Voice",
    "activity",
    "appearance_id",
    "capture",
    "carriers",
    "count_documents",
    "count_statements",
    "decisions",
    "document",
    "due",
    "edits",
    "find_appearance",
    "find_document",
    "find_speaker",
    "find_statement",
    "find_statements",
    "health",
    "is_appearance",
    "person",
    "recent",
    "removals",
    "runs",
    "said_by_day",
    "said_most",
    "search",
    "search_statements",
    "speaker_of_id",
    "statements",
    "status",
    "trace",
    "version_id",
    "versions",
    "voices",
    "word_diff",
]
