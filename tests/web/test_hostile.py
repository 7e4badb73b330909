"""A hundred attacks stored as texts, titles, names and addresses: none runs, and none is more than text."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser

from tests.conftest import a_postgres_database
from tests.web.asked import tree
from tests.web.browsing import browser as browser
from tests.web.browsing import opened, watched
from tests.web.hostile import PAYLOADS, attacked, paths
from tests.web.serving import reader, serving

LISTS = ("/", "/search", "/search?in=documents", "/places", "/sources", "/removals", "/runs", "/search?q=script")
ELEMENTS = {
    "html", "head", "meta", "title", "link", "script", "body", "a", "header", "div", "nav", "form", "label", "input",
    "button", "main", "h1", "h2", "h3", "p", "span", "section", "article", "aside", "footer", "details", "summary",
    "pre", "code", "strong", "em", "b", "small", "br", "ol", "ul", "li", "dl", "dt", "dd", "figure", "figcaption",
    "blockquote", "time", "mark", "ins", "del", "select", "option", "fieldset", "legend", "table", "caption", "thead",
    "tbody", "tr", "th", "td", "svg", "g", "rect",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "name", "content", "rel", "href", "type", "src", "defer", "class", "id", "for", "action",
    "role", "placeholder", "maxlength", "autocomplete", "value", "selected", "open", "tabindex", "title", "datetime",
    "scope", "colspan", "viewbox", "preserveaspectratio", "x", "y", "width", "height", "hx-get", "hx-target",
    "hx-select", "hx-swap", "hx-push-url", "hx-trigger",
}  # fmt: skip
assert len(set(PAYLOADS)) == len(PAYLOADS) == 100


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def attacked_page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page over an archive of attacks."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'archive.db'}"
        attacked(url)
        with serving(url) as address:
            yield address
        return
    with a_postgres_database() as url:
        attacked(url)
        with serving(url) as address:
            yield address


FEW = range(0, len(PAYLOADS), 10)


@pytest.mark.parametrize(
    "numbers", [FEW, pytest.param(range(len(PAYLOADS)), marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_no_attack_is_an_element_or_an_attribute(attacked_page: str, numbers: range) -> None:
    """Pages hold the elements and attributes of the templates, links lead to paths and to http and https only."""
    asked = [*LISTS, *(path for number in numbers for path in paths(number))]
    with reader(attacked_page) as client:
        for path in asked:
            answer = client.get(path)
            assert answer.status_code == 200, path
            _is_plain(answer, path)


def _is_plain(answer: httpx.Response, path: str) -> None:
    page = tree(answer)
    for each in page.iter():
        assert isinstance(each.tag, str), f"{path}: a comment or instruction"
        assert each.tag in ELEMENTS, f"{path}: <{each.tag}>"
        strange = {name for name in each.keys() if name not in ATTRIBUTES and not name.startswith("aria-")}  # noqa: SIM118
        assert strange == set(), f"{path}: <{each.tag}> {strange}"
        for name in ("href", "src", "action"):
            value = each.get(name) or "/"
            parts = urlsplit(value)
            assert value.startswith(("/", "#", "?")) or (parts.scheme in ("http", "https") and parts.netloc), value
            assert not value.startswith("//"), value
    scripts = page.xpath("//script")
    assert all(each.get("src", "").startswith("/static/") and not each.text for each in scripts), path


def _nothing_runs(browser: Browser, address: str, asked: list[str], *, guarded: bool) -> None:
    """Open each page; `guarded` with the policy that forbids foreign scripts, else with escaping alone."""
    with opened(browser, bypass_csp=not guarded) as page:
        page.add_init_script("window.__ran = 0")
        seen = watched(page)
        for path in asked:
            page.goto(address + path)
            ran = page.evaluate("window.__ran")
            assert ran == 0, f"{path} ran a script"
            assert seen == [], f"{path}: {seen}"


def test_nothing_runs_in_lists(attacked_page: str, browser: Browser) -> None:
    """In a real browser, with the policy: it never has to refuse anything."""
    _nothing_runs(browser, attacked_page, [*LISTS, *paths(0), *paths(32)], guarded=True)


@pytest.mark.slow
@pytest.mark.parametrize("guarded", [True, False], ids=["with-policy", "escaping-alone"])
def test_nothing_runs_anywhere(attacked_page: str, browser: Browser, guarded: bool) -> None:
    """All pages of all attacks, in a real browser; escaping alone must do, the policy is a second wall."""
    asked = [path for number in range(len(PAYLOADS)) for path in paths(number)]
    _nothing_runs(browser, attacked_page, asked, guarded=guarded)


@pytest.mark.parametrize("payload", PAYLOADS[::17])
def test_nothing_asked_for_runs_either(attacked_page: str, payload: str) -> None:
    """What stands in an address is text on the page too, and in the sentence of an error."""
    with reader(attacked_page) as client:
        for path, name in (("/search", "q"), ("/search", "speaker"), ("/search", "since"), ("/removals", "state")):
            answer = client.get(path, params={name: payload})
            assert answer.status_code in (200, 400), answer.text[:200]
            _is_plain(answer, path)
        for path in ("/statement/", "/speaker/", "/place/", "/source/", "/document/"):
            answer = client.get(path + payload.replace("#", "%23").replace("?", "%3F"))
            assert answer.status_code in (200, 404), path
            _is_plain(answer, path)
