"""The invented world keeps its word: pages differ at every request, texts only as its days say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest

from archive.catalog import load_catalog
from archive.extract import extract
from archive.records import Extraction, Outcome, Page
from archive.text import jaccard, shingles, text_key
from tests.world import World
from tests.world.sites import load_sites
from tests.world.texts import LAST_DAY, documents

SITES = sorted(load_sites())
TODAY = date(2026, 1, 1)


class _Unfollowed(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World() as served:
        yield served


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """One request, without following redirects."""
    request = Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response: HTTPResponse | HTTPError
    try:
        response = build_opener(_Unfollowed).open(request, timeout=10)
    except HTTPError as error:
        response = error
    with response:
        assert response.status is not None
        return response.status, dict(response.headers), response.read()


def read(url: str) -> Extraction:
    """The page's text as the archive reads it."""
    status, _, body = get(url)
    assert status == 200, url
    return extract(Page(payload=body, url=url, media_type="text/html", captured=TODAY))


@pytest.mark.parametrize("key", SITES)
def test_pages_change_at_every_request_and_texts_do_not(world: World, key: str) -> None:
    """Tokens, counters, dates of the day and menus are new at each request; no version could be told from them."""
    world.day = 1
    for document in documents(1)[key]:
        url = world.address(key, document.slug)
        assert get(url)[2] != get(url)[2]
        first, second = read(url), read(url)
        assert first.outcome is Outcome.TEXT
        assert text_key(first.title, first.text) == text_key(second.title, second.text)


@pytest.mark.parametrize("key", SITES)
def test_every_text_can_be_read_whole(world: World, key: str) -> None:
    """What was written stands in what is extracted, with its day of publication."""
    world.day = LAST_DAY
    for document in documents(LAST_DAY)[key]:
        found = read(world.address(key, document.slug))
        assert jaccard(shingles(document.body), shingles(found.text)) > 0.8, document.slug
        assert found.published is not None
        assert found.published.day == document.published.date(), document.slug


def test_the_second_day_edits_corrects_withdraws_moves_and_reprints(world: World) -> None:
    """Each kind of change happens to the document that is named for it, and to nothing else."""
    world.day = 1
    before = {key: {each.slug for each in documents(1)[key]} for key in SITES}
    edited, corrected = (
        world.address("riverton", "millbrook-bridge-repairs"),
        world.address("courier", "okafor-budget-no-tax-rise"),
    )
    withdrawn, moved = world.address("ashby", "public-works-director"), world.address("governor", "rural-clinics")
    assert "$14.2 million" in read(edited).text
    world.day = 2
    assert "$16.8 million" in read(edited).text
    assert "Correction, March 5, 2025" in read(corrected).text
    assert get(withdrawn)[0] == 404
    status, headers, _ = get(moved)
    assert (status, headers["Location"]) == (301, world.address("governor", "northern-clinics-agreement"))
    reprint, original = (
        read(world.address(*name))
        for name in (("courier", "storm-shelters-port-calder"), ("calder", "storm-shelter-plan"))
    )
    assert 0.8 < jaccard(shingles(reprint.text), shingles(original.text)) < 1.0
    new = {key: {each.slug for each in documents(2)[key]} - before[key] for key in SITES}
    assert {key: len(slugs) for key, slugs in new.items()} == {
        "ashby": 1,
        "calder": 1,
        "courier": 2,
        "governor": 2,
        "ledger": 1,
        "riverton": 1,
    }


@pytest.mark.parametrize(
    ("key", "header", "condition"),
    [("calder", "ETag", "If_None_Match"), ("governor", "Last-Modified", "If_Modified_Since")],
)
def test_sources_with_validators_answer_304(world: World, key: str, header: str, condition: str) -> None:
    """A document that did not change is answered 304 where the site gives validators."""
    world.day = 1
    url = world.address(key, documents(1)[key][0].slug)
    status, _, body = get(url, **{condition: get(url)[1][header]})
    assert (status, body) == (304, b"")


def test_a_feed_repeats_its_etag_though_it_changed(world: World) -> None:
    """As some feeds in the world do: trusting it means to miss what is new."""
    url = world.base("calder") + "/feed/"
    told = []
    for world.day in (1, 2):
        told.append((get(url)[1]["ETag"], b"school-meals-statement" in get(url)[2]))
    assert [changed for _, changed in told] == [False, True]
    assert told[0][0] == told[1][0]


@pytest.mark.parametrize("key", SITES)
def test_robots_txt_names_what_is_closed(world: World, key: str) -> None:
    """Each site has a robots.txt with its own disallowed paths."""
    status, _, body = get(world.base(key) + "/robots.txt")
    assert status == 200
    assert all(f"Disallow: {path}" in body.decode() for path in world.sites[key].disallow)


def test_the_catalog_names_every_site(world: World, tmp_path: Path) -> None:
    """The entries written for a world load, one for each of its sites."""
    catalog = load_catalog([world.write_catalog(tmp_path)])
    assert sorted(catalog) == sorted(site.source for site in world.sites.values())


def test_a_world_has_no_day_before_its_first_nor_after_its_last() -> None:
    """A day that nothing is written for is refused."""
    for day in (0, LAST_DAY + 1):
        with pytest.raises(ValueError, match="this world has days 1 to 2"):
            World(day=day)
