"""Normal forms of text: what counts as the same words, and how alike two texts are."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from rensa import RMinHash

__all__ = [
    "MIN_SHINGLES",
    "PERMUTATIONS",
    "clean",
    "comparable",
    "digest",
    "estimated_jaccard",
    "is_furniture",
    "jaccard",
    "shingles",
    "signature",
    "storable",
    "text_key",
    "words",
]

PERMUTATIONS = 120
SHINGLE = 5
MIN_SHINGLES = 20
SEED = 1
OPENING_LINES = 4

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
# The marks that word processors, CMS filters and copy desks swap without changing a word.
_MARKS = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "…": "...", "•": "*", "·": "*", "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None,
        "\u2060": None, "\ufeff": None,
    }
)  # fmt: skip
_DASHES = re.compile(r"\s*-{1,}\s*")
_DOUBLED_QUOTES = re.compile(r"''")
_SPACE = re.compile(r"\s+")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {_MONTH} \d{{4}}|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}})"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
_COUNTED = r"(?:views?|reads?|shares?|likes?|comments?|hits?|visitors?|visits?|followers?|minutes? read|min read)"
_AGO = r"(?:an?|\d+) (?:second|minute|min|hour|hr|day|week|month|year)s? ago"
#   Posted on Tuesday, March 3, 2026 at 10:30 AM CST
_DATE_LINE = re.compile(
    rf"(?:(?:date|posted|published|released?|release date|issued)(?: on)?:? )?{_WEEKDAY}{_DAY}"
    r"(?:,? ?(?:at |- ?)?\d{1,2}:\d{2}(?::\d{2})? ?(?:[ap]\.?m\.?)?(?: \w{2,4})?)?",
    re.IGNORECASE,
)
# Whole lines that a page shows of itself, of the day or of its visitors; they are no part of what was published:
#   Today is Tuesday, March 3, 2026    |    1,204 views    |    Updated 3 hours ago
_FURNITURE = re.compile(
    rf"(?:today(?:'s date)?(?: is)?:? {_WEEKDAY}{_DAY}"
    rf"|(?:current time|local time|server time|it is now|now):? .{{0,40}}"
    rf"|(?:page )?{_COUNTED}:? \d[\d,. ]*[km]?|\d[\d,.]* ?[km]? {_COUNTED}"
    rf"|(?:posted|published|updated|last updated|modified)?:? ?{_AGO}"
    r"|(?:request|session|reference|ray|trace|incident) ?id:? [0-9a-z.\-]{6,}"
    r"|you are visitor (?:number )?[\d,]+|visitor count:? [\d,]+)[.!]?",
    re.IGNORECASE,
)
# A protected address shows "[email protected]", or is spelt out: "press [at] city [dot] gov".
_HIDDEN_EMAIL = re.compile(r"\[email[\s\xa0]*protected\]", re.I)
_SPELT_AT = re.compile(r"(?<=\w) ?[\[(]\s?at\s?[\])] ?(?=\w)", re.I)
_SPELT_DOT = re.compile(r"(?<=\w) ?[\[(]\s?dot\s?[\])] ?(?=\w)", re.I)
_WORD = re.compile(r"\w+")


def clean(text: str) -> str:
    """A text as it may be stored on either database: NFC, without NUL and lone surrogates."""
    return _NOT_STORABLE.sub("", unicodedata.normalize("NFC", text))


def storable(text: str) -> str:
    """A text as it is, but for NUL and lone surrogates, which no database takes: each becomes U+FFFD, so that all
    offsets hold."""
    return _NOT_STORABLE.sub("\ufffd", text)


def comparable(text: str) -> str:
    """The normal form in which two texts are compared: one line, marks unified, furniture lines dropped.

    Letter case and every word, digit and sign of the body stay: a changed word, number or date is an edit.
    """
    unified = text if text.isascii() and "`" not in text else text.translate(_MARKS)
    if not unified.isascii():
        # Compatibility forms may hide marks of their own: the full-width quotation mark is one.
        unified = unicodedata.normalize("NFKC", unified).translate(_MARKS)
    lines = (_SPACE.sub(" ", line).strip(" *") for line in unified.splitlines())
    kept = " ".join(line for line in lines if line and not is_furniture(line))
    kept = _SPELT_DOT.sub(".", _SPELT_AT.sub("@", _HIDDEN_EMAIL.sub("@", kept)))
    return _DASHES.sub("-", _DOUBLED_QUOTES.sub('"', kept))


def is_furniture(line: str) -> bool:
    """Whether a whole line is of the day or of the page's visitors: today's date, a counter, "3 hours ago"."""
    return len(line) < 80 and _FURNITURE.fullmatch(line) is not None


def text_key(title: str | None, text: str) -> str:
    """The digest by which versions are told apart: equal for equal normalised title and text.

    A heading above the text that repeats the title, and a line above it that is nothing but a date, are the page's: a
    new template shows them elsewhere.
    """
    heading = comparable(title or "")
    lines = text.split("\n", OPENING_LINES)
    opening = [line for line in lines[:OPENING_LINES] if not _is_shown_above(line, heading)]
    return digest(f"{heading}\n{comparable(chr(10).join(opening + lines[OPENING_LINES:]))}")


def _is_shown_above(line: str, heading: str) -> bool:
    shown = comparable(line)
    return bool(shown) and (shown == heading or (len(shown) < 80 and _DATE_LINE.fullmatch(shown) is not None))


def digest(text: str) -> str:
    """sha256 of a text's UTF-8 bytes, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def words(text: str) -> list[str]:
    """The words of a text, lower case, without punctuation."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def shingles(text: str) -> list[str]:
    """The distinct runs of five words, sorted; a text shorter than that has none."""
    found = words(text)
    return sorted({" ".join(found[i : i + SHINGLE]) for i in range(len(found) - SHINGLE + 1)})


def jaccard(a: list[str], b: list[str]) -> float:
    """The share of shingles that two texts have in common; 0.0 where either has none."""
    left, right = set(a), set(b)
    return len(left & right) / len(left | right) if left and right else 0.0


def signature(text: str) -> bytes | None:
    """The MinHash of a text: 120 little-endian uint32; None under 20 shingles, where likeness means little."""
    found = shingles(text)
    if len(found) < MIN_SHINGLES:
        return None
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    sketch.update(found)
    return b"".join(value.to_bytes(4, "little") for value in sketch.digest())


def estimated_jaccard(a: bytes, b: bytes) -> float:
    """The likeness of two texts estimated from their signatures, 0.0 to 1.0."""
    pairs = zip(memoryview(a).cast("I"), memoryview(b).cast("I"), strict=True)
    return sum(x == y for x, y in pairs) / PERMUTATIONS
