"""What a watch tells and what it never tells, on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from archive import Archive, query
from archive.models import WatchEvent
from archive.records import Capture, Obtained
from archive.sending import Delivery
from archive.settings import Receivers, WatchSettings
from archive.watches import begin, rehearse, tell
from tests.receivers import hook as hook
from tests.store.archives import BEGINNING, InThisProcess, answer, running, source
from tests.store.conftest import invented_roster as invented_roster
from tests.store.speaking import GATE, HALL, PAPER, SOCKS, add_pages, page, quoting

pytestmark = pytest.mark.usefixtures("invented_roster")
Hook = tuple[str, list[dict[str, Any]]]
PAST = [page(HALL, "/past", quoting("We filed the old papers in the new cellar.")), page(PAPER, "/past", "Nothing.")]


@pytest.fixture
def archive(database_url: str, tmp_path: Path) -> Iterator[Archive]:
    """An archive whose sources have been crawled once: their past is known."""
    with Archive.open(database_url, warc_dir=tmp_path / "warc") as opened:
        add_pages(opened, PAST)
        yield opened


def watch(tmp_path: Path, name: str = "gate", **changes: Any) -> WatchSettings:
    return WatchSettings(**{"name": name, "words": "gate", "to": Receivers(file=tmp_path / f"{name}.jsonl"), **changes})


def told(tmp_path: Path, name: str = "gate") -> list[dict[str, Any]]:
    file = tmp_path / f"{name}.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def add_as(archive: Archive, obtained: Obtained, *captures: Capture) -> None:
    with running(archive, HALL, executor=InThisProcess(), obtained=obtained) as run:
        list(run.add_all(replace(each, obtained=obtained) for each in captures))


def test_a_new_statement_then_the_paper_that_carries_it(archive: Archive, tmp_path: Path) -> None:
    """Each is told once, with who said it in which office, and both times."""
    gate = watch(tmp_path)
    begin(archive, [gate])
    add_pages(archive, [page(HALL, "/a", quoting(GATE), 1)])
    assert tell(archive, [gate]) == 1
    add_pages(archive, [page(PAPER, "/b", quoting(GATE), 2)])
    assert (tell(archive, [gate]), tell(archive, [gate])) == (1, 0)
    new, carried = told(tmp_path)
    assert (new["kind"], carried["kind"], carried["variation"]) == ("new", "carried", "verbatim")
    (said,) = new["statements"]
    assert (said["speaker"], said["office"], said["words"]) == ("Ruth Okafor", "mayor", GATE)
    assert new["seen"] == "2026-01-06T12:00:00Z"
    assert said["statement"] == carried["statements"][0]["statement"]


def test_an_edit_tells_the_words_before(archive: Archive, tmp_path: Path) -> None:
    gate = watch(tmp_path, events=("edited",))
    begin(archive, [gate])
    late = GATE.replace("Tuesday", "Tuesday at noon")
    add_pages(archive, [page(HALL, "/a", quoting(words), day) for day, words in ((1, GATE), (2, late), (3, SOCKS))])
    tell(archive, [gate])
    edit, gone = told(tmp_path)
    assert [(each["before"], each["words"]) for each in edit["statements"]] == [(GATE, late)]
    assert [(each["before"], each["words"]) for each in gone["statements"]] == [(late, "")]


def test_a_confirmed_removal_is_told_once(archive: Archive, tmp_path: Path) -> None:
    gate = watch(tmp_path, events=("removed",))
    begin(archive, [gate])
    add_pages(archive, [page(HALL, "/a", quoting(GATE), 1)])
    for day in (2, 9, 17, 18):
        with running(archive, HALL, executor=InThisProcess()) as run:
            run.add(answer(f"/{HALL.id}/a", day=day, status=404)).result()
        tell(archive, [gate])
    (removed,) = told(tmp_path)
    assert (removed["kind"], removed["seen"]) == ("removed", "2026-01-22T12:00:00Z")


def test_imports_backfills_and_rebuilds_tell_nothing(archive: Archive, tmp_path: Path) -> None:
    """And what was imported is not new when it is seen live; a live report of it is carried."""
    gate = watch(tmp_path)
    begin(archive, [gate])
    for number, obtained in enumerate((Obtained.BACKFILL, Obtained.IMPORT, Obtained.HANDED_IN)):
        _, capture = page(HALL, f"/{number}", quoting(GATE.replace("gate", f"gate {number}")), number)
        add_as(archive, obtained, capture)
    assert tell(archive, [gate]) == 0
    archive.rebuild(executor=InThisProcess())  # type: ignore[arg-type]
    assert (tell(archive, [gate]), told(tmp_path)) == (0, [])
    add_pages(archive, [page(PAPER, "/b", quoting(GATE.replace("gate", "gate 1")), 4)])
    tell(archive, [gate])
    assert [each["kind"] for each in told(tmp_path)] == ["carried"]


def test_a_watch_starts_from_now_and_shows_what_it_would_have_told(archive: Archive, tmp_path: Path) -> None:
    gate = watch(tmp_path)
    add_pages(archive, [page(HALL, "/a", quoting(GATE), 1)])
    assert (tell(archive, [gate]), told(tmp_path)) == (0, [])
    with archive.read() as connection:
        (event,) = rehearse(connection, gate, BEGINNING)
    assert (event.kind, event.statements[0].words) == ("new", GATE)


def test_a_first_run_brings_the_past(archive: Archive, tmp_path: Path) -> None:
    """Of a source crawled for the first time only what was published within two days is news."""
    gate = watch(tmp_path)
    begin(archive, [gate])
    other = source("xx-elm-mayor", office="mayor", jurisdiction=HALL.jurisdiction)
    with running(archive, other, executor=InThisProcess()) as run:
        for path, dated in (("old", "2025-11-03"), ("new", "2026-01-05"), ("undated", "")):
            head = f'<html><head><meta property="article:published_time" content="{dated}"></head><body><main><article>'
            text = quoting(GATE.replace("gate", f"gate of {path}"))
            body = f"{head}<h1>News</h1><p>{text}</p></article></main></body></html>"
            run.add(answer(f"/elm/{path}", day=1, payload=body.encode())).result()
    tell(archive, [gate])
    assert [each["url"].rsplit("/", 1)[1] for each in told(tmp_path)] == ["new"]


def test_who_cannot_be_reached_is_told_later_once(archive: Archive, tmp_path: Path, hook: Hook) -> None:
    """The file has it at once; the webhook, when it opens, the same message once."""
    to = Receivers(file=tmp_path / "gate.jsonl", webhook=f"{hook[0]}/closed")
    begin(archive, [watch(tmp_path, to=to)])
    add_pages(archive, [page(HALL, "/a", quoting(GATE), 1)])
    with pytest.raises(Delivery, match=r"watch\.gate\.webhook: answered 503"):
        tell(archive, [watch(tmp_path, to=to)])
    hook[1].clear()
    opened = watch(tmp_path, to=replace(to, webhook=hook[0]))
    assert (tell(archive, [opened]), tell(archive, [opened])) == (1, 0)
    assert len(told(tmp_path)) == len(hook[1]) == 1
    assert [each["id"] for each in hook[1][0]["events"]] == [told(tmp_path)[0]["id"]]


def test_two_watches_tell_each_their_own(archive: Archive, tmp_path: Path) -> None:
    both = [watch(tmp_path), watch(tmp_path, "socks", words="socks", speaker="okafor", office="mayor")]
    begin(archive, both)
    add_pages(archive, [page(HALL, "/a", f"{quoting(GATE)}\n\n{quoting(SOCKS)}", 1)])
    assert tell(archive, both) == 2
    assert [len(told(tmp_path, name)) for name in ("gate", "socks")] == [1, 1]


def test_a_renamed_watch_goes_on_where_it_was(archive: Archive, tmp_path: Path) -> None:
    """It tells nothing again, and what it missed between; its history follows it."""
    begin(archive, [watch(tmp_path)])
    add_pages(archive, [page(HALL, "/a", quoting(GATE), 1)])
    tell(archive, [watch(tmp_path)])
    add_pages(archive, [page(PAPER, "/b", quoting(GATE), 2)])
    renamed = watch(tmp_path, "river-gate")
    tell(archive, [renamed])
    assert [each["kind"] for each in told(tmp_path, "river-gate")] == ["carried"]
    with archive.read() as connection:
        assert [each.watch for each in query.watches(connection)] == ["river-gate"]
        assert len(query.watch_events(connection, "river-gate")) == 2


def test_private_people_are_never_told_of(archive: Archive, tmp_path: Path) -> None:
    """Not even by their words, nor by an edit of the page that quotes them."""
    gate = watch(tmp_path)
    begin(archive, [gate])
    said = quoting(GATE, "Pat Lindqvist, a neighbor")
    add_pages(archive, [page(PAPER, "/a", said, 1), page(PAPER, "/a", f"{said} More followed.", 2)])
    assert (tell(archive, [gate]), told(tmp_path)) == (0, [])


def test_a_redacted_document_is_not_told_of(archive: Archive, tmp_path: Path, hook: Hook) -> None:
    """What waits for a receiver loses its words with the document."""
    gate = watch(tmp_path, to=Receivers(webhook=f"{hook[0]}/closed"))
    begin(archive, [gate])
    (document,) = add_pages(archive, [page(HALL, "/a", quoting(GATE), 1)])
    with pytest.raises(Delivery):
        tell(archive, [gate])
    hook[1].clear()
    archive.redact(document, reason="takedown", by="desk")
    assert tell(archive, [watch(tmp_path, to=Receivers(webhook=hook[0]))]) == 0
    assert hook[1] == []


def test_words_are_kept_only_until_all_have_them(archive: Archive, tmp_path: Path) -> None:
    gate = watch(tmp_path)
    begin(archive, [gate])
    add_pages(archive, [page(HALL, "/a", quoting(GATE), 1)])
    tell(archive, [gate])
    with archive.read() as connection:
        assert connection.scalars(select(WatchEvent.details)).all() == [None]
        (event,) = query.watch_events(connection, "gate")
    assert (event.waiting, list(event.told)) == (False, ["file"])
