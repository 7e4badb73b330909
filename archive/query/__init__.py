"""Named selects: the one room that reads the archive for people. Every function takes a read-only connection.

The command line, the exports, the web page and `archive.Archive` ask here and nowhere else; what they get are frozen
rows whose ids are public ids, never row numbers.
"""

from archive.query.activity import Activity, Counted, Step, activity
from archive.query.among import SavedSearch, answering, count_answers
from archive.query.changing import Course, Rewording, courses
from archive.query.coverage import CoverageDay, coverage
from archive.query.decisions import DecisionFacts, decisions
from archive.query.diffing import Diff, diff
from archive.query.divisions import PlaceCount, PlaceFacts, PlaceSpeaker, place, place_counts, place_name
from archive.query.documents import Shown, capture, document, versions
from archive.query.facets import Facets, FacetValue, facets
from archive.query.filters import Filters
from archive.query.fronting import Edited, Front, front, latest_edits
from archive.query.health import DueSource, Health, due, health
from archive.query.ids import SHORTEST, Found, find_document, version_id
from archive.query.matching import Total
from archive.query.overview import Recent, Status, recent, removals, runs, status
from archive.query.passages import Passage, passages
from archive.query.period import Carrier, Edit, Voice, carriers, edits, said_by_day, said_most, voices
from archive.query.ranking import Sort
from archive.query.references import (
    Spot,
    appearance_id,
    find_appearance,
    find_statement,
    find_statements,
    heir_of,
    is_appearance,
    is_retired,
)
from archive.query.rows import Address, CaptureFacts, DocumentFacts, RemovalFacts, RunFacts, StoryMate, VersionFacts
from archive.query.scores import ScoreFacts, scores
from archive.query.searching import DocumentCounts, Hit, count_documents, search, total_documents
from archive.query.sourcing import SourceFacts, source, sources
from archive.query.speakers import PersonFacts, Seat, SpokenAs, find_speaker, person, speaker_of_id
from archive.query.statements import (
    Counts,
    StatementHit,
    count_statements,
    search_statements,
    statements,
    total_statements,
)
from archive.query.stories import StoryFacts, stories
from archive.query.streams import Text, every_statement, every_text
from archive.query.tagged import DictionaryFacts, TagTrial, dictionaries, try_dictionary
from archive.query.timeline import Bucket, Period, Timeline, timeline
from archive.query.topics import Topic, topics
from archive.query.tracing import AppearanceFacts, Printing, Traced, trace
from archive.query.watched import WatchEventFacts, WatchFacts, watch_events, watches
from archive.query.what import What
from archive.query.wording import Change, snippet, word_diff

__all__ = [
    "SHORTEST",
    "Activity",
    "Address",
    "AppearanceFacts",
    "Bucket",
    "CaptureFacts",
    "Carrier",
    "Change",
    "Counted",
    "Counts",
    "Course",
    "CoverageDay",
    "DecisionFacts",
    "DictionaryFacts",
    "Diff",
    "DocumentCounts",
    "DocumentFacts",
    "DueSource",
    "Edit",
    "Edited",
    "FacetValue",
    "Facets",
    "Filters",
    "Found",
    "Front",
    "Health",
    "Hit",
    "Passage",
    "Period",
    "PersonFacts",
    "PlaceCount",
    "PlaceFacts",
    "PlaceSpeaker",
    "Printing",
    "Recent",
    "RemovalFacts",
    "Rewording",
    "RunFacts",
    "SavedSearch",
    "ScoreFacts",
    "Seat",
    "Shown",
    "Sort",
    "SourceFacts",
    "SpokenAs",
    "Spot",
    "StatementHit",
    "Status",
    "Step",
    "StoryFacts",
    "StoryMate",
    "TagTrial",
    "Text",
    "Timeline",
    "Topic",
    "Total",
    "Traced",
    "VersionFacts",
    "Voice",
    "WatchEventFacts",
    "WatchFacts",
    "What",
    "activity",
    "answering",
    "appearance_id",
    "capture",
    "carriers",
    "count_answers",
    "count_documents",
    "count_statements",
    "courses",
    "coverage",
    "decisions",
    "dictionaries",
    "diff",
    "document",
    "due",
    "edits",
    "every_statement",
    "every_text",
    "facets",
    "find_appearance",
    "find_document",
    "find_speaker",
    "find_statement",
    "find_statements",
    "front",
    "health",
    "heir_of",
    "is_appearance",
    "is_retired",
    "latest_edits",
    "passages",
    "person",
    "place",
    "place_counts",
    "place_name",
    "recent",
    "removals",
    "runs",
    "said_by_day",
    "said_most",
    "scores",
    "search",
    "search_statements",
    "snippet",
    "source",
    "sources",
    "speaker_of_id",
    "statements",
    "status",
    "stories",
    "timeline",
    "topics",
    "total_documents",
    "total_statements",
    "trace",
    "try_dictionary",
    "version_id",
    "versions",
    "voices",
    "watch_events",
    "watches",
    "word_diff",
]
