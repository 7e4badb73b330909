"""Releases that are a statement: the text itself is what the office holder says, without marks around it.

Statement from Mayor Ruth Okafor on the Levee            From Mayor Ruth Okafor:
Mayor Okafor today issued the following statement on the levee:
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.extract.quotations.marks import Paragraph, Span

__all__ = ["Whole", "whole_statement"]

_OFFICE = (
    r"(?:Acting |Interim |Lt\. |Lieutenant |Deputy |Vice )?"
    r"(?:Mayor|Governor|Gov\.|President|Senator|Sen\.|Attorney General|Commissioner|Comptroller|Controller"
    r"|Councilmember|Council Member|Council President|Councilman|Councilwoman|Alderman|County Executive|Secretary"
    r"|Superintendent|Chief|Police Chief|Sheriff|Speaker|Congressman|Congresswoman|Rep\.|Representative|Supervisor"
    r"|Treasurer|Director)"
)
_NAME = r"[A-Z][\w.'’\-]*(?: (?:de|la|del|van|von|[A-Z][\w.'’\-]*))*"
_WHO = rf"(?P<who>(?:[A-Z][\w.]* ){{0,3}}?{_OFFICE} (?:-?[Ee]lect )?{_NAME})"
_SAYING = r"(?:(?:A |Official )?(?:Statement|Message|Letter)|STATEMENT|Remarks|Comments)"
# Titles whose document is the statement itself.
_TITLES = (
    re.compile(rf"(?:Read |Full |Joint |Video |ICYMI: )?{_SAYING} (?:[Ff]rom|[Bb]y|[Oo]f) (?:the )?{_WHO}"),
    re.compile(rf"{_WHO}['’]s? (?:Full |Official )?{_SAYING}\b"),
    re.compile(rf"{_WHO} (?:Issues|Releases|Makes|Delivers|Provides) (?:a |the Following |Following )?Statement\b"),
    re.compile(rf"From (?:the Desk of )?{_WHO}(?::|$)"),
)
_UNQUOTED = r"[^“”\"\n]"
# Paragraphs after which the statement follows.
_INTRODUCTIONS = (
    re.compile(rf"From (?:the Desk of |the Office of )?{_WHO}:\s*$"),
    re.compile(
        rf"{_WHO}\b{_UNQUOTED}{{0,200}}\b(?:issued|released|made|offered|shared|provided)\b{_UNQUOTED}{{0,80}}"
        rf"\bstatement\b{_UNQUOTED}{{0,200}}:\s*$"
    ),
    re.compile(
        rf"{_UNQUOTED}{{0,120}}\bfollowing (?:is a |is the |)?statement\b{_UNQUOTED}{{0,60}}"
        rf"\b(?:from|by|of) {_WHO}{_UNQUOTED}{{0,160}}:\s*$"
    ),
    re.compile(
        rf"(?:The )?(?:[Ss]tatement|[Rr]emarks|[Ll]etter|[Mm]essage) (?:from|by|of) {_WHO}{_UNQUOTED}{{0,120}}:\s*$"
    ),
)
_END = re.compile(
    r"(?:#{2,}|-\s?30\s?-|\* ?\* ?\*|_{3,}|={3,})\s*$|(?:Media )?Contacts?:"
    r"|(?:Press|Media) (?:Contact|Office|Inquiries)\b"
    r"|About (?:the )?(?:City|Office|Mayor|Governor)\b|Follow (?:us|the Mayor)\b|For (?:more|further) information\b"
    r"|Editor['’]s [Nn]ote"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\.?"
_HEADER = re.compile(
    r"(?i:for immediate release|press release|news release)|(?:Media )?Contacts?:"
    rf"|(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?{_MONTH} \d{{1,2}}, \d{{4}}\.?$"
    r"|\d{1,2}/\d{1,2}/\d{2,4}$"
    r"|Date:|Posted|Published"
)
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|ll|d)|[Ww]e|[Ww]e['’](?:re|ve|ll)|[Mm]y|[Oo]ur|[Uu]s|me)\b")
_SIGN_OFF = re.compile(
    r"(?:Yours(?: \w+)?|Sincerely|Respectfully|Best|Warmly|With gratitude|In service|Thank you),?\s*$"
)
LEAST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Whole:
    """A statement that is the text `start..end`; `who` is the speaker as printed, at `who_start` if in the text."""

    start: int
    end: int
    who: str
    who_start: int | None
    cue: str


def whole_statement(text: str, title: str | None, lines: list[Paragraph], spans: list[Span]) -> Whole | None:
    """The statement that a release is, without quotation marks; None where it is no such release.

    A statement that stands in quotation marks is left to the marks: they say better where it begins and ends.
    """
    found = _introduced(text, lines) or _titled(text, title, lines)
    if found is None:
        return None
    who, who_start, first, cue = found
    last = _last(text, lines, first)
    if last < first or any(span.paragraph == first and span.left == lines[first].start for span in spans):
        return None
    start, end = lines[first].start, lines[last].end
    if len(text[start:end].split()) < LEAST_WORDS:
        return None
    return Whole(start, end, who, who_start, cue)


def _introduced(text: str, lines: list[Paragraph]) -> tuple[str, int | None, int, str] | None:
    for number, line in enumerate(lines[:-1]):
        said = text[line.start : line.end]
        if said.endswith(":") and len(said) < 500:
            for pattern in _INTRODUCTIONS:
                if found := pattern.search(said):
                    cue = "statement" if "statement" in said.lower() else "From"
                    return found["who"], line.start + found.start("who"), number + 1, cue
    return None


def _titled(text: str, title: str | None, lines: list[Paragraph]) -> tuple[str, int | None, int, str] | None:
    headings: list[tuple[str, int | None]] = [(title, None)] if title else []
    headings += [(text[line.start : line.end], line.start) for line in lines[:4] if line.end - line.start < 200]
    for heading, at in headings:
        for pattern in _TITLES:
            found = pattern.match(heading.strip())
            if found:
                first = _first(text, title, lines)
                # A report of a statement is written in the third person; the statement itself says I or we.
                if first is not None and _FIRST_PERSON.search(text, lines[first].start):
                    start = None if at is None else at + found.start("who")
                    return found["who"], start, first, "Statement"
    return None


def _first(text: str, title: str | None, lines: list[Paragraph]) -> int | None:
    """The first paragraph that is no heading, date or contact line."""
    for number, line in enumerate(lines):
        said = text[line.start : line.end]
        is_heading = _HEADER.match(said) or (title and said.strip() == title.strip())
        if not is_heading and (len(said.split()) > 12 or said.rstrip().endswith((".", "!", "?", ","))):
            return number
    return None


def _last(text: str, lines: list[Paragraph], first: int) -> int:
    """The last paragraph of the statement: what follows in the third person is the office's own notice."""
    last, number = first, first
    for number in range(first, len(lines)):
        said = text[lines[number].start : lines[number].end]
        if _END.match(said):
            break
        if _FIRST_PERSON.search(said):
            last = number
        elif _SIGN_OFF.match(said):
            return min(number + 1, len(lines) - 1)
    return last
