"""The values that travel between the rooms: frozen, typed, without behaviour beyond their own fields.

Times are aware UTC datetimes; digests are lower-case hexadecimal sha256; offsets into texts are Unicode code
points, 0-based, end exclusive; offsets into files are bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

__all__ = [
    "Capture",
    "DateClaim",
    "DocumentKind",
    "Entry",
    "Extraction",
    "Listing",
    "Obtained",
    "Outcome",
    "Page",
    "Quotation",
    "QuotationKind",
    "QuotationStatus",
    "Receipt",
    "RequestRole",
    "RunOutcome",
    "SpeakerForm",
]


class DocumentKind(StrEnum):
    """What a document is."""

    PRESS_RELEASE = "press_release"
    ARTICLE = "article"
    TRANSCRIPT = "transcript"


class Obtained(StrEnum):
    """How a capture came to us."""

    LIVE = "live"
    BACKFILL = "backfill"
    IMPORT = "import"
    HANDED_IN = "handed_in"


class RequestRole(StrEnum):
    """What a capture was asked for as."""

    DOCUMENT = "document"
    LISTING = "listing"
    ATTACHMENT = "attachment"  # the file that a document's page holds little more than a link to
    UNDRAWN = "undrawn"  # the server's answer for a page that a browser then drew: evidence that nobody reads
    PROBE = "probe"  # an address that nobody has: what the site says where there is nothing


class RunOutcome(StrEnum):
    """How a run ended; `short` is less than the source's own rhythm."""

    OK = "ok"
    SHORT = "short"
    QUARANTINED = "quarantined"
    FAILED = "failed"


class Outcome(StrEnum):
    """What an extraction came to. Only `text` makes a version; only `absent` counts as an absence."""

    TEXT = "text"
    EMPTY = "empty"  # readable, but it holds no text of its own
    BLOCKED = "blocked"  # a bot wall, login, consent or maintenance page that answers 200
    ABSENT = "absent"  # a "not found" page that answers 200
    UNSUPPORTED = "unsupported"  # a media type that no extractor reads
    UNREADABLE = "unreadable"  # the extractor failed, or was stopped at its time limit


class QuotationKind(StrEnum):
    """What a quotation is."""

    DIRECT = "direct"  # a full quoted span
    FRAGMENT = "fragment"  # a few quoted words inside the writer's own sentence
    INDIRECT = "indirect"  # said that ...: the writer's words for what was said
    WHOLE = "whole"  # the release itself, or a speaker's turn in a transcript, is the statement


class QuotationStatus(StrEnum):
    """Whether a text was looked through for quotations, so that silence is never read as zero."""

    DONE = "done"
    UNSUPPORTED_LANGUAGE = "unsupported_language"
    UNREADABLE = "unreadable"  # the quotation reader failed on it
    TRUNCATED = "truncated"  # only the text up to the length limit was looked through


_PRONOUNS = frozenset(("he", "she", "they", "we", "i", "it", "who", "his", "her", "their", "one", "some", "another"))


