"""Atom feeds: valid, stable through rebuilds, with changed wordings told, and nobody private in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import feedparser
import httpx
import pytest

from archive import Archive
from tests.store.archives import BEGINNING
from tests.store.speaking import GATE, HALL, add_pages, page
from tests.web.alder import COMPLAINT, EDITED, NEIGHBOR, RETIRED_STATEMENT, SHEET, filled, release
from tests.web.alder import alder as alder
from tests.web.alder import client as client
from tests.web.alder import served as served
from tests.web.serving import reader, serving

PLACE = "/place/ocd-division/country:us/state:nd/place:alder"
ATOM = {"atom": "http://www.w3.org/2005/Atom"}


def feed(client: httpx.Client, path: str) -> Any:
    """A feed as a reader of feeds sees it."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    found = feedparser.parse(answer.content)
    assert not found.bozo
    assert found.version == "atom10"
    return found


def entry_of(found: Any, words: str) -> Any:
    """The entry that tells of these words."""
    (entry,) = [each for each in found.entries if words in each.content[0].value]
    return entry


@pytest.mark.parametrize("path", ["/search.atom", "/search.atom?q=gate", f"{PLACE}.atom", "/search.atom?q=nothing"])
def test_a_feed_has_what_atom_requires(client: httpx.Client, path: str) -> None:
    """RFC 4287: one id, title and updated time; an author; absolute links; entries with ids of their own, in order."""
    root = ElementTree.fromstring(client.get(path).content)
    for element in (root, *root.findall("atom:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"atom:{name}", ATOM)) == 1
        assert element.find("atom:author/atom:name", ATOM) is not None
        assert UUID(element.findtext("atom:id", "", ATOM).removeprefix("urn:uuid:"))
        assert all(link.get("href", "").startswith("http://") for link in element.findall("atom:link", ATOM))
    assert {link.get("rel") for link in root.findall("atom:link", ATOM)} == {"self", "alternate"}
    times = [each.findtext("atom:updated", "", ATOM) for each in root.findall("atom:entry", ATOM)]
    assert times == sorted(times, reverse=True)
    assert root.findtext("atom:updated", "", ATOM) >= max(times, default="")


def test_links_lead_where_they_say(client: httpx.Client) -> None:
    """`self` to the feed, `alternate` to the page of the same, an entry's to its statement."""
    for path in ("/search.atom?q=gate", f"{PLACE}.atom"):
        found = feed(client, path)
        links = {link.rel: link.href for link in found.feed.links}
        assert httpx.URL(links["self"]).raw_path.decode() == path
        for address in (*links.values(), *(entry.link for entry in found.entries)):
            assert client.get(address).status_code == 200


def test_times_are_those_of_captures(client: httpx.Client) -> None:
    """`published` is the first capture that showed the words, `updated` the first that showed others."""
    found = feed(client, "/search.atom")
    for words, published, updated in ((SHEET, 0.5, 0.5), (EDITED, 0, 3), (GATE, 0, 4)):
        entry = entry_of(found, words)
        times = [datetime(*each[:6], tzinfo=UTC) for each in (entry.published_parsed, entry.updated_parsed)]
        assert times == [BEGINNING + timedelta(days=published), BEGINNING + timedelta(days=updated)]


def test_a_changed_wording_says_so(client: httpx.Client) -> None:
    """The entry keeps its id, its title says that it changed, its text what changed, where and when."""
    found = feed(client, "/search.atom")
    entry = entry_of(found, EDITED)
    assert entry.title.startswith("Changed: Ruth Okafor, mayor, Alder: “")
    told = entry.content[0].value
    assert "dry socks{+, new pumps+}, strong backs" in told
    assert "xx-alder-mayor" in told
    assert "2026-01-08T12:00:00Z" in told
    assert entry_of(found, "[the city]").title.startswith("Changed: ")
    assert not entry_of(found, SHEET).title.startswith("Changed: ")


def test_private_people_are_in_no_feed(client: httpx.Client) -> None:
    """Neither by words, nor by an id of theirs."""
    assert list(feed(client, "/search.atom?q=cellar").entries) == []
    assert NEIGHBOR not in client.get("/search.atom").text
    (said,) = client.get("/api/v1/statements?q=cellar").json()["items"]
    assert said["words"] == COMPLAINT
    for path in (f"/speaker/{said['speaker_id']}.atom", f"/search.atom?speaker={said['speaker_id']}"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")
        assert "rivate people" in answer.text


def test_a_speakers_feed(client: httpx.Client) -> None:
    """By the id; the beginning of one leads to it, with the question."""
    (said,) = client.get("/api/v1/statements?q=stuck").json()["items"]
    path = f"/speaker/{said['speaker_id']}.atom"
    assert len(feed(client, path).entries) == 3
    assert len(feed(client, f"{path}?q=stuck").entries) == 1
    answer = client.get(f"/speaker/{said['speaker_id'][:8]}.atom?q=stuck")
    assert (answer.status_code, answer.headers["location"]) == (307, f"{path}?q=stuck")
    assert client.get(f"/speaker/{RETIRED_STATEMENT}.atom").status_code == 404


def test_a_reader_that_has_it_is_told_so(client: httpx.Client) -> None:
    """304 by the ETag; Last-Modified is the time of the last change."""
    first = client.get("/search.atom")
    assert first.headers["last-modified"] == "Fri, 09 Jan 2026 12:00:00 GMT"
    again = client.get("/search.atom", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/search.atom?in=documents", 400), ("/search.atom?page=2", 400), ("/search.atom?kind=loud", 400),
     ("/place/atlantis.atom", 404), ("/speaker/okafor.atom", 404)],
)  # fmt: skip
def test_a_feed_of_nothing_is_a_sentence(client: httpx.Client, path: str, status: int) -> None:
    """In plain text, for whoever set it up wrongly."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert answer.text.count("\n") == 1


def test_a_rebuild_makes_nothing_new(tmp_path: Path) -> None:
    """The same bytes before and after; what then changes moves its own entry to the top and leaves all ids alone."""
    with filled(f"sqlite:///{tmp_path / 'archive.db'}") as url, Archive.open(url) as archive:
        address = {"public_url": "http://127.0.0.1:8400"}
        with serving(url, **address) as served, reader(served) as client:
            before = client.get("/search.atom")
            archive.rebuild(workers=1)
            assert client.get("/search.atom").content == before.content
            add_pages(archive, [page(HALL, "/sheet", release(SHEET.replace("long winter", "short spring")), 40)])
            after = feed(client, "/search.atom")
        ids = {entry.id for entry in feedparser.parse(before.content).entries}
        assert {entry.id for entry in after.entries} == ids
        assert "[-long winter-]{+short spring+}" in after.entries[0].content[0].value
