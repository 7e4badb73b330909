"""The page in a real browser: people who see little, use keys alone, have no JavaScript, or a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.store.speaking import ALDER, HALL, PAPER
from tests.web.alder import filled
from tests.web.asked import address_of, links, tree
from tests.web.browsing import browser as browser
from tests.web.browsing import opened, watched
from tests.web.serving import reader, serving

STANDING = (
    "/", "/search", "/search?q=gate", "/search?in=documents", "/search?q=nothingatall", "/search?since=x", "/places",
    f"/place/{ALDER}", "/sources", f"/source/{HALL.id}", f"/source/{PAPER.id}", "/removals", "/runs", "/about",
    "/nowhere",
)  # fmt: skip
SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def alder_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page over the invented town's archive. What a browser shows is the same on both databases."""
    folder = tmp_path_factory.mktemp("alder")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARCHIVE_WARC", str(folder / "warc"))
        with filled(f"sqlite:///{folder / 'archive.db'}") as url, serving(url) as address:
            yield address


@pytest.fixture(scope="module")
def addresses(alder_page: str) -> list[str]:
    """A page of every kind."""
    with reader(alder_page) as client:
        return [*STANDING, *_records(client)]


def _records(client: httpx.Client) -> list[str]:
    """A statement, a speaker, both kinds of document, a version of one, the comparison of two."""
    said = address_of(client, "told us on Tuesday")
    page = tree(client.get(said))
    speaker = next(each for each in links(page) if each.startswith("/speaker/"))
    versions = sorted({each.partition("#")[0] for each in links(page) if each.startswith("/document/")})
    documents = sorted({each.partition("@")[0] for each in versions})
    return [said, speaker, *documents, *versions, f"{documents[0]}/diff", f"{documents[1]}/diff"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(alder_page: str, addresses: list[str], browser: Browser, scheme: str) -> None:
    """No violation of axe's rules, on any kind of page, light or dark, with everything folded open."""
    with opened(browser, scheme=scheme) as page:
        for path in addresses:
            page.goto(alder_page + path)
            page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
            found = Axe().run(page).response["violations"]
            told = [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]
            assert told == [], path


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_wider_than_a_phone(alder_page: str, addresses: list[str], browser: Browser, scheme: str) -> None:
    """At 320 and 390 points nothing has to be moved sideways; no page makes the browser complain."""
    for width in (320, 390):
        with opened(browser, width=width, scheme=scheme) as page:
            for path in addresses:
                page.goto(alder_page + path)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_no_page_makes_the_browser_complain(alder_page: str, addresses: list[str], browser: Browser) -> None:
    """No error, no refused script or style, nothing asked of another host."""
    with opened(browser) as page:
        seen, hosts = watched(page), set()
        page.on("request", lambda each: hosts.add(each.url.split("/")[2]))
        for path in addresses:
            page.goto(alder_page + path)
        expected = "Failed to load resource: the server responded with a status of 40"
        assert [each for each in seen if expected not in each] == []
        assert hosts == {alder_page.split("/")[2]}


def test_all_works_without_javascript(alder_page: str, browser: Browser) -> None:
    """Search by words, narrow, turn to documents, open one, compare its versions, read how to cite it."""
    with opened(browser, java_script_enabled=False) as page:
        page.goto(alder_page)
        page.get_by_label("Search ").first.fill("patience")
        page.get_by_role("button", name="Search").click()
        expect(page).to_have_url(f"{alder_page}/search?q=patience")
        page.locator("summary", has_text="Dates and more").click()
        page.locator("select[name=kind]").select_option("direct")
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_label("Filters in force")).to_contain_text("direct")
        page.get_by_role("link", name="Documents", exact=True).click()
        page.get_by_role("link", name="The River Gate in Alder").first.click()
        page.get_by_role("button", name="Compare").click()
        expect(page.locator("ins").first).to_have_text("new pumps, ")
        page.get_by_text("How to cite this").click()
        expect(page.locator("p.citation")).to_contain_text("Version 2 of 2")


def test_a_search_follows_what_is_typed(alder_page: str, browser: Browser) -> None:
    """With JavaScript the answers change as one types, their number is told aloud, the address is the search's."""
    with opened(browser) as page:
        seen = watched(page)
        page.goto(f"{alder_page}/search")
        before = page.locator("#count").inner_text()
        page.locator("#q").press_sequentially("patience", delay=20)
        expect(page.locator("#count")).not_to_have_text(before)
        expect(page.locator("#count")).to_contain_text("statement")
        expect(page.locator("#told")).to_have_text(page.locator("#count").inner_text())
        assert "q=patience" in page.url
        expect(page.locator("#q")).to_be_focused()
        page.get_by_label("From day").fill("2026-01-08")
        expect(page).to_have_url(re.compile("since=2026-01-08"))
        expect(page.locator(".chosen")).to_contain_text("from 2026-01-08")
        page.go_back()
        expect(page).not_to_have_url(re.compile("since=2026-01-08"))
        assert seen == []


def _focused(page: Page) -> str:
    text: str = page.evaluate("(document.activeElement.innerText || document.activeElement.name || '').trim()")
    return text


def test_keys_reach_everything(alder_page: str, browser: Browser) -> None:
    """The first key skips to the content; every link of the page is reached in turn, and seen to be where one is."""
    with opened(browser) as page:
        page.goto(f"{alder_page}/search?q=gate")
        page.keyboard.press("Tab")
        assert _focused(page) == "Skip to the content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        reached, wanted = set(), page.evaluate("document.querySelectorAll('main a').length")
        for _ in range(400):
            page.keyboard.press("Tab")
            place = page.evaluate("[...document.querySelectorAll('main a')].indexOf(document.activeElement)")
            if place >= 0:
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", "the place cannot be seen"
                reached.add(place)
            if len(reached) == wanted:
                break
        assert len(reached) == wanted


def test_a_passage_is_shown_where_an_address_points(alder_page: str, browser: Browser) -> None:
    """The address of an appearance opens the document at its words, outlined."""
    with reader(alder_page) as client:
        place = next(each for each in links(tree(client.get(address_of(client, "told us on Tuesday")))) if "#" in each)
    with opened(browser) as page:
        page.goto(alder_page + place)
        passage = page.locator(f"[id='{place.partition('#')[2]}'] + .passage")
        expect(passage).to_be_in_viewport()
        expect(passage).to_have_css("outline-style", "solid")


def test_a_page_prints_without_its_machinery(alder_page: str, browser: Browser) -> None:
    """On paper there are no menus and forms, in black on white."""
    with opened(browser, scheme="dark") as page:
        page.goto(f"{alder_page}/search?q=gate")
        page.emulate_media(media="print")
        expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
        expect(page.locator("form").first).to_be_hidden()
        expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
        expect(page.locator("article").first).to_be_visible()
