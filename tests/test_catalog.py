"""The catalog: its built-in entries are whole, and a wrong key is named with its file and source."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive.catalog import Catalog, SourceEntry, load_catalog
from archive.catalog.entry import REVISIT, REVISIT_BUDGET
from archive.catalog.reading import PAYWALLS
from archive.errors import CatalogError, UnknownSource
from archive.records import DocumentKind
from archive.roster import Jurisdiction, load_roster
from archive.urls import address_of
from tests.docs_blocks import DOCS, ROOT, sections

CATALOG = load_catalog([ROOT / "archive" / "sources"])
ENTRIES = pytest.mark.parametrize("entry", CATALOG.values(), ids=lambda entry: entry.id)
PROVED = {"us-white-house-2017", "us-mn-attorney-general", "us-ny-new-york-nypd"}
OFFICES = {"mayor", "governor", "attorney_general", "president", "police_commissioner"}
FEEDS = {"feed", "sitemap", "wordpress", "govdelivery"}
CITIES = 50


def _kind(entry: SourceEntry) -> str:
    """The row of the docs' table of what is covered in which an entry counts."""
    if entry.id.endswith("-candidate"):
        return "second addresses"
    if entry.id in PROVED - {"us-mn-attorney-general"}:
        return "others"
    return {"mayor": "city halls", "governor": "governors", "attorney_general": "attorneys general"}.get(
        entry.office or "", "news outlets"
    )


def _hosts(entry: SourceEntry) -> set[str]:
    named = {*entry.hosts, *(urlsplit(url).hostname or "" for url in entry.start)}
    return {host.removeprefix("www.") for host in named}


@ENTRIES
def test_every_entry_is_complete_for_its_kind(entry: SourceEntry) -> None:
    """Place, language, rights and evidence; an office speaks in a government's source and in no outlet's."""
    assert entry.jurisdiction in load_roster([]).jurisdictions
    assert entry.language
    assert re.fullmatch(r"\d{4}(-\d{2}){0,2}", entry.evidence["seen"])
    assert entry.evidence["grade"] in ("A", "B", "C")
    assert set(entry.evidence) <= {"seen", "grade", "basis", "example"}
    if entry.id.startswith("us-news-"):
        assert (entry.kind, entry.rights, entry.office) == (DocumentKind.ARTICLE, "publisher", None)
    else:
        assert entry.office in OFFICES
        assert entry.office in load_roster([]).offices
        assert entry.rights in ("public record", "cc-by")
        assert entry.paywall is None
    if entry.id not in PROVED:
        assert entry.evidence["basis"]
        assert entry.candidate is (entry.per_week is None)


@ENTRIES
def test_ids_and_titles_name_the_place_and_never_the_holder(entry: SourceEntry) -> None:
    """An id begins with country and state; no id or title holds a surname that held the office there since 2000."""
    state = re.search(r"/(?:state|district):(\w\w)", entry.jurisdiction or "")
    if entry.office and state:
        assert entry.id.startswith(f"us-{state[1]}-")
    roster = load_roster([])
    held = {term.person for term in roster.terms.by_seat.get((entry.office or "", entry.jurisdiction or ""), ())}
    said = set(re.findall(r"\w+", f"{entry.id} {entry.title}".lower()))
    place = set(re.findall(r"\w+", (roster.jurisdiction_name(entry.jurisdiction or "") or "").lower()))
    assert {roster.person(each).family.lower() for each in held} & (said - place) == set()


@ENTRIES
def test_documents_are_told_from_the_other_links(entry: SourceEntry) -> None:
    """A page's links need a pattern; it takes the example, whose host is allowed, and no start address."""
    options = entry.discover.options
    documents, skip = options.get("documents"), options.get("skip")
    if entry.discover.strategy != "embedded":
        assert documents or entry.discover.strategy in FEEDS
    example = entry.evidence.get("example")
    if example:
        assert documents
        assert re.search(str(documents), example)
        assert not (skip and re.search(str(skip), example))
        assert (urlsplit(example).hostname or "").removeprefix("www.") in _hosts(entry)
        address_of(example)
    if documents and entry.id not in PROVED:
        assert [url for url in entry.start if re.search(str(documents), url)] == []


