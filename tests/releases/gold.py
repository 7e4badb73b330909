"""The gold texts as values: `texts/*.txt` compiled strictly to plain text and quotations with their offsets.

The form of a file is in texts/README.md. A mistake raises GoldError that names file and line.

    python -m tests.releases.gold FOLDER

writes docs.jsonl and quotes.jsonl (as the events data has them) and gold.jsonl (for a scorer of quotations).
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["GoldError", "GoldQuotation", "GoldText", "Speaker", "load_texts", "parse", "read_cast", "write"]

HERE = Path(__file__).parent
CLASSES = frozenset({"official", "public_role", "organisation", "private", "group", "unnamed"})
KINDS = frozenset({"direct", "fragment", "whole", "turn", "indirect", "held"})
FLAGS = frozenset({"optional", "nocluster"})
DOCUMENT_KINDS = frozenset({"press_release", "article", "transcript"})
REQUIRED = frozenset({"source", "url", "title", "date", "kind", "language"})
ALLOWED = REQUIRED | {"captured", "version", "translation_of", "traps"}
_MARK = re.compile(r"⟦([a-z]+\d+|-|~)\||⟧")
_QUOTATION = re.compile(
    r'(?P<id>[a-z]+\d+) (?P<speaker>\?|[a-z][a-z0-9-]*) (?P<kind>[a-z]+) (?:-|"(?P<printed>[^"]+)")'
    r"(?: #(?P<statement>[a-z0-9-]+))?(?: \+(?P<group>[a-z]+\d+))?(?P<flags>(?: [a-z]+)*)"
)
_LOCAL = re.compile(
    r'@(?P<key>[a-z][a-z0-9-]*) "(?P<name>[^"]+)" (?P<cls>[a-z_]+)(?: (?P<office>[a-z_]+)(?: (?P<place>[a-z0-9-]+))?)?'
)


class GoldError(ValueError):
    """A gold file is wrong; the message names file and line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks, on the day of the text. `unresolved`: two persons of that name fit, and neither may be chosen."""

    key: str
    name: str
    speaker_class: str = "official"
    office: str | None = None
    jurisdiction: str | None = None
    jurisdiction_name: str | None = None
    unresolved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuotation:
    """One annotated quotation: `text[start:end] == content`. No speaker: it must stay unattributed."""

    id: str
    start: int
    end: int
    content: str
    kind: str
    statement: str
    speaker: Speaker | None = None
    printed: str | None = None
    printed_start: int | None = None
    printed_end: int | None = None
    group: str = ""
    optional: bool = False
    clustered: bool = True

    @property
    def spoken(self) -> bool:
        """Whether these are the speaker's own words, found in the text itself, not a part of such words."""
        return self.kind in ("direct", "fragment", "whole", "turn")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldText:
    """One annotated document version. `nobody` and `ignored` are ranges of quoted text."""

    id: str
    source: str
    url: str
    title: str
    day: date
    captured: date
    kind: str
    language: str
    text: str
    quotations: tuple[GoldQuotation, ...]
    nobody: tuple[tuple[int, int], ...] = ()
    ignored: tuple[tuple[int, int], ...] = ()
    version: int = 1
    translation_of: str | None = None
    traps: tuple[str, ...] = ()


Cast = tuple[Mapping[str, Any], Mapping[str, Speaker]]


