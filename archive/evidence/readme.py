"""What a person reads first in a package of evidence: the words, where they stood and when, and how to check it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from archive.evidence.choosing import Chosen, Passage, Printed
from archive.evidence.records import WARC, Taken
from archive.records import Obtained

__all__ = ["readme"]

HANDED_IN = "handed in"  # the basis of a day that no page says
CHECK = f"""
## How to check this by hand

1. `unzip -d evidence FILE.wacz` and, in that folder, compare `sha256sum {WARC}` (and each other file) with
   `datapackage.json`, whose own digest stands in `datapackage-digest.json`.
2. Each record of `{WARC}` was copied byte for byte from the archive's own file (`stored_in`):
   `tail -c +$((OFFSET + 1)) {WARC} | head -c LENGTH | sha256sum` gives its `record_digest`, and
   `tail -c +$((OFFSET + 1)) {WARC} | head -c LENGTH | zcat` shows what the server answered, below the time
   (WARC-Date), address and digests that the crawler wrote. The `payload_digest` is the sha256 of what follows the
   HTTP headers, without the line ends that close the record. `warcio check {WARC}` compares the digests within.
3. The offsets of a passage count Unicode characters, from 0, in the text file of its version; in Python
   `open("evidence/text-1.txt", encoding="utf-8", newline="").read()[START:END]` are the words. The text is what was
   read from the page by the program named as `extractor`; the page itself is in the WARC file.
4. Opened in ReplayWeb.page (https://replayweb.page), the file shows the pages as they were answered, without what
   other requests would have brought: images, styles, scripts.

`captured_at` is the clock of the machine that asked, or that a text was given to. The digests show that nothing was
changed since they were noted elsewhere; nothing in a package proves by itself that it was never made anew: whoever
hands it on notes its sha256.
"""


def readme(chosen: Chosen, taken: Sequence[Taken]) -> str:
    """The text of README.md in the package."""
    return "\n".join([*_lines(chosen, taken), CHECK])


def _lines(chosen: Chosen, taken: Sequence[Taken]) -> Iterator[str]:
    yield f"# Evidence of {chosen.kind} {chosen.id}\n"
    yield "`evidence/evidence.json` says the same to programs.\n"
    if chosen.passages:
        yield "## Passages\n"
    for passage in chosen.passages:
        yield from _passage(passage)
    yield "## Versions\n"
    for version in chosen.versions:
        yield from _version(version)
    yield "## Captures\n"
    for each in taken:
        yield from _capture(each)


def _passage(passage: Passage) -> Iterator[str]:
    seat = ", ".join(part for part in (passage.office, passage.jurisdiction) if part)
    yield "\n".join(f"> {line}" for line in passage.words.splitlines())
    yield f"\n{passage.speaker}{f' ({seat})' if seat else ''}, {passage.kind}\n"
    yield f"- characters {passage.char_start} to {passage.char_end} of version {passage.version}"
    yield f"- appearance {passage.appearance}" + (f", statement {passage.statement}" if passage.statement else "")
    yield ""


def _version(version: Printed) -> Iterator[str]:
    yield f"### {version.title or version.url}\n"
    yield f"- version {version.number}, {version.id}, of {version.source} ({version.document_kind})"
    yield f"- {version.url}"
    if version.published:
        who = "whoever handed it in" if version.published_basis == HANDED_IN else "the page"
        yield f"- published {version.published.isoformat().replace('+00:00', 'Z')}, as {who} says"
    yield f"- seen from {_time(version.first_captured)} to {_time(version.last_captured)}"
    if version.changed_after:
        yield f"- the version before was last seen at {_time(version.changed_after)}"
    yield f"- text: `{version.file}`, read by {version.extractor}; first seen in {version.capture}"
    yield ""


def _capture(each: Taken) -> Iterator[str]:
    yield f"### {each.record_id}\n"
    yield f"- {each.url}"
    yield f"- {_how(each)} at {_time(each.captured_at)} ({each.obtained}), {each.warc_type} record"
    yield f"- bytes {each.offset} to {each.offset + each.length} of `{each.file}`, sha256 {each.record_digest}"
    if each.payload_digest:
        yield f"- body: {each.payload_length} bytes, sha256 {each.payload_digest}"
    if each.refers_to:
        said = "was drawn from the answer" if each.warc_type == "conversion" else "is that of"
        yield f"- the body {said} {each.refers_to}"
    yield f"- stored in {each.stored_in}"
    yield ""


def _how(each: Taken) -> str:
    """What happened: of a text that somebody handed in no server answered anything, whatever its record looks like."""
    if each.obtained == Obtained.HANDED_IN:
        return "handed in by somebody, asked of no server,"
    return "drawn by a browser" if each.warc_type == "conversion" else f"answered {each.status}"


def _time(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
