"""How many of the documents that real listings show are found, and how much else is taken for one.

Three kinds of truth: links of stored listings in BENCH_DATA/pages/truth.jsonl, cut with selectors by others; the yearly
arrays of the Minnesota Attorney General, whose files a plain pattern reads here; links of pages labelled by
hand in listings.toml. Options are those of the catalog's entry where one starts at that page, else those that stand
beside the labels.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from warcio.archiveiterator import ArchiveIterator

from archive.catalog import Catalog, SourceEntry, load_catalog
from archive.urls import address_of
from crawler.discovery import discover

__all__ = ["Case", "Score", "labelled_cases", "listings_report", "score"]

LABELS = Path(__file__).parent / "listings.toml"
FILES = re.compile(r"""\bfile\s*:\s*["']([^"']+)["']""")
TO_REACH = {"recall": 0.98, "precision": 0.95}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A stored listing, how it is read, and the documents that it shows."""

    name: str
    url: str
    payload: bytes
    strategy: str
    options: Mapping[str, Any]
    hosts: frozenset[str]
    links: frozenset[str]
    media_type: str = "text/html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Documents shown, documents found, and how many of them are the same."""

    strategy: str
    shown: int
    found: int
    right: int
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def recall(self) -> float:
        """Of the documents that are shown, those that were found."""
        return self.right / self.shown if self.shown else 1.0

    @property
    def precision(self) -> float:
        """Of the documents that were found, those that are shown."""
        return self.right / self.found if self.found else 1.0


def score(case: Case) -> Score:
    """Read one listing; addresses are compared in their canonical form."""
    listing = discover(
        case.strategy,
        case.payload,
        url=case.url,
        media_type=case.media_type,
        options=case.options,
        hosts=case.hosts,
    )
    found = {address_of(entry.url) for entry in listing.entries}
    return Score(
        strategy=case.strategy,
        shown=len(case.links),
        found=len(found),
        right=len(found & case.links),
        missed=tuple(sorted(case.links - found)),
        wrong=tuple(sorted(found - case.links)),
    )


def listings_report(folder: Path) -> dict[str, Score]:
    """Every listing by its name, the three kinds and all together."""
    catalog = load_catalog()
    kinds = {
        "truth of others": list(_told_cases(folder, catalog)),
        "Minnesota arrays": list(_array_cases(folder, catalog)),
        "labelled by hand": list(labelled_cases(folder, catalog)),
    }
    report = {case.name: score(case) for cases in kinds.values() for case in cases}
    sums = {f"({kind})": _sum([report[case.name] for case in cases]) for kind, cases in kinds.items()}
    return report | sums | {"(all)": _sum(list(report.values()))}


def labelled_cases(folder: Path, catalog: Catalog) -> Iterator[Case]:
    """The pages of listings.toml; ValueError where a page is not the one that was labelled."""
    for name, said in tomllib.loads(LABELS.read_text(encoding="utf-8")).items():
        payload = gzip.decompress((folder / "pages" / name).read_bytes())
        if hashlib.sha256(payload).hexdigest() != said["sha256"]:
            raise ValueError(f"{name} is not the page that listings.toml labels")
        links = frozenset(map(address_of, said["links"]))
        if "strategy" in said:
            yield _case(name, said["url"], payload, said["strategy"], said["options"], links)
        else:
            yield _declared(_starting_at(catalog, said["url"]), name, said["url"], payload, links)


def _told_cases(folder: Path, catalog: Catalog) -> Iterator[Case]:
    pages = {page["file"]: page for page in _lines(folder / "pages" / "manifest.jsonl")}
    for told in _lines(folder / "pages" / "truth.jsonl"):
        if told.get("links"):
            page = pages[told["file"]]
            payload = gzip.decompress((folder / "pages" / page["file"]).read_bytes())
            links = frozenset(address_of(url) for url, _ in told["links"])
            yield _declared(_starting_at(catalog, page["url"]), page["file"], page["url"], payload, links)


def _array_cases(folder: Path, catalog: Catalog) -> Iterator[Case]:
    with (folder / "sites" / "mn_ag.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream):
            url = record.rec_headers.get_header("WARC-Target-URI")
            if url.endswith(".js"):
                payload = record.content_stream().read()
                files = FILES.findall(payload.decode("utf-8", "replace"))
                links = frozenset(address_of(urljoin(url, file)) for file in files)
                yield _declared(_starting_at(catalog, url), url.rpartition("/")[2], url, payload, links)


def _declared(entry: SourceEntry, name: str, url: str, payload: bytes, links: frozenset[str]) -> Case:
    """The case with what the catalog says."""
    how = entry.discover
    case = _case(name, url, payload, how.strategy, how.options, links)
    return replace(case, hosts=case.hosts | set(entry.hosts))


def _case(
    name: str, url: str, payload: bytes, strategy: str, options: Mapping[str, Any], links: frozenset[str]
) -> Case:
    return Case(
        name=name,
        url=url,
        payload=payload,
        strategy=strategy,
        options=options,
        hosts=frozenset({(urlsplit(url).hostname or "").removeprefix("www.")}),
        links=links,
        media_type="text/javascript" if url.endswith(".js") else "text/html",
    )


def _starting_at(catalog: Catalog, url: str) -> SourceEntry:
    return next(entry for entry in catalog.values() if address_of(url) in map(address_of, entry.start))


def _lines(path: Path) -> Iterator[Any]:
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _sum(scores: list[Score]) -> Score:
    return Score(
        strategy="",
        shown=sum(each.shown for each in scores),
        found=sum(each.found for each in scores),
        right=sum(each.right for each in scores),
    )
