"""Named selects: the one room that reads the archive for people. Every function takes a read-only connection.

The command line, the exports and later the web page ask here and nowhere else; what they get are frozen rows whose
ids are public ids, never row numbers.
"""

from archive.query.among import Asked, answering, count_answers
from archive.query.decisions import DecisionFacts, decisions
from archive.query.documents import Shown, capture, document, versions
from archive.query.filters import Filters
from archive.query.health import DueSource, Health, due, health
from archive.query.ids import Found, find_document, version_id
from archive.query.overview import Recent, Status, recent, removals, runs, status
from archive.query.references import (
    Spot,
    appearance_id,
    find_appearance,
    find_statement,
    find_statements,
    is_appearance,
)
from archive.query.rows import Address, CaptureFacts, DocumentFacts, RemovalFacts, RunFacts, StoryMate, VersionFacts
from archive.query.scores import ScoreFacts, scores
from archive.query.searching import DocumentCounts, Hit, count_documents, search
from archive.query.speakers import PersonFacts, Seat, SpokenAs, find_speaker, person, speaker_of_id
from archive.query.statements import Counts, StatementHit, count_statements, search_statements, statements
from archive.query.tracing import AppearanceFacts, Printing, Traced, trace
from archive.query.watched import WatchEventFacts, WatchFacts, watch_events, watches
from archive.query.wording import Change, word_diff

__all__ = [
    "Address",
    "AppearanceFacts",
    "Asked",
    "CaptureFacts",
    "Change",
    "Counts",
    "DecisionFacts",
    "DocumentCounts",
    "DocumentFacts",
    "DueSource",
    "Filters",
    "Found",
    "Health",
    "Hit",
    "PersonFacts",
    "Printing",
    "Recent",
    "RemovalFacts",
    "RunFacts",
    "ScoreFacts",
    "Seat",
    "Shown",
    "SpokenAs",
    "Spot",
    "StatementHit",
    "Status",
    "StoryMate",
    "Traced",
    "VersionFacts",
    "WatchEventFacts",
    "WatchFacts",
    "answering",
    "appearance_id",
    "capture",
    "count_answers",
    "count_documents",
    "count_statements",
    "decisions",
    "document",
    "due",
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
    "scores",
    "search",
    "search_statements",
    "speaker_of_id",
    "statements",
    "status",
    "trace",
    "version_id",
    "versions",
    "watch_events",
    "watches",
    "word_diff",
]
