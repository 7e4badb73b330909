"""`archive report`: one page that is true, needs nothing beside it, and is safe whatever the pages said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright
from sqlalchemy import Connection

from archive import Archive
from archive.catalog import load_catalog
from archive.errors import UsageError
from archive.report import Report, gather, render
from tests.cli.conftest import Run
from tests.query.conftest import connection as connection
from tests.query.conftest import filled_engine as filled_engine
from tests.report.conftest import WITNESS

CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def _gathered(url: str, **asked: date) -> Report:
    with Archive.open(url, create=False) as archive, archive.read() as connection:
        return gather(connection, load_catalog(), **asked)  # type: ignore[arg-type]


def test_what_the_period_brought(reported: str) -> None:
    """The last thirty days of the archive, by its own time."""
    report = _gathered(reported)
    assert (report.since, report.until) == (date(2026, 2, 22), date(2026, 3, 23))
    assert report.said[0].speaker == "Ada Penn"
    assert [(each.edit.notice, each.edit.source) for each in report.unannounced] == [(None, "ashby")] * 2
    assert report.noted == []
    assert [each.title for each in report.removals] == ["Library hours"]
    assert report.counts["published"] == 4
    (row,) = report.sources
    assert (row.published, row.asked) == (4, 30)
    assert report.silences, "on most days nobody crawled"


def test_a_period_that_is_asked_for(reported: str) -> None:
    """What lies outside is left out."""
    report = _gathered(reported, since=date(2026, 3, 1), until=date(2026, 3, 10))
    assert [each.edit.document for each in report.unannounced] == [_gathered(reported).unannounced[-1].edit.document]
    assert report.counts["published"] == 1
    assert len(report.timeline.columns) == 10


@pytest.mark.parametrize(
    "asked", [{"until": date(9999, 12, 31)}, {"until": date(1, 1, 5)}, {"since": date(9999, 1, 1)}]
)
def test_days_that_no_archive_reaches_are_refused(reported: str, asked: dict[str, date]) -> None:
    with pytest.raises(UsageError, match="no report reaches there"):
        _gathered(reported, **asked)


def test_a_long_period_is_drawn_in_weeks(reported: str) -> None:
    """Three hundred bars tell nothing."""
    report = _gathered(reported, since=date(2025, 6, 1))
    assert report.timeline_step == "week"
    assert sum(column.value for column in report.timeline.columns) == report.counts["statements"]


def test_private_people_are_not_named(reported: str) -> None:
    """Neither among those who said most nor among the speakers."""
    report = _gathered(reported)
    assert WITNESS not in {each.speaker for each in (*report.said, *report.voices)}
    assert WITNESS not in render(report)


def test_the_same_archive_gives_the_same_page(reported: str) -> None:
    """Byte for byte, whatever the clock says."""
    assert render(_gathered(reported)) == render(_gathered(reported))


class _Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_needs_and_runs_nothing(reported: str) -> None:
    """No script, image, frame, handler or sheet of elsewhere, and a policy that would forbid them."""
    reader = _Reader(render(_gathered(reported)))
    names = {tag for tag, _ in reader.tags}
    assert not names & {"script", "img", "iframe", "object", "embed", "link", "form", "base"}
    attributes = [(name, value or "") for _, held in reader.tags for name, value in held.items()]
    assert [name for name, _ in attributes if name.startswith("on") or name in ("src", "style", "srcset")] == []
    assert all(value.startswith(("#", "https://", "http://")) for name, value in attributes if name == "href")
    policy = next(
        value for value in (held.get("content") for _, held in reader.tags) if value and "default-src" in value
    )
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


@contextmanager
def _open(path: Path, **options: object) -> Iterator[tuple[Page, list[str]]]:
    """The page in Chromium, and all that it asked for or complained of."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(CHROMIUM))
        tab = browser.new_context(**options).new_page()  # type: ignore[arg-type]
        problems: list[str] = []
        tab.on("console", lambda message: problems.append(message.text))
        tab.on("request", lambda request: problems.append(request.url))
        tab.on("dialog", lambda dialog: problems.append(dialog.message))
        tab.goto(path.as_uri())
        yield tab, [each for each in problems if each != path.as_uri()]
        browser.close()


def test_a_browser_obeys_shows_and_fetches_nothing(run: Run, world: Path) -> None:
    """In Chromium: styled by the one sheet the policy allows, as wide as a phone, with no complaint and no request."""
    said = run("report", world / "page", "--title", "A <b>town</b> speaks")
    assert said.status == 0
    assert said.out == f"{world / 'page' / 'index.html'}\n"
    with _open(world / "page" / "index.html", viewport={"width": 390, "height": 800}) as (tab, problems):
        assert tab.inner_text("h1") == "A <b>town</b> speaks"
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
        assert "3.5" in tab.inner_text(".edit del")
        assert (
            tab.evaluate("getComputedStyle(document.querySelector('.edit del')).textDecorationLine") == "line-through"
        )
        assert problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_readable_for_everybody(scheme: str, run: Run, world: Path) -> None:
    """axe finds nothing to object to."""
    assert run("report", world).status == 0
    # The policy of the page forbids the script that looks at it; the words and colours are the same without.
    page = world / "index.html"
    page.write_text(re.sub(r"<meta http-equiv[^>]+>", "", page.read_text(encoding="utf-8")), encoding="utf-8")
    with _open(page, color_scheme=scheme) as (tab, _):
        found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()


def test_sources_that_fare_badly_and_days_that_nobody_watched(connection: Connection) -> None:
    """Judged as they stood at the last capture, whatever the clock says."""
    report = gather(connection, {}, since=date(2026, 2, 27), until=date(2026, 4, 1))
    assert [(each.source, each.state) for each in report.health] == [("ash", "unwatched"), ("news", "failing")]
    assert report.failed == [("elm", "it never ended", 1), ("news", "failed", 1)]
    assert [(each.first, each.last) for each in report.silences] == [
        (date(2026, 2, 27), date(2026, 2, 28)), (date(2026, 3, 2), date(2026, 3, 2)),
        (date(2026, 3, 4), date(2026, 3, 5)), (date(2026, 3, 7), date(2026, 4, 1)),
    ]  # fmt: skip
    text = render(report)
    assert "No source at all was watched from 27 February 2026 to 28 February 2026, on 2 March 2026" in text
    assert "Not watched in this period at all: The News." in text
    assert "No statement of this period is known." in text


def test_an_archive_without_captures_has_nothing_to_report(database_url: str) -> None:
    """One sentence, with what to do."""
    Archive.open(database_url).close()
    with pytest.raises(UsageError, match="crawl or ingest first"):
        _gathered(database_url)


def test_a_folder_that_cannot_be_written_is_one_sentence(run: Run, world: Path) -> None:
    """A file stands in its place."""
    (world / "page").write_text("")
    said = run("report", world / "page" / "below")
    assert said.status == 3
    assert "choose a folder you can write to" in said.err
