"""Strategy `listing`: an HTML page with links to documents, and a way to its next page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

from parsel import Selector
from w3lib.url import add_or_replace_parameters

from archive.errors import SourceError
from archive.records import Listing
from crawler.discovery.dates import read_date
from crawler.discovery.page import Collector, ListingPage

__all__ = ["discover_listing"]

NUMBER = "{n}"
MARK = "91746203"
# A browser reads on after these, libxml2 stops.
ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)


def discover_listing(page: ListingPage) -> Listing:
    """The links that `documents` names, within what `css` selects, with the `title` and `date` of their row."""
    if not page.is_html:
        raise SourceError(f"{page.url}: the listing is {page.media_type}, not an HTML page; look at the source's start")
    root = Selector(text=ENDS.sub("", page.text) or "<html/>", type="html")
    collector = Collector(page)
    css = page.option("css")
    for row in root.css(css) if css else [root]:
        _read_row(row, page, collector, declared=css is not None)
    return collector.listing(_next_urls(root, page, collector))


def _read_row(row: Selector, page: ListingPage, collector: Collector, *, declared: bool) -> None:
    links = [
        (link, href)
        for link in row.xpath("descendant-or-self::a[@href]")
        if collector.is_document(collector.resolve(href := link.attrib["href"]))
    ]
    single = declared and len({collector.resolve(href) for _, href in links}) == 1
    title = _said(row, page.option("title")) if single else None
    published = read_date(_said(row, page.option("date")), page.option("date_format")) if single else None
    for link, href in links:
        collector.add(href, title=title or " ".join(link.xpath(".//text()").getall()), published=published)


def _said(row: Selector, css: str | None) -> str | None:
    """What the first match of a CSS selector says: an attribute or text node, a `time`'s datetime, else its text."""
    found = row.css(css)[:1] if css else []
    if not found:
        return None
    if isinstance(found[0].root, str):
        return str(found[0].root)
    return found[0].attrib.get("datetime") or " ".join(found[0].xpath(".//text()").getall())


def _next_urls(root: Selector, page: ListingPage, collector: Collector) -> Iterator[str]:
    if css := page.option("next"):
        for href in (_target(link) for link in root.css(css)):
            if href:
                yield collector.resolve(href)
    template = page.option("pages")
    if template and collector.entries:  # a page past the end shows nothing
        yield _page_after(page.url, template, int(page.options.get("second", 2)))


def _target(link: Selector) -> str | None:
    if isinstance(link.root, str):
        return str(link.root)
    return link.attrib.get("href") or link.xpath(".//a/@href").get()


def _page_after(url: str, template: str, second: int) -> str:
    """The address after `url` by the template: `second` follows a page without a number."""
    shape = re.escape(_fill(url, template, MARK)).replace(MARK, r"(\d{1,6})")
    current = re.fullmatch(shape, _fill(url, template, None))
    return _fill(url, template, str(int(current[1]) + 1 if current else second))


def _fill(url: str, template: str, number: str | None) -> str:
    """`url` with the template's number set; None leaves the address as it is, in the same spelling."""
    if not template.startswith("?"):
        return urljoin(url, template.replace(NUMBER, number)) if number else url
    given = dict(parse_qsl(template[1:], keep_blank_values=True))
    if number is None:
        given = dict.fromkeys(given, "") | dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
        return add_or_replace_parameters(url, given)
    return add_or_replace_parameters(url, {key: value.replace(NUMBER, number) for key, value in given.items()})
