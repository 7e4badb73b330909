"""PDF files, read by pypdfium2: paragraphs put together again from printed lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pypdfium2

from archive.extract.dates import claim_of, opening_day
from archive.extract.language import language_of
from archive.extract.limits import INVISIBLE, MAX_TEXT, bounded
from archive.extract.titles import GENERIC
from archive.records import DateClaim, Extraction, Outcome, Page
from archive.text import clean

__all__ = ["extract_pdf"]

MAX_SHEETS = 400
MAX_TITLE = 300
FULL_LINE = 0.75  # of the longest line: a line so long goes on in the next one
HEAD_LINES = 12  # in which a date line is looked for

_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(?:(Z)|([+-])(\d{2})'?(\d{2})?'?)?")
_SENTENCE_END = re.compile(r"[.!?:;”\"')\]]$")
_HYPHENATED = re.compile(r"(?<=[a-z])[-\u00ad]$")
_NEW_PARAGRAPH = re.compile(r"(?:[•●▪◦*–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
# What word processors put for a title: "Microsoft Word - draft 3.docx", "untitled", "press-release.indd".
_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint)\b.*|untitled.*|document\d*|slide \d+|[\W\d]*"
    r"|.*\.(?:docx?|indd|pdf|pub|rtf|wpd|qxd|xlsx?|exe)",
    re.IGNORECASE,
)


def extract_pdf(page: Page) -> Extraction:
    """Text, title and dates of a PDF; an encrypted or broken one is unreadable, one of mere pictures is empty."""
    try:
        document = pypdfium2.PdfDocument(page.payload)
    except pypdfium2.PdfiumError as error:
        reason = "the PDF is encrypted" if "password" in str(error).lower() else "the PDF is broken"
        return Extraction(outcome=Outcome.UNREADABLE, reason=reason)
    try:
        metadata = document.get_metadata_dict(skip_empty=True)
        sheets = list(_sheets(document))
        left_out = len(document) > MAX_SHEETS
    finally:
        document.close()
    lines = [line for sheet in sheets for line in sheet]
    text, cut = bounded(clean("\n\n".join(_paragraphs(sheets)).translate(INVISIBLE)).strip())
    if not text:
        return Extraction(outcome=Outcome.EMPTY, reason="the PDF holds no text, only pictures of it")
    return Extraction(
        outcome=Outcome.TEXT,
        title=_title(metadata.get("Title", ""), text),
        text=text,
        language=language_of(text, declared=None),
        byline=clean(metadata.get("Author", ""))[:MAX_TITLE].strip() or None,
        published=_published(lines, metadata.get("CreationDate", ""), page.captured),
        modified=_claim(metadata.get("ModDate", ""), page.captured),
        truncated=cut or left_out,
    )


def _sheets(document: pypdfium2.PdfDocument) -> Iterator[list[str]]:
    length = 0
    for number in range(min(len(document), MAX_SHEETS)):
        sheet = document[number]
        textpage = sheet.get_textpage()
        # pdfium joins a word broken at the end of a line, and leaves a mark where the hyphen was.
        text = textpage.get_text_range().replace("\ufffe", "").replace("\x02", "")
        textpage.close()
        sheet.close()
        length += len(text)
        yield [" ".join(line.split()) for line in text.splitlines()]
        if length > MAX_TEXT:
            return


def _paragraphs(sheets: list[list[str]]) -> Iterator[str]:
    """Lines joined to paragraphs: a line that fills the column and ends no sentence goes on in the next."""
    widest = max((len(line) for sheet in sheets for line in sheet), default=0)
    paragraph = ""
    previous = ""
    for line in (line for sheet in sheets for line in sheet):
        if not line or (paragraph and _begins(line, previous, widest)):
            if paragraph:
                yield paragraph
            paragraph = line
        elif _HYPHENATED.search(paragraph):
            paragraph = paragraph[:-1] + line
        else:
            paragraph = f"{paragraph} {line}".strip()
        previous = line or previous
    if paragraph:
        yield paragraph


def _begins(line: str, previous: str, widest: int) -> bool:
    if _NEW_PARAGRAPH.match(line):
        return True
    if len(previous) >= FULL_LINE * widest:
        return False
    return bool(_SENTENCE_END.search(previous)) or line[:1].isupper() or len(previous) < FULL_LINE * widest / 2


def _title(declared: str, text: str) -> str | None:
    written = " ".join(clean(declared).split())[:MAX_TITLE]
    if written and not _NO_TITLE.fullmatch(written):
        return written
    lines = [line[:MAX_TITLE] for line in text.splitlines() if any(char.isalpha() for char in line)]
    return next((line for line in lines if not GENERIC.fullmatch(line.strip(" :"))), lines[0] if lines else None)


def _published(lines: list[str], created: str, captured: date) -> DateClaim | None:
    """The dateline, else the day the file was made."""
    for line in [line for line in lines if line][:HEAD_LINES]:
        day = opening_day(line, captured=captured)
        if day:
            return DateClaim(day=day, at=None, precision="day", basis="dateline")
    return _claim(created, captured)


def _claim(written: str, captured: date) -> DateClaim | None:
    match = _PDF_DATE.match(written[:40])
    if match is None:
        return claim_of(written, basis="pdf", captured=captured)
    year, month, day, hour, minute, second, zulu, sign, hours, minutes = match.groups()
    zone = "Z" if zulu else f"{sign}{hours}:{minutes or '00'}" if sign else ""
    clock = f"T{hour}:{minute}:{second or '00'}{zone}" if hour else ""
    return claim_of(f"{year}-{month}-{day}{clock}", basis="pdf", captured=captured)
