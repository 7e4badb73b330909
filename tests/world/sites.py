"""The invented sites: which address answers with which page, per content management system."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from tests.world.texts import Document

__all__ = ["CMS", "Site", "View", "load_sites", "views"]

PER_PAGE = 4
HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One invented press room; `validator` is the kind it gives for conditional requests, if any.

    `feed_length` is after how many documents its feed ends; None where everything is listed.
    """

    key: str
    source: str
    cms: str
    name: str
    office: str
    email: str
    timezone: str
    menu: Sequence[str]
    disallow: Sequence[str]
    typographer: bool = False
    validator: str = ""
    feed_length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What stands at one address: a template with its values, or the address it has permanently moved to."""

    template: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    media_type: str = HTML
    moved_to: str = ""


Views = dict[str, View]
Address = Callable[[Document], str]


def _pages(template: str, address: Address, documents: Sequence[Document]) -> Views:
    return {address(each): View(template=template, values={"document": each}) for each in documents}


def _listing(template: str, documents: Sequence[Document], first: str, later: str, start: int = 1) -> Views:
    """A numbered listing: `first` is its address, `later` that of a further page with `{}` for the page's number."""
    parts = [documents[i : i + PER_PAGE] for i in range(0, len(documents), PER_PAGE)]
    addresses = [first, *(later.format(number) for number in range(start, start + len(parts) - 1))]
    return {
        address: View(template=template, values={"shown": part, "addresses": addresses, "current": index})
        for index, (address, part) in enumerate(zip(addresses, parts, strict=True))
    }


def _feed(address: str, documents: Sequence[Document]) -> Views:
    return {address: View(template="feed.xml", values={"shown": documents}, media_type="application/rss+xml")}


def drupal(site: Site, documents: Sequence[Document], address: Address) -> Views:
    """`.views-row` listing with `?page=N`, counted from 0."""
    listing = _listing("drupal_list.html", documents, "/mayor/news", "/mayor/news?page={}")
    return listing | _pages("drupal_page.html", address, documents)


def civicplus(site: Site, documents: Sequence[Document], address: Address) -> Views:
    """One listing of everything, documents by number in the query."""
    listing = {"/CivicAlerts.aspx": View(template="civicplus_list.html", values={"shown": documents})}
    return listing | _pages("civicplus_page.html", address, documents)


def wordpress(site: Site, documents: Sequence[Document], address: Address) -> Views:
    """A feed of the latest posts and a listing that shows no more."""
    latest = documents[: site.feed_length]
    listing = {"/": View(template="wordpress_list.html", values={"shown": latest})}
    return _feed("/feed/", latest) | listing | _pages("wordpress_page.html", address, documents)


def aem(site: Site, documents: Sequence[Document], address: Address) -> Views:
    """A sitemap index, a sitemap of the newsroom, and one of pages that are no news."""
    maps = {
        "/sitemap.xml": View(template="sitemap_index.xml", media_type=XML),
        "/sitemap-newsroom.xml": View(template="sitemap.xml", values={"shown": documents}, media_type=XML),
        "/sitemap-services.xml": View(template="sitemap_services.xml", media_type=XML),
    }
    return maps | _pages("aem_page.html", address, documents)


def newspaper(site: Site, documents: Sequence[Document], address: Address) -> Views:
    """A feed of everything."""
    feed = _feed("/rss/news.xml", documents[: site.feed_length])
    return feed | _pages("newspaper_page.html", address, documents)


def magazine(site: Site, documents: Sequence[Document], address: Address) -> Views:
    """A listing in numbered pages; article pages that declare themselves in JSON-LD."""
    listing = _listing("magazine_list.html", documents, "/stories", "/stories/page/{}", start=2)
    return listing | _pages("magazine_page.html", address, documents)


@dataclass(frozen=True, slots=True)
class Cms:
    """How a content management system lays out a site, and where a document lives on it."""

    views: Callable[[Site, Sequence[Document], Address], Views]
    address: Address


CMS: Mapping[str, Cms] = {
    "drupal": Cms(drupal, lambda each: f"/news/{each.published:%Y}/{each.slug}"),
    "civicplus": Cms(civicplus, lambda each: f"/CivicAlerts.aspx?AID={each.number + 340}"),
    "wordpress": Cms(wordpress, lambda each: f"/{each.published:%Y/%m}/{each.slug}/"),
    "aem": Cms(aem, lambda each: f"/content/newsroom/en/{each.published:%Y/%m}/{each.slug}.html"),
    "newspaper": Cms(newspaper, lambda each: f"/{each.published:%Y/%m/%d}/{each.slug}.html"),
    "magazine": Cms(magazine, lambda each: f"/stories/{each.slug}-{each.number + 70_200}"),
}


def views(site: Site, documents: Sequence[Document]) -> Views:
    """Address (path and query) -> what stands there."""
    address = CMS[site.cms].address
    moved = {
        address(replace(each, slug=slug)): View(moved_to=address(each)) for each in documents for slug in each.former
    }
    robots = {"/robots.txt": View(template="robots.txt", media_type="text/plain")}
    return CMS[site.cms].views(site, documents, address) | moved | robots


@cache
def load_sites() -> dict[str, Site]:
    """The sites by the name of their folder of texts."""
    tables = tomllib.loads((Path(__file__).parent / "sites.toml").read_text(encoding="utf-8"))
    return {key: Site(key=key, **table) for key, table in tables.items()}
