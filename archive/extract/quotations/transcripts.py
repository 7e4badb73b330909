"""Transcripts: texts in which a label before a colon says whose turn it is.

    MAYOR OKAFOR: Good morning, everybody.          THE PRESIDENT: Thank you.
    Q: Mayor, will you meet the union today?        Q    Will there be a curfew?

A turn runs to the next label. Questions by nobody in particular are no statements and are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from archive.extract.quotations.lexicon import MONTHS, PERSON_TITLES
from archive.extract.quotations.marks import Paragraph, Span

__all__ = ["Turn", "quoted_turns", "turns"]

_LABEL = re.compile(
    r"(?P<label>"
    r"(?:[A-Z][\w.'’\-]*|de|la|del|van|von|the|of)(?:[ \u00a0]+(?:[A-Z][\w.'’\-]*|de|la|del|van|von|of)){0,6})"
    r"(?:\s*(?:\([^)\n]{1,60}\)|\[[^\]\n]{1,60}\]))?\s*:(?:\s+|$)"
)
# between turns: "(CROSSTALK.)"
_NOTE = re.compile(r"[(\[][^()\[\]]{1,60}[)\]][.\W]*")
_QUESTION = re.compile(r"Q\b\s*\d*[:.]?\s+|(?i:question|reporter|press|moderator)\b\s*#?\d*:\s+")
# Labels of an advisory: WHO: Mayor Okafor / WHEN: Friday, 10 a.m.
_NO_SPEAKERS = frozenset(
    """
    who what when where why how contact note date time location media re subject from to cc via photo photos video watch
    update updated editor's more related tags source sources address phone fax email website web link background
    summary release attachments attachment topic topics category categories posted published place event events agenda
    english español spanish interview transcript press office room call telephone cost deadline fact facts myth
    questions answer answers q&a action resolution bill result results vote ayes nays noes absent
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
LEAST_TURNS = 3
LEAST_SHARE = 0.3
LEAST_QUOTED = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in one go: `text[start:end]`; the label is at `label_start..label_end`, None-speaker: Q."""

    label: str
    label_start: int
    label_end: int
    start: int
    end: int
    question: bool


def turns(text: str, lines: list[Paragraph]) -> list[Turn]:
    """The turns of a transcript in order; none where the text is no transcript."""
    heads = [_head(text, line) for line in lines]
    labels = Counter(head[0] for head in heads if head is not None and not head[3])
    real = {label for label, times in labels.items() if times > 1 or _is_speaker(label)}
    begins = [(k, head) for k, head in enumerate(heads) if head is not None and (head[3] or head[0] in real)]
    speakers = {head[0] for _, head in begins}
    if len(begins) < LEAST_TURNS or len(begins) < LEAST_SHARE * (len(lines) - begins[0][0]) or len(speakers) < 2:
        return []
    found = []
    for place, (k, (label, label_end, start, question)) in enumerate(begins):
        last = begins[place + 1][0] - 1 if place + 1 < len(begins) else _last_line(text, lines, k)
        end = lines[last].end
        if start < end:
            found.append(Turn(label, lines[k].start, label_end, start, end, question))
    return found


def quoted_turns(text: str, spans: list[Span]) -> dict[int, tuple[int, int]]:
    """Where the label of each quoted span stands, in an article that quotes a transcript turn by turn.

    "OKAFOR: We are ready.            a label in capitals within the marks
    "We have been for weeks."         goes on with the turn that the paragraph before left open
    """
    found: dict[int, tuple[int, int]] = {}
    for number, span in enumerate(spans):
        head = _head(text, Paragraph(span.start, span.end))
        if head is not None and head[0].isupper() and not head[3]:
            found[number] = (span.start, head[1])
        elif _NOTE.fullmatch(text, span.start, span.end):
            continue
        elif number - 1 in found and spans[number - 1].open and span.paragraph == spans[number - 1].paragraph + 1:
            found[number] = found[number - 1]
    return found if len(set(found.values())) >= LEAST_QUOTED else {}


def _head(text: str, line: Paragraph) -> tuple[str, int, int, bool] | None:
    """The label of a paragraph: its words, its end, where the turn begins, and whether it is a bare question."""
    if question := _QUESTION.match(text, line.start, line.end):
        return "Q", question.end(), question.end(), True
    found = _LABEL.match(text, line.start, line.end)
    if found is None or len(found["label"]) > 60:
        return None
    words = found["label"].lower().split()
    if words[0].rstrip(".") in _NO_SPEAKERS | MONTHS or words[-1] in _NO_SPEAKERS:
        return None
    return found["label"], found.end("label"), found.end(), False


def _is_speaker(label: str) -> bool:
    """Whether a label that comes only once is a speaker's: in capitals, or led by a title."""
    words = label.replace("\u00a0", " ").split()
    return label.isupper() or words[0].rstrip(".").lower() in PERSON_TITLES or label == "THE PRESIDENT"


def _last_line(text: str, lines: list[Paragraph], k: int) -> int:
    """The last paragraph of the last turn: what stands below an end mark is no longer said."""
    last = k
    for number in range(k + 1, len(lines)):
        if re.fullmatch(
            r"(?:#+|-30-|END|\* ?\* ?\*|_+|–+|END +\d.*)", text[lines[number].start : lines[number].end].strip()
        ):
            break
        last = number
    return last
