"""Strategy `listing`: an HTML page with links to documents, and a way to its next page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml.etree import _Element
from parsel import Selector
from w3lib.url import add_or_replace_parameters

from archive.errors import SourceError
from archive.records import Listing
from crawler.discovery.dates import read_date
from crawler.discovery.page import Collector, ListingPage

__all__ = ["as_html", "discover_listing", "numbered_pages", "page_after", "parse_html", "said", "words"]

NUMBER = "{n}"
MARK = "91746203"
# A browser reads on after these, libxml2 stops.
TAG = re.compile(r"<[a-zA-Z!]")
ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
# Where the site's menus stand on each of its pages, and where a page's own contents do.
MENUS = "//nav//a[@href] | //*[@role='navigation' or @role='banner']//a[@href]"
CONTENTS = "//main//a[@href] | //*[@role='main']//a[@href] | //article//a[@href]"


def discover_listing(page: ListingPage, *, rows: str | None = None) -> Listing:
    """The links that `documents` names, within what `css` selects, with the `title` and `date` of their row.

    A JSON answer is read for the HTML in its strings. `rows` is the CSS of a system's usual rows: without the option
    `css` they are read first, for their titles and dates, and then the links outside of them.
    """
    page = as_html(page)
    root = parse_html(page.text)
    collector = Collector(page)
    css = page.option("css")
    read: set[_Element] = set()
    declared = css or rows
    for row in root.css(declared) if declared else ():
        read |= _read_row(row, page, collector, declared=True)
    if css is None:
        _read_row(root, page, collector, declared=False, but=read | _in_menus(root, collector))
    return collector.listing(_next_urls(root, page, collector))


def parse_html(text: str) -> Selector:
    """A page or fragment, read to its end as browsers do."""
    return Selector(text=ENDS.sub("", text) or "<html/>", type="html")


def as_html(page: ListingPage) -> ListingPage:
    """The page itself; of a JSON answer ("load more") the HTML in its strings, as one page at the same address.

    Raises SourceError for anything else, and for JSON without HTML; where a string or list in it is empty, it is
    the answer past the end and shows nothing.
    """
    if page.is_json:
        strings = list(_leaves(page.data))
        html = "\n".join(text for text in strings if isinstance(text, str) and TAG.search(text))
        if not html and "" not in strings:
            raise SourceError(f"{page.url}: JSON without HTML in it; look at the source's start and strategy")
        return replace(page, payload=html.encode(), media_type="text/html", charset="utf-8")
    if not page.is_html and not (page.media_type == "text/plain" and TAG.match(page.text.lstrip())):
        raise SourceError(f"{page.url}: the listing is {page.media_type}, not an HTML page; look at the source's start")
    return page


def _leaves(data: Any) -> Iterator[Any]:
    """Everything in a JSON answer that holds nothing else; an empty list is told as empty text."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list) and value:
            waiting.extend(reversed(list(value.values()) if isinstance(value, dict) else value))
        else:
            yield "" if value == [] else value


def _in_menus(root: Selector, collector: Collector) -> set[_Element]:
    """The links to what the page's menus lead to and its contents do not: they stand on every page and list nothing.

    Sites repeat their menu, for small screens, outside of what is marked as one: addresses count, not places. None
    where nothing would be left, as on a page whose list is marked as a menu.
    """
    led, shown = ({collector.resolve(link.attrib["href"]) for link in root.xpath(path)} for path in (MENUS, CONTENTS))
    menus = led - shown
    links = [(link.root, collector.resolve(link.attrib["href"])) for link in root.xpath("//a[@href]")]
    if not any(url not in menus and collector.is_document(url) for _, url in links):
        return set()
    return {element for element, url in links if url in menus}


def _read_row(
    row: Selector,
    page: ListingPage,
    collector: Collector,
    *,
    declared: bool,
    but: Set[_Element] = frozenset(),
) -> set[_Element]:
    """Take the documents of one row, all links but those in `but`, and return the links that were taken."""
    links = [
        (link, href)
        for link in row.xpath("descendant-or-self::a[@href]")
        if link.root not in but and collector.is_document(collector.resolve(href := link.attrib["href"]))
    ]
    single = declared and len({collector.resolve(href) for _, href in links}) == 1
    title = said(row, page.option("title")) if single else None
    published = read_date(said(row, page.option("date")), page.option("date_format")) if single else None
    for link, href in links:
        collector.add(href, title=title or " ".join(link.xpath(".//text()").getall()), published=published)
    return {link.root for link, _ in links}


def said(row: Selector, css: str | None) -> str | None:
    """What the first match of a CSS selector says: an attribute or text node, a `time`'s datetime, else its text."""
    found = row.css(css)[:1] if css else []
    return words(found[0]) if found else None


def words(found: Selector) -> str:
    """What a match says: an attribute or text node itself, a `time`'s datetime, else the text in it."""
    if isinstance(found.root, str):
        return found.root
    return found.attrib.get("datetime") or " ".join(found.xpath(".//text()").getall())


def _next_urls(root: Selector, page: ListingPage, collector: Collector) -> Iterator[str]:
    if css := page.option("next"):
        for href in (_target(link) for link in root.css(css)):
            if href:
                yield collector.resolve(href)
    yield from numbered_pages(page, collector)


def numbered_pages(page: ListingPage, collector: Collector) -> Iterator[str]:
    """The next address by the option `pages`; a page past the end shows nothing and has none."""
    template = page.option("pages")
    if template and collector.entries:
        yield page_after(page.url, template, int(page.options.get("second", 2)))


def _target(link: Selector) -> str | None:
    if isinstance(link.root, str):
        return str(link.root)
    return link.attrib.get("href") or link.xpath(".//a/@href").get()


def page_after(url: str, template: str, second: int) -> str:
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