class SpeakerForm(StrEnum):
    """What kind of words name the speaker of a quotation."""

    PERSON = "person"
    GROUP = "group"  # "the members", "police", "protesters"
    ORGANISATION = "organisation"  # "the Justice Department", "the lawsuit", "PolitiFact"
    UNNAMED = "unnamed"  # "a spokesman", "one resident": a person whose name the text does not give


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words found in one text, one contiguous span: `text[start:end] == content`, without the marks around it.

    `group` numbers the utterances of a text from 0; spans that a cue splits share it. `speaker_as_printed` is the
    mention that the cue points to ("he", "Lightfoot", "Mayor of Chicago Lori Lightfoot", titles included) with its
    offsets; `speaker` is the full name that the document gives this person, without titles ("Lori Lightfoot"), or the
    name of the group or organisation; None where nobody can be named. `role` and `place` are what the document prints
    of this speaker anywhere ("mayor", "Washington, D.C."). `on_behalf_of` is whom a spokesperson speaks for.
    `turn` marks a turn of a transcript; `continues` a span that goes on with the sentence of the span before it in its
    group, over a cue. `confidence`, 0.0 to 1.0, is that of the attribution.
    """

    content: str
    start: int
    end: int
    kind: QuotationKind
    group: int
    cue: str | None = None
    speaker_as_printed: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker: str | None = None
    form: SpeakerForm | None = None
    role: str | None = None
    place: str | None = None
    on_behalf_of: str | None = None
    turn: bool = False
    continues: bool = False
    confidence: float = 0.0

    @property
    def described(self) -> str | None:
        """What the text calls a speaker whom it does not name: "one organizer"; None for nobody and for a pronoun."""
        printed = self.speaker_as_printed
        return None if printed is None or self.speaker or printed.lower() in _PRONOUNS else printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One HTTP answer at one time, as it is handed to the archive.

    `payload` is the body after content decoding; `headers` are those of the answer as received.
    `record_id` is set only for a replayed or imported WARC record, whose id and date the capture carries on.
    `truncated` is the WARC reason (`length`, `time`, `disconnect`) when the body is not whole.
    `title` and `published` are what a person handed in beside a plain text; the text is then kept as given.
    `drawn_from` is the record id of the server's answer from which a browser made this payload.
    `handed_id` is the id that a record had where it came from. `reserved` is the page's own reservation, for which its
    body was not kept.
    """

    url: str
    captured_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    payload: bytes = field(default=b"", repr=False)
    role: RequestRole = RequestRole.DOCUMENT
    obtained: Obtained = Obtained.LIVE
    request_headers: tuple[tuple[str, str], ...] = ()
    record_id: str | None = None
    truncated: str | None = None
    title: str | None = None
    published: date | None = None
    handed_id: str | None = None
    reserved: str | None = None
    drawn_from: str | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One document as a listing shows it; `published` and `title` are what the listing prints, if anything.

    `modified` is a sitemap's lastmod or a feed's updated time: a reason to ask again, never a publication date.
    """

    url: str
    title: str | None = None
    published: datetime | date | None = None
    modified: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a discovery strategy read from one page: documents to ask for, further listings, and what it left out."""

    entries: tuple[Entry, ...] = ()
    next_urls: tuple[str, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()  # reason -> count


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an extractor is given: bytes and what is known of their answer. `hints` are the catalog's, for this source.

    `captured` bounds the date search: no page was published after the day it was captured.
    """

    payload: bytes = field(repr=False)
    url: str | None
    media_type: str | None = None
    charset: str | None = None
    captured: date
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    hints: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateClaim:
    """A date a page declares, with the declaration it comes from.

    `precision` is `day`, `minute` or `second`; `at` is set (aware, in the declared zone) only where the page
    declares a time with its zone; `basis` names the declaration (`json-ld`, `meta`, `time`, `text`, `url`, ...).
    """

    day: date
    at: datetime | None
    precision: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What an extractor read from one page. Pure function of `Page` and the extractor's version."""

    outcome: Outcome
    title: str | None = None
    text: str = field(default="", repr=False)
    language: str | None = None  # ISO 639-1
    byline: str | None = None
    published: DateClaim | None = None
    modified: DateClaim | None = None
    site_name: str | None = None
    canonical_url: str | None = None  # what the page itself declares
    truncated: bool = False  # the text was cut at the extractor's length limit
    attachment: str | None = None  # URL of the PDF that is the body of a page which holds little else
    reason: str | None = None  # in words, where the outcome is not `text`
    quotations: tuple[Quotation, ...] = field(default=(), repr=False)  # in the order of the text
    quotation_status: QuotationStatus | None = None  # None where the outcome is not `text`


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the archive did with one capture, given after it is committed.

    Of captures of one document that were committed together, the first one's receipt tells what became of it.
    """

    record_id: str
    known: bool = False  # this very record was in the archive already
    extracted: bool = False
    outcome: Outcome | None = None
    document: str | None = None  # public id
    new_document: bool = False
    new_version: bool = False
    text_key: str | None = None  # of the version that it shows; None where it shows none
    attachment: str | None = None  # URL of the file that is its body