@cache
def read_cast(path: Path = HERE / "cast.toml") -> Cast:
    """The places and the speakers that all texts share."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    places = table["places"]
    return places, {key: _speaker(key, places, **values) for key, values in table["people"].items()}


def _speaker(key: str, places: Mapping[str, Any], place: str | None = None, **values: Any) -> Speaker:
    found = places[place] if place else {"id": None, "name": None}
    return Speaker(key=key, jurisdiction=found["id"], jurisdiction_name=found["name"], **values)


@cache
def load_texts(folder: Path = HERE / "texts") -> tuple[GoldText, ...]:
    """All texts, in the order of their dates, then ids."""
    texts = [parse(path) for path in sorted(folder.glob("*.txt"))]
    return tuple(sorted(texts, key=lambda text: (text.captured, text.id)))


def parse(path: Path) -> GoldText:
    """One file; raises GoldError."""
    parts = re.split(r"^===\n", path.read_text(encoding="utf-8"), flags=re.M)
    if len(parts) != 3:
        raise GoldError(f"{path}: has {len(parts) - 1} lines `===`, not 2")
    body_line = parts[0].count("\n") + 2
    front = _front(path, parts[0])
    text, ranges = _compile(path, parts[1], body_line)
    described = _quotations(path, parts[2], body_line + parts[1].count("\n") + 1, text, ranges)
    return GoldText(
        id=path.stem, text=text, quotations=described, **front,
        nobody=tuple(span for name, *span in ranges if name == "-"),  # type: ignore[misc]
        ignored=tuple(span for name, *span in ranges if name == "~"),  # type: ignore[misc]
    )  # fmt: skip


def _front(path: Path, part: str) -> dict[str, Any]:
    found: dict[str, str] = {}
    for number, line in enumerate(part.splitlines(), 1):
        key, colon, value = line.partition(": ")
        if not colon or key not in ALLOWED or key in found:
            raise GoldError(f"{path}:{number}: not one `key: value` of {', '.join(sorted(ALLOWED))}: {line!r}")
        found[key] = value.strip()
    if missing := REQUIRED - found.keys():
        raise GoldError(f"{path}:1: lacks {', '.join(sorted(missing))}")
    if found["kind"] not in DOCUMENT_KINDS:
        raise GoldError(f"{path}:1: kind {found['kind']!r} is none of {', '.join(sorted(DOCUMENT_KINDS))}")
    try:
        day = date.fromisoformat(found.pop("date"))
        captured = date.fromisoformat(found.pop("captured", day.isoformat()))
    except ValueError as error:
        raise GoldError(f"{path}:1: {error}") from None
    traps = tuple(name.strip() for name in found.pop("traps", "").split(",") if name.strip())
    return {**found, "day": day, "captured": captured, "version": int(found.get("version", 1)), "traps": traps}


def _compile(path: Path, marked: str, first_line: int) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without its marks, and each mark's range in it, in the order in which they open."""
    pieces: list[str] = []
    opened: list[tuple[int, str, int]] = []
    ranges: dict[int, tuple[str, int, int]] = {}
    at = length = count = 0
    marked = marked.strip("\n")
    for mark in _MARK.finditer(marked):
        pieces.append(marked[at : mark.start()])
        length, at = length + len(pieces[-1]), mark.end()
        if mark.group() != "⟧":
            opened.append((count, mark.group(1), length))
            count += 1
        elif not opened:
            raise GoldError(f"{path}:{_line(marked, mark.start(), first_line)}: ⟧ closes nothing")
        else:
            number, name, start = opened.pop()
            ranges[number] = (name, start, length)
    text = "".join(pieces) + marked[at:]
    if opened or "⟦" in text or "⟧" in text:
        raise GoldError(f"{path}:{first_line}: an open ⟦ or a mark without a name (⟦q1|...⟧)")
    return text, [ranges[number] for number in sorted(ranges)]


def _line(text: str, at: int, first_line: int) -> int:
    return first_line + text.count("\n", 0, at)


def _quotations(
    path: Path, part: str, first_line: int, text: str, ranges: list[tuple[str, int, int]]
) -> tuple[GoldQuotation, ...]:
    spans = _spans(path, ranges)
    places, shared = read_cast()
    local = dict(_local_speakers(path, part, first_line, places))
    found: dict[str, GoldQuotation] = {}
    for number, line in enumerate(part.splitlines(), first_line):
        if not line.strip() or line.startswith("@"):
            continue
        match = _QUOTATION.fullmatch(line)
        if match is None or match["id"] in found or match["id"] not in spans:
            raise GoldError(f"{path}:{number}: not one quotation of the text, described once: {line!r}")
        start, end = spans[match["id"]]
        try:
            quotation = _quotation(match, path.stem, {**shared, **local}, text[start:end], start)
            found[match["id"]] = _placed(quotation, text, _outside(text, spans))
        except ValueError as error:
            raise GoldError(f"{path}:{number}: {error}") from None
    if missing := spans.keys() - found.keys():
        raise GoldError(f"{path}: not described: {', '.join(sorted(missing))}")
    grouped = (replace(q, group=found[q.group].group if q.group in found else q.id) for q in found.values())
    return tuple(sorted(grouped, key=lambda q: (q.start, -q.end)))


def _spans(path: Path, ranges: list[tuple[str, int, int]]) -> dict[str, tuple[int, int]]:
    spans: dict[str, tuple[int, int]] = {}
    for name, start, end in ranges:
        if name in spans or start == end:
            raise GoldError(f"{path}: the mark {name} stands twice or holds nothing")
        if name not in ("-", "~"):
            spans[name] = (start, end)
    return spans


