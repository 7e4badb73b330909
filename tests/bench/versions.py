"""How many versions the archive sees in texts that were edited once, when each capture has noise of its own.

The pairs are put into one page template, with new tokens, counters, dates of the day, obfuscated addresses and menu
orders at every capture. Each pair is to give exactly two versions; a capture that differs in noise alone gives none.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from markupsafe import Markup

from archive import Archive, query
from archive.catalog import Discover, SourceEntry
from archive.records import Capture, DocumentKind
from tests.bench.pairs import Pair, State, edited_pairs, recaptured_pairs
from tests.world.furniture import Furniture
from tests.world.render import render
from tests.world.sites import View, load_sites
from tests.world.texts import Document

__all__ = ["versions_report"]

NOISY_CAPTURES = 20
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def versions_report(work: Path, folder: Path) -> dict[str, Any]:
    """The figures: of the pairs with the Markdown as visible text, with the Markdown rendered, and of recaptures."""
    return {
        "edited, markdown as text": _edited(work, list(edited_pairs(folder)), plain=True),
        "edited, markdown rendered": _edited(work, list(edited_pairs(folder)), plain=False),
        "recaptured pages": _recaptured(work, list(recaptured_pairs(folder))),
    }


def _edited(work: Path, pairs: list[Pair], *, plain: bool) -> dict[str, Any]:
    tallies = _archived(work, pairs, lambda pair: _noisy_captures(pair, plain=plain))
    return {
        "pairs": len(pairs),
        "exactly_two": sum(tally.versions == 2 for tally in tallies.values()),
        "fewer": [name for name, tally in tallies.items() if tally.versions < 2],
        "more": [name for name, tally in tallies.items() if tally.versions > 2],
        "captures": sum(tally.captures for tally in tallies.values()),
    }


def _recaptured(work: Path, pairs: list[Pair]) -> dict[str, Any]:
    tallies = _archived(work, pairs, _plain_captures)
    return {
        "pairs": len(pairs),
        "with_versions": {
            count: sum(tally.versions == count for tally in tallies.values())
            for count in sorted({tally.versions for tally in tallies.values()})
        },
        "outcomes": _counted(outcome for tally in tallies.values() for outcome in tally.outcomes),
    }


@dataclass(frozen=True, slots=True)
class _Tally:
    captures: int
    versions: int
    outcomes: tuple[str, ...]


def _archived(work: Path, pairs: list[Pair], captures: Callable[[Pair], Iterable[Capture]]) -> dict[str, _Tally]:
    """Add the captures of all pairs to a fresh archive; what came of each pair."""
    for leftover in [*work.glob("versions.db*"), *work.glob("versions-warc/*")]:
        leftover.unlink()
    entry = SourceEntry(
        id="bench-versions",
        title="Texts known at two times",
        kind=DocumentKind.PRESS_RELEASE,
        start=("https://example.org/",),
        discover=Discover(strategy="listing", options={}),
        timezone="UTC",
        rights="public record",
    )
    work.mkdir(parents=True, exist_ok=True)
    with Archive.open(f"sqlite:///{work / 'versions.db'}", warc_dir=work / "versions-warc") as archive:
        run = archive.start_run(entry)
        given = [(pair.name, capture) for pair in pairs for capture in captures(pair)]
        receipts = list(run.add_all(capture for _, capture in given))
        run.finish("finished")
        with archive.read() as connection:
            kept = {
                pair.name: len(query.versions(connection, query.find_document(connection, pair.url))) for pair in pairs
            }
    outcomes: dict[str, list[str]] = {pair.name: [] for pair in pairs}
    for (name, _), receipt in zip(given, receipts, strict=True):
        outcomes[name].append(str(receipt.outcome))
    return {name: _Tally(len(found), kept[name], tuple(found)) for name, found in outcomes.items()}


def _plain_captures(pair: Pair) -> Iterator[Capture]:
    for state in (pair.earlier, pair.later):
        yield Capture(url=pair.url, captured_at=state.captured_at, status=200, headers=HTML, payload=state.payload)


def _noisy_captures(pair: Pair, *, plain: bool) -> Iterator[Capture]:
    dice = random.Random(pair.name)
    for state in (pair.earlier, pair.later):
        for repeat in range(NOISY_CAPTURES + 1):
            at = state.captured_at + timedelta(seconds=repeat)
            page = _page(state, Furniture(dice, at + timedelta(days=repeat)), plain=plain)
            yield Capture(url=pair.url, captured_at=at, status=200, headers=HTML, payload=page)


def _page(state: State, furniture: Furniture, *, plain: bool) -> bytes:
    site = load_sites()["riverton"]
    document = Document(
        site=site.key,
        slug="statement",
        number=1,
        day=1,
        title=state.title,
        published=state.captured_at,
        body=state.text,
    )
    values: dict[str, Any] = {"document": document}
    if plain:
        values["markdown"] = _as_text
    return render(site, View(template="drupal_page.html", values=values), furniture, "https://example.org")


def _as_text(text: str) -> Markup:
    """Every character of the Markdown as visible text: an edited link address is an edit, too."""
    return Markup("\n").join(Markup("<p>{}</p>").format(part) for part in text.split("\n\n") if part.strip())


def _counted(items: Iterable[str]) -> dict[str, int]:
    found = list(items)
    return {item: found.count(item) for item in sorted(set(found))}
