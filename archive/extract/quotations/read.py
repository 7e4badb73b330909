"""One text -> its quotations, by the shape of the text: a transcript's turns, a whole statement, or running prose."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

from archive.extract.quotations.attribution import Attribution, Weights, attribute, page_of, person_of
from archive.extract.quotations.indirect import Reported, reported
from archive.extract.quotations.marks import paragraphs, spans
from archive.extract.quotations.speakers import Speaker, Speakers
from archive.extract.quotations.transcripts import Turn, quoted_turns, turns
from archive.extract.quotations.whole import Whole, whole_statement
from archive.records import Quotation, QuotationKind, QuotationStatus

__all__ = ["read_quotations"]

LANGUAGES = ("en",)
# Under this probability nobody is named: an unattributed quotation is worth more than a wrong speaker.
LEAST_SURE = 0.25
LEAST_SPOKEN = 0.5
SURE_TURN, SURE_WHOLE = 0.98, 0.95


def read_quotations(
    text: str, *, title: str | None = None, language: str | None = None, truncated: bool = False
) -> tuple[QuotationStatus, tuple[Quotation, ...]]:
    """The quotations of a text in its order, and whether it was looked through.

    `title` is the document's, which may name the speaker of a whole statement; `language` is ISO 639-1, None where
    unknown; `truncated` says that the text is not whole. A text in another language than English is left alone:
    `unsupported_language`.
    """
    if language is not None and language not in LANGUAGES:
        return QuotationStatus.UNSUPPORTED_LANGUAGE, ()
    status = QuotationStatus.TRUNCATED if truncated else QuotationStatus.DONE
    return status, tuple(_numbered(_Reader(text, title).quotations()))


@cache
def _weights() -> Weights:
    loaded: Weights = json.loads(files(__package__).joinpath("weights.json").read_bytes())
    return loaded


def _numbered(found: Iterable[Quotation]) -> Iterator[Quotation]:
    """The quotations in the order of the text, their utterances numbered in that order too."""
    numbers: dict[int, int] = {}
    for each in sorted(found, key=lambda one: (one.start, one.end)):
        yield replace(each, group=numbers.setdefault(each.group, len(numbers)))


class _Reader:
    """Reads a text under its title, as a reader does: a headline names people whom the text calls "she"."""

    def __init__(self, text: str, title: str | None) -> None:
        above = f"{title.strip()}\n\n" if title and not text.lstrip().startswith(title.strip()) else ""
        self.offset = len(above)
        text = above + text
        self.text = text
        self.lines = paragraphs(text)
        self.spans = spans(text, self.lines)
        self.page = page_of(text, self.lines, self.spans)
        self.speakers = Speakers(self.page)
        self.turns = turns(text, self.lines)
        self.labels = quoted_turns(text, self.spans)
        self.whole = None if self.turns else whole_statement(text, title, self.lines, self.spans)
        self.group = 0

    def quotations(self) -> Iterator[Quotation]:
        """The quotations of the text itself, with its own offsets; words that only the title quotes are left out."""
        return (self.placed(each) for each in self.found() if each.start >= self.offset)

    def placed(self, each: Quotation) -> Quotation:
        """A quotation with the offsets of the text without its title."""
        named = each.speaker_start is not None and each.speaker_start >= self.offset
        return replace(
            each,
            start=each.start - self.offset,
            end=each.end - self.offset,
            speaker_start=each.speaker_start - self.offset if named and each.speaker_start is not None else None,
            speaker_end=each.speaker_end - self.offset if named and each.speaker_end is not None else None,
        )

    def found(self) -> Iterator[Quotation]:
        held = [(turn.start, turn.end) for turn in self.turns]
        if self.whole is not None:
            held.append((self.whole.start, self.whole.end))
            yield self.of_whole(self.whole)
        yield from (self.of_turn(turn) for turn in self.turns if not turn.question)
        # Words that a speaker quotes within his own statement are his to quote, not the writer's.
        yield from (each for each in self.of_prose() if not _within(each, held))
        yield from (each for each in self.of_reports() if not _within(each, held))

    def next_group(self) -> int:
        self.group += 1
        return self.group

    def of_turn(self, turn: Turn) -> Quotation:
        speaker = self.speakers.printed(turn.label)
        return self.quotation(
            turn.start, turn.end, QuotationKind.WHOLE, speaker, (turn.label_start, turn.label_end), ":", SURE_TURN,
            turn=True,
        )  # fmt: skip

    def of_whole(self, whole: Whole) -> Quotation:
        place = None if whole.who_start is None else (whole.who_start, whole.who_start + len(whole.who))
        speaker = self.speakers.printed(whole.who)
        return self.quotation(
            whole.start, whole.end, QuotationKind.WHOLE, speaker, place, whole.cue, SURE_WHOLE, printed=whole.who
        )

    def of_prose(self) -> Iterator[Quotation]:
        before: tuple[int, Attribution] | None = None
        group = 0
        for number, said in enumerate(attribute(self.page, _weights()) if self.spans else ()):
            if said.spoken < LEAST_SPOKEN and number not in self.labels:
                continue
            goes_on = self.continues(number, before, said)
            if not goes_on:
                group = self.next_group()
            within = goes_on and before is not None and self.within_sentence(before[0], number)
            before = (number, said)
            yield replace(self.of_span(number, said, group), continues=within)

    def continues(self, number: int, before: tuple[int, Attribution] | None, said: Attribution) -> bool:
        """Whether a span goes on with the utterance before: the same mention, in one paragraph or reopened."""
        if before is None or before[1].mention != said.mention or said.mention < 0:
            return False
        last, span = self.spans[before[0]], self.spans[number]
        return last.paragraph == span.paragraph or (last.open and span.paragraph == last.paragraph + 1)

    def within_sentence(self, first: int, second: int) -> bool:
        """Whether a cue between two spans parts one sentence: "When this is over," he said, "I will go home." """
        between = self.text[self.spans[first].right : self.spans[second].left].strip()
        last = self.text[self.spans[first].end - 1]
        return (
            between.endswith(",") and self.spans[first].paragraph == self.spans[second].paragraph and last not in ".?!"
        )

    def of_span(self, number: int, said: Attribution, group: int) -> Quotation:
        span = self.spans[number]
        if (label := self.labels.get(number)) is not None:
            speaker = self.speakers.printed(self.text[label[0] : label[1]])
            return self.quotation(
                span.start, span.end, QuotationKind.DIRECT, speaker, label, ":", SURE_TURN, group=group
            )
        kind = QuotationKind.DIRECT if self.page.shapes[number].startswith("d") else QuotationKind.FRAGMENT
        if said.mention < 0 or said.sureness < LEAST_SURE:
            return Quotation(
                content=self.text[span.start : span.end], start=span.start, end=span.end, kind=kind, group=group
            )
        mention = self.page.mentions[said.mention]
        return self.quotation(
            span.start, span.end, kind, self.speakers.of(said.mention, said.entity), mention.extent,
            self.cue_of(number, said), said.sureness * said.spoken, group=group,
        )  # fmt: skip

    def cue_of(self, number: int, said: Attribution) -> str | None:
        at = self.page.reading.at[number]
        cues = self.page.cues.of.get(said.mention, ())
        nearest = min(cues, key=lambda cue: abs(cue.first - at), default=None)
        if nearest is None:
            return None
        return self.text[self.page.reading.starts[nearest.first] : self.page.reading.ends[nearest.last]]

    def of_reports(self) -> Iterator[Quotation]:
        found: list[Reported] = list(reported(self.page))
        for each in found:
            mention = self.page.mentions[each.mention]
            entity = person_of(self.page, each.mention, -1, _weights())
            yield self.quotation(
                each.start, each.end, QuotationKind.INDIRECT, self.speakers.of(each.mention, entity),
                mention.extent, self.text[each.cue_start : each.cue_end], each.sureness,
            )  # fmt: skip

    def quotation(
        self, start: int, end: int, kind: QuotationKind, speaker: Speaker, place: tuple[int, int] | None,
        cue: str | None, sureness: float, *, group: int | None = None, turn: bool = False, printed: str | None = None,
    ) -> Quotation:  # fmt: skip
        return Quotation(
            content=self.text[start:end],
            start=start,
            end=end,
            kind=kind,
            group=self.next_group() if group is None else group,
            cue=cue,
            speaker_as_printed=self.text[place[0] : place[1]] if place else printed,
            speaker_start=place[0] if place else None,
            speaker_end=place[1] if place else None,
            speaker=speaker.name,
            form=speaker.form,
            role=speaker.role.role,
            place=speaker.role.place,
            on_behalf_of=speaker.on_behalf_of,
            turn=turn,
            confidence=round(sureness, 3),
        )


def _within(each: Quotation, held: list[tuple[int, int]]) -> bool:
    return any(start <= each.start and each.end <= end for start, end in held)