def test_no_two_entries_start_at_the_same_address() -> None:
    """Nor does a start address stand among another's former ones, which would be asked for no more."""
    starts = Counter(address_of(url) for entry in CATALOG.values() for url in entry.start)
    assert [url for url, times in starts.items() if times > 1] == []
    former = {address_of(each.url) for entry in CATALOG.values() for each in entry.formerly}
    assert former & set(starts) == set()


def test_a_second_address_belongs_to_a_source() -> None:
    """Its entry is the source's but for the address; both are candidates only where the source is one."""
    for entry in (each for each in CATALOG.values() if each.id.endswith("-candidate")):
        source = CATALOG[entry.id.removesuffix("-candidate")]
        assert entry.candidate
        assert not source.candidate
        shared = ("jurisdiction", "office", "kind", "timezone", "rights", "language")
        assert [getattr(entry, name) for name in shared] == [getattr(source, name) for name in shared]


def _table(heading: str) -> list[list[str]]:
    lines = sections(DOCS / "sources.md")[heading].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")][2:]


def test_what_is_covered_is_documented() -> None:
    """docs/sources.md counts the entries and the candidates among them; nothing that was covered is lost."""
    entries = Counter(_kind(entry) for entry in CATALOG.values())
    candidates = Counter(_kind(entry) for entry in CATALOG.values() if entry.candidate)
    documented = {row[0].split(" (")[0]: (int(row[1]), int(row[2])) for row in _table("What is covered")}
    assert documented == {kind: (entries[kind], candidates[kind]) for kind in entries}
    confirmed = entries - candidates
    assert confirmed["city halls"] >= 38
    assert confirmed["news outlets"] >= 51
    assert entries["attorneys general"] >= 15
    assert entries["governors"] >= 49


def _gaps(places: list[Jurisdiction], office: str) -> dict[str, bool]:
    """Name of a place without a confirmed entry -> whether there is a candidate, in the order of the places."""
    speaking = [entry for entry in CATALOG.values() if entry.office == office]
    confirmed = {entry.jurisdiction for entry in speaking if not entry.candidate}
    hoped_for = {entry.jurisdiction for entry in speaking if entry.candidate}
    return {place.name: place.id in hoped_for for place in places if place.id not in confirmed}


def test_the_documented_gaps_are_the_gaps() -> None:
    """By the roster's places and populations: every state's governor, the mayors of the largest cities."""
    places = load_roster([]).jurisdictions.values()
    states = sorted((place for place in places if place.kind == "state"), key=lambda place: place.name)
    cities = [place for place in places if place.kind in ("place", "county") and place.population]
    largest = sorted(cities, key=lambda place: -(place.population or 0))[:CITIES]
    assert len(states) == 50
    for heading, gaps in (
        ("Gaps: governors", _gaps(states, "governor")),
        ("Gaps: the 50 largest cities", _gaps(largest, "mayor")),
    ):
        documented = {row[0]: row[1].startswith("candidate") for row in _table(heading)}
        assert documented == gaps
        assert list(documented) == list(gaps)


def test_scrapy_lists_them() -> None:
    """Every entry is a spider of that name."""
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"],
        cwd=ROOT, env=os.environ | {"ARCHIVE_CATALOG": ""}, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.split() == list(CATALOG)


ENTRY = """
["xx-ashby-mayor"]
title    = "Ashby"
kind     = "press_release"
start    = "https://ashby.example/news"
discover = { strategy = "feed" }
timezone = "America/Chicago"
rights   = "public record"
"""


def _load(folder: Path, *lines: str) -> Catalog:
    (folder / "ashby.toml").write_text("\n".join([ENTRY.strip(), *lines]), encoding="utf-8")
    return load_catalog([folder])


