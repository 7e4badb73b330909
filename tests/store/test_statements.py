"""The central property for what was said: one capture at a time, or all anew, the statements are the same."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from archive import Archive
from archive.catalog import SourceEntry
from archive.errors import UsageError
from archive.records import Capture
from archive.tagging import read_dictionary
from tests.store.archives import InThisProcess, derived_rows, running
from tests.store.speaking import ENGLISH, GATE, HALL, PAPER, SOCKS, SPANISH, page

WHOLE = f"From Mayor Ruth Okafor:\n\nI have three things to say. {GATE} I will learn who. {SOCKS} I thank you all."
TEXTS = [
    f"“{GATE}” said Mayor Ruth Okafor of Alder, N.D.",
    f"Mayor Ruth Okafor of Alder spoke.\n\n“{GATE} {SOCKS}” she said.",
    "“The county knew the gate was stuck on Sunday,” Mayor Ruth Okafor of Alder said, “and told us on Tuesday.”",
    "Mayor Ruth Okafor of Alder, N.D., called the delay “cruel.”",
    "Mayor Ruth Okafor of Alder, N.D., said it was a “cruel and stupid” delay. “Dry socks,” she said.",
    "“We are going to need dry socks [and] patience,” Okafor said. “Nobody told us,” said Chief Paul Hedges of Alder.",
    "“Nobody told us of it before Tuesday at noon,” said a man who would not give his name.",
    WHOLE,
    f"MAYOR OKAFOR: Good morning. {GATE}\n\nQ: And now?\n\nMAYOR OKAFOR: {SOCKS}\n\nCHIEF HEDGES: Nobody told us.",
    "Nothing was said at all, and the council went home.",
    f"“{GATE}” Okafor said.",
    f"“{GATE} {SOCKS}” said Ruth Okafor, a spokeswoman. “Dry socks,” said R. Hedges.",
    f"“{SOCKS}” said Ruth Okafor, a neighbor. “{GATE}” said Mayor Lena Okafor of Birch, S.D.",
    ENGLISH,
    SPANISH,
]
TAGS = read_dictionary('name = "t"\nversion = "1"\n[tags]\nriver = ["gate", "-socks"]\nhelp = ["dry sock*", "cruel"]\n')


@st.composite
def visits(draw: st.DrawFn) -> tuple[SourceEntry, Capture]:
    """A text on a page of the city hall or of a newspaper, on some day."""
    entry = draw(st.sampled_from([HALL, PAPER]))
    text = draw(st.sampled_from([*TEXTS, ENGLISH, SPANISH]))
    day = draw(st.sampled_from([0, 1, 3, 9, 16, 29, 31, 40, 62, 400])) + draw(st.integers(0, 3)) / 10
    path = draw(st.sampled_from(["/a", "/b", "/c"]))
    given = draw(st.sampled_from([None, None, None, date(2026, 1, 6), date(2026, 1, 20), date(2025, 12, 1)]))
    return page(entry, path, text, day, published=given)


DECISIONS = [
    "checked", "merge_statements", "split_statement", "correct_speaker", "merge_persons", "split_persons", "redact",
    "other office",
]  # fmt: skip
pytestmark = pytest.mark.usefixtures("invented_roster")
decisions = st.tuples(st.sampled_from(DECISIONS), st.integers(0, 5))
histories = st.lists(st.one_of(visits(), visits(), visits(), decisions), min_size=1, max_size=9)
History = list[tuple[SourceEntry, Capture] | tuple[str, int]]


def decide(archive: Archive, kind: str, pick: int) -> None:
    """A decision about whatever there is; none where there is too little, or where it makes no sense and is refused."""
    rows = derived_rows(archive)
    statements = sorted((row[0], row[3]) for row in rows["statement"])
    speakers = sorted(row[0] for row in rows["speaker"])
    if not statements:
        return
    key, subject = statements[pick % len(statements)]
    document, words = next((row[0], row[5]) for row in rows["appearance"] if row[2] == subject)
    given: dict[str, Any] = {}
    if kind == "checked" and pick % 2:
        subject, given["words"] = document, words
    elif kind == "merge_statements":
        given["with_"] = next((public for other, public in statements if other == key and public != subject), None)
    elif kind == "split_statement":
        given["words" if pick % 2 else "documents"] = words if pick % 2 else [document]
    elif kind == "correct_speaker":
        subject, given["words"] = document, words
        given |= {"speaker": "Ignacio Barreda", "role": "Mayor", "place": "San Telmo"} if pick else {"speaker": None}
    elif kind == "merge_persons":
        subject, given["into"] = speakers[pick % len(speakers)], speakers[0]
    elif kind == "split_persons":
        subject = next(row[0] for row in rows["speaker"] if row[1] == key)
        given["documents"] = [document]
    with suppress(UsageError):
        if kind == "redact":
            archive.redact(document, reason="a takedown request", by="tests")
        else:
            archive.decide(kind=kind, subject=subject, by="tests", reason="a test of decisions", **given)


def check(url: str, folder: Path, history: History) -> dict[str, int]:
    with Archive.open(url, warc_dir=folder / "warc") as archive:
        archive.add_dictionary(TAGS, by="tests")
        for who, what in history:
            if isinstance(who, SourceEntry) and isinstance(what, Capture):
                with running(archive, who, executor=InThisProcess()) as run:
                    run.add(what).result()
            elif who == "other office":
                with running(archive, replace(HALL, office="governor"), executor=InThisProcess()):
                    pass
            elif isinstance(who, str) and isinstance(what, int):
                decide(archive, who, what)
        added = derived_rows(archive)
        archive.rebuild(executor=InThisProcess())
        rebuilt = derived_rows(archive)
        for name in added:
            assert rebuilt[name] == added[name], name
        assert list(archive.verify()) == []
    return {name: len(rows) for name, rows in added.items()}


@given(history=histories)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_statements_of_one_at_a_time_and_of_a_rebuild(history: History) -> None:
    """Whatever is quoted where and when, and whatever people decide about it meanwhile: rebuilding changes no row."""
    with tempfile.TemporaryDirectory() as folder:
        counts = check(f"sqlite:///{folder}/archive.db", Path(folder), history)
        event(f"{min(counts['statement'], 5)} statements, {counts['translation']} translations")


@pytest.mark.slow
@given(history=histories)
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
def test_statements_of_one_at_a_time_and_of_a_rebuild_at_length(history: History) -> None:
    """The same property over many more histories."""
    with tempfile.TemporaryDirectory() as folder:
        check(f"sqlite:///{folder}/archive.db", Path(folder), history)


LONG_HISTORY: History = [
    page(entry, f"/{number}", text, day)
    for number, (text, day) in enumerate(
        zip(TEXTS, [0, 1, 2, 5, 9, 20, 33, 34, 60, 61, 61, 61, 62, 62, 62], strict=True)
    )
    for entry in (HALL, PAPER)
]


@pytest.mark.parametrize("decided", [[], [(kind, 0) for kind in DECISIONS], [(kind, 1) for kind in DECISIONS[::-1]]])
def test_on_either_database(database_url: str, tmp_path: Path, decided: History) -> None:
    """A long history on SQLite and on PostgreSQL, without decisions and with all kinds of them in its midst."""
    check(database_url, tmp_path, [*LONG_HISTORY[:18], *decided, *LONG_HISTORY[18:]])