def _local_speakers(path: Path, part: str, first_line: int, places: Mapping[str, Any]) -> Iterator[tuple[str, Speaker]]:
    for number, line in enumerate(part.splitlines(), first_line):
        if not line.startswith("@"):
            continue
        match = _LOCAL.fullmatch(line)
        if match is None or match["cls"] not in CLASSES or (match["place"] and match["place"] not in places):
            raise GoldError(f'{path}:{number}: not `@key "Full Name" CLASS [office [place]]`: {line!r}')
        yield (
            match["key"],
            _speaker(
                match["key"],
                places,
                match["place"],
                name=match["name"],
                speaker_class=match["cls"],
                office=match["office"],
            ),
        )


def _quotation(
    match: re.Match[str], text_id: str, cast: Mapping[str, Speaker], content: str, start: int
) -> GoldQuotation:
    kind, flags = match["kind"], set(match["flags"].split())
    if kind not in KINDS or flags - FLAGS:
        raise ValueError(f"kind {kind!r} or flags {sorted(flags)} unknown")
    if match["speaker"] != "?" and match["speaker"] not in cast:
        raise ValueError(f"speaker {match['speaker']!r} stands neither in cast.toml nor here")
    return GoldQuotation(
        id=match["id"], start=start, end=start + len(content), content=content, kind=kind,
        statement=match["statement"] or f"{text_id}:{match['id']}", speaker=cast.get(match["speaker"]),
        printed=match["printed"], group=match["group"] or match["id"], optional="optional" in flags,
        clustered="nocluster" not in flags,
    )  # fmt: skip


def _outside(text: str, spans: Mapping[str, tuple[int, int]]) -> str:
    """The text with all direct words blanked: a speaker is not named within what is quoted."""
    blanked = list(text)
    for name, (start, end) in spans.items():
        if not name.startswith("i"):
            blanked[start:end] = " " * (end - start)
    return "".join(blanked)


def _placed(quotation: GoldQuotation, text: str, outside: str) -> GoldQuotation:
    if quotation.printed is None:
        return quotation
    pattern = re.compile(rf"(?<!\w){re.escape(quotation.printed)}(?!\w)")
    hits = [hit.span() for hit in pattern.finditer(outside)]
    if not hits:
        raise ValueError(f"{quotation.printed!r} does not stand in the text outside of the quotations")
    start, end = min(hits, key=lambda hit: max(hit[0] - quotation.end, quotation.start - hit[1]))
    return replace(quotation, printed_start=start, printed_end=end)


def documents(texts: Iterable[GoldText]) -> Iterator[dict[str, Any]]:
    """The texts as lines of docs.jsonl of the events data."""
    for text in texts:
        skipped = [{"start": start, "end": end, "reason": "not annotated"} for start, end in text.ignored]
        yield {
            "id": text.id, "url": text.url, "title": text.title, "date": text.day.isoformat(), "kind": text.kind,
            "text": text.text, "skip_spans": skipped,
        }  # fmt: skip


def statements(texts: Iterable[GoldText]) -> Iterator[dict[str, Any]]:
    """The spoken quotations as lines of quotes.jsonl of the events data."""
    for text in texts:
        for quotation in text.quotations:
            speaker = quotation.speaker
            if quotation.spoken and speaker is not None:
                person = speaker.speaker_class not in ("group", "unnamed", "organisation")
                yield {
                    "doc_id": text.id, "start": quotation.start, "end": quotation.end, "content": quotation.content,
                    "speaker": speaker.name, "speaker_as_printed": quotation.printed, "speaker_aliases": [],
                    "office": speaker.office or "other", "jurisdiction": speaker.jurisdiction_name or "",
                    "kind": quotation.kind, "statement_id": quotation.statement,
                    "cluster_ok": quotation.clustered, "speaker_type": "person" if person else "group",
                }  # fmt: skip


def quotation_lines(texts: Iterable[GoldText]) -> Iterator[dict[str, Any]]:
    """The texts with their quotations as lines for a scorer of quotations: spans, mentions, full names."""
    for text in texts:
        yield {
            "id": text.id, "text": text.text, "ignore": [list(span) for span in text.ignored],
            "quotes": [
                {
                    "start": q.start, "end": q.end, "content": q.content, "type": q.kind, "speaker": q.printed,
                    "speaker_start": q.printed_start, "speaker_end": q.printed_end,
                    "speaker_full": q.speaker.name if q.speaker else None,
                }
                for q in text.quotations if q.spoken
            ],
        }  # fmt: skip


def write(folder: Path, texts: Iterable[GoldText]) -> None:
    """Write docs.jsonl, quotes.jsonl and gold.jsonl into a folder."""
    texts = list(texts)
    for name, lines in (("docs", documents), ("quotes", statements), ("gold", quotation_lines)):
        payload = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines(texts))
        (folder / f"{name}.jsonl").write_text(payload, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), load_texts())