def test_the_new_keys_are_read(tmp_path: Path) -> None:
    """Each as a value of the entry; what is not said has its default."""
    plain = _load(tmp_path).source("xx-ashby-mayor")
    assert (plain.revisit, plain.revisit_budget) == (REVISIT, REVISIT_BUDGET)
    assert (plain.paywall, plain.formerly, plain.moves, plain.browser, plain.candidate) == (None, (), (), False, False)
    told = _load(
        tmp_path,
        'paywall   = "metered"',
        'formerly  = [{ url = "http://ashby.example/old", until = 2022, note = "an older system" }]',
        'moves     = [{ on = 2022-12-12, from = "https://www.ashby.example/old/", to = "news.ashby.example/" }]',
        'revisit   = { after = ["3h", "1d", "4w"], budget = 7 }',
        "browser   = true",
        "candidate = true",
    ).source("xx-ashby-mayor")
    assert told.paywall == "metered"
    assert [(each.url, each.until, each.note) for each in told.formerly] == [
        ("http://ashby.example/old", "2022", "an older system")
    ]
    assert [(str(each.on), each.old, each.new) for each in told.moves] == [
        ("2022-12-12", "ashby.example/old/", "news.ashby.example/")
    ]
    assert [age.total_seconds() / 3600 for age in told.revisit] == [3, 24, 672]
    assert told.revisit_budget == 7
    assert told.browser
    assert told.candidate
    assert told.digest != plain.digest


WRONG = {
    'paywall = "soft"': ("paywall", f"none of {', '.join(sorted(PAYWALLS))}"),
    'browser = "yes"': ("browser", "neither true nor false"),
    "candidate = 1": ("candidate", "neither true nor false"),
    'formerly = [{ until = "2022" }]': ("formerly.url", "not an http or https address"),
    'formerly = [{ url = "ashby.example" }]': ("formerly.url", "not an http or https address"),
    'formerly = [{ url = "http://ashby.example", utnil = "2022" }]': ("formerly.utnil", "did you mean until?"),
    'moves = [{ on = "last year", from = "https://a.example/", to = "https://b.example/" }]': ("moves.on", "no day"),
    'moves = [{ from = "https://a.example/", to = "https://b.example/" }]': ("moves.on", "no day"),
    'moves = [{ on = 2022-12-12, from = "https://a.example/" }]': ("moves.to", "no beginning of an address"),
    'moves = [{ on = 2022-12-12, from = "a page", to = "b.example/" }]': ("moves.from", "no beginning"),
    'moves = [{ on = 2022-12-12, form = "a.example/", to = "b.example/" }]': ("moves.form", "did you mean from?"),
    "revisit = { days = 30 }": ("revisit.days", "unknown"),
    'revisit = { after = ["soon"] }': ("revisit.after", "no age"),
    'revisit = { after = ["1d", "3h"] }': ("revisit.after", "must grow"),
    'revisit = { after = ["1d"], budget = -1 }': ("revisit.budget", "no number"),
    "rhythm = { per_week = 0 }": ("rhythm.per_week", "no number above 0"),
    "paywal = 1": ("paywal", "did you mean paywall?"),
}


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_key_is_named_with_its_file_and_source(line: str, tmp_path: Path) -> None:
    """So that no crawl starts on half an entry."""
    key, what = WRONG[line]
    with pytest.raises(CatalogError) as caught:
        _load(tmp_path, line)
    said = str(caught.value)
    assert said.startswith(f"{tmp_path / 'ashby.toml'}: source xx-ashby-mayor: key {key}: ")
    assert what in said


def test_an_id_stands_in_one_file_only(tmp_path: Path) -> None:
    """The second file is named, and the first one with it."""
    (tmp_path / "birch.toml").write_text(ENTRY, encoding="utf-8")
    with pytest.raises(CatalogError, match=r"birch\.toml: source xx-ashby-mayor stands in .*ashby\.toml too"):
        _load(tmp_path)


def test_a_misspelt_id_is_told_the_nearest() -> None:
    """As `archive ingest --source` shows it."""
    with pytest.raises(UnknownSource, match="us-il-chicago-mayor"):
        CATALOG.source("us-il-chicago-major")
