"""The tables. Primary rows are observed and never remade; derived rows are remade by `archive rebuild`.

primary     source run capture listing_entry frontier listing_due host alert decision redaction retired_id
            watch watch_event watch_told sample_score tag_dictionary
            extraction (stored outcomes)
derived     document document_url version removal_row story near_duplicate band delisting coverage stamp
            speaker wording statement statement_tag appearance

Row numbers are for joins inside one database; what people and exports see are the `public_id` columns.
"""

from archive.columns import Base, UtcDateTime, table_of
from archive.models.derived import (
    Band,
    Coverage,
    Delisting,
    Document,
    DocumentUrl,
    NearDuplicate,
    Removal,
    Stamp,
    Story,
    Version,
)
from archive.models.desk import SampleScore, TagDictionary, Watch, WatchEvent, WatchTold
from archive.models.primary import (
    Alert,
    CaptureRow,
    Decision,
    ExtractionRow,
    Frontier,
    Host,
    ListingDue,
    ListingEntry,
    Redaction,
    RetiredId,
    RunRow,
    Source,
)
from archive.models.statements import Appearance, Speaker, Statement, StatementTag, Wording

__all__ = [
    "DERIVED",
    "Alert",
    "Appearance",
    "Band",
    "Base",
    "CaptureRow",
    "Coverage",
    "Decision",
    "Delisting",
    "Document",
    "DocumentUrl",
    "ExtractionRow",
    "Frontier",
    "Host",
    "ListingDue",
    "ListingEntry",
    "NearDuplicate",
    "Redaction",
    "Removal",
    "RetiredId",
    "RunRow",
    "SampleScore",
    "Source",
    "Speaker",
    "Stamp",
    "Statement",
    "StatementTag",
    "Story",
    "TagDictionary",
    "UtcDateTime",
    "Version",
    "Watch",
    "WatchEvent",
    "WatchTold",
    "Wording",
    "table_of",
]

# In the order in which they can be emptied.
DERIVED = (
    NearDuplicate, Band, Removal, StatementTag, Appearance, Statement, Wording, Speaker, Version, DocumentUrl, Document,
    Story, Delisting, Coverage, Stamp,
)  # fmt: skip
