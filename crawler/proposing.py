"""How a source's documents might be found, proposed from one page of it: strategy, options, and what they yield."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from parsel import Selector

from archive.errors import SourceError
from archive.records import Listing
from crawler.discovery import STRATEGIES, discover
from crawler.discovery.dates import read_date
from crawler.discovery.listing import parse_html
from crawler.discovery.page import ListingPage

__all__ = ["Proposal", "propose"]

ENOUGH = 3  # documents below which a shape of links is no list of them
SYSTEMS = frozenset(
    {"wordpress", "drupal", "civicplus", "granicus", "opencities", "aem", "sharepoint", "sitecore", "govdelivery"}
)
BROAD = "/.+"  # all below a folder: takes the list's own page and its neighbours too
MOST = 0.6  # of the links below a folder, in one narrower shape: then the folder adds little but strays
FRAME = "ancestor::nav or ancestor::header or ancestor::footer or ancestor::aside or ancestor::*[@role='navigation']"
ROW = "ancestor::*[self::li or self::tr or self::article or self::div][1]"
NEXT = ("a[rel=next]", "li.next a", "a.next", ".pager-next a", ".pager__item--next a", "a[aria-label*=Next]")
TELLING = re.compile(
    r"news|press|release|media|statement|article|alert|story|blog|announce|meeting|agenda|minutes", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A strategy with its options, and the listing that they give of the page that was looked at."""

    strategy: str
    options: dict[str, str]
    listing: Listing


@dataclass(frozen=True, slots=True)
class _Link:
    url: str
    words: str
    framed: bool
    dated: bool


def propose(url: str, payload: bytes, media_type: str | None = None, system: str | None = None) -> Proposal:
    """The best way to find the documents of a listing. Raises SourceError where none can be told apart."""
    page = ListingPage(payload=payload, url=url, media_type=media_type)
    tried: list[tuple[str, dict[str, str]]] = [(name, {}) for name in _without_options(page, system)]
    if not page.is_feed and page.is_html:
        tried += [("listing", options) for options in _patterns(page)]
    for strategy, options in tried:
        listing = _read(page, strategy, options)
        if listing is not None and len(listing.entries) >= ENOUGH:
            return Proposal(strategy=strategy, options=options, listing=listing)
    raise SourceError(f"{url}: no list of documents is seen there; name the page that lists the releases, or its feed")


def _without_options(page: ListingPage, system: str | None) -> Iterator[str]:
    """Strategies that need to be told nothing, the system's own first."""
    if system in SYSTEMS & STRATEGIES.keys():
        yield str(system)
    if page.is_feed:
        yield "feed"
    if b"<urlset" in page.payload[:2_000] or b"<sitemapindex" in page.payload[:2_000]:
        yield "sitemap"


def _read(page: ListingPage, strategy: str, options: dict[str, str]) -> Listing | None:
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    try:
        return discover(
            strategy,
            page.payload,
            url=page.url,
            media_type=page.media_type,
            options=options,
            hosts=[host] if host else [],
        )
    except SourceError:
        return None


def _patterns(page: ListingPage) -> list[dict[str, str]]:
    """Options of `listing`, the likeliest first: each a shape that several links of the page's own text share."""
    root = parse_html(page.text)
    links = list(_links(root, page))
    framed = {link.url for link in links if link.framed}
    shapes: dict[str, dict[str, _Link]] = defaultdict(dict)
    for link in links:
        if link.url not in framed:
            for shape in _shapes(link.url):
                shapes[shape].setdefault(link.url, link)
    ranked = sorted(shapes, key=lambda shape: -_weight(shape, list(shapes[shape].values()), framed))
    ranked = [shape for shape in ranked if not _adds_little(shape, shapes)]
    further = next((css for css in NEXT if root.css(css)), None)
    more = {"next": further} if further else {}
    return [{"documents": shape, **more} for shape in ranked[:3] if len(shapes[shape]) >= ENOUGH]


def _adds_little(shape: str, shapes: Mapping[str, Mapping[str, _Link]]) -> bool:
    """Whether most of what stands below a folder has one narrower shape."""
    below = shapes[shape].keys()
    narrower = (each for each in shapes if BROAD not in each)
    return BROAD in shape and any(len(shapes[each].keys() & below) >= MOST * len(below) for each in narrower)


def _links(root: Selector, page: ListingPage) -> Iterator[_Link]:
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    for link in root.xpath("//a[@href]"):
        try:
            url = urljoin(page.base_url, link.attrib["href"].strip()).partition("#")[0]
            same = (urlsplit(url).hostname or "").removeprefix("www.") == host
        except ValueError:
            continue
        if same and url != page.url and url.startswith("http"):
            around = " ".join(
                link.xpath("ancestor::*[self::li or self::tr or self::article or self::div][1]//text()").getall()
            )
            yield _Link(
                url=url,
                words=" ".join(" ".join(link.xpath(".//text()").getall()).split()),
                framed=bool(link.xpath(f"boolean({FRAME})").get() == "1"),
                dated=len(around) < 2_000 and any(read_date(part) for part in _date_parts(around)),
            )


def _date_parts(text: str) -> list[str]:
    return re.findall(r"[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}", text)[:3]


def _shapes(url: str) -> Iterator[str]:
    """Readable patterns for an address, from its folder and from its parameters.

    https://a.example/news/2026/03/ferry-runs   /news/\\d{4}/\\d{1,2}/[^/?#]+
    https://a.example/CivicAlerts.aspx?AID=7    /CivicAlerts\\.aspx\\?AID=\\d+
    """
    parts = urlsplit(url)
    if re.search(r"=\d+", parts.query):
        yield re.escape(parts.path).replace(r"\-", "-") + r"\?" + re.sub(r"\d+", r"\\d+", re.escape(parts.query))
    folders = [part for part in parts.path.split("/") if part]
    if len(folders) >= 2:
        told = [_folder(part) for part in folders[:-1]]
        ending = re.search(r"\.[a-z]{2,5}$", folders[-1])
        tail = r"[^/?#]+" + (re.escape(ending.group()) + "$" if ending else "")
        yield "/" + "/".join([*told, tail])
        if told[1:]:
            yield "/" + told[0] + BROAD + (re.escape(ending.group()) + "$" if ending else "")


def _folder(part: str) -> str:
    if re.fullmatch(r"(?:19|20)\d{2}", part):
        return r"\d{4}"
    return r"\d+" if part.isdigit() else re.escape(part).replace(r"\-", "-")


def _weight(shape: str, links: list[_Link], framed: set[str]) -> float:
    """Many links with words of their own, dates beside them and a telling address; none that menus have too."""
    pattern = re.compile(shape)
    if sum(1 for url in framed if pattern.search(url)) > len(links) / 4:
        return -1.0
    titles = {link.words for link in links if len(link.words) > 15}
    dated = sum(link.dated for link in links)
    told = len(titles) + 2 * dated + len(links) / 2
    return told * (2 if TELLING.search(shape) else 1) * (1.5 if r"\d" in shape else 1)
