"""Strategy `embedded`: a JavaScript array or JSON list of documents, in a page or in script files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import chompjs
import jmespath

from archive.errors import SourceError
from archive.records import Listing
from crawler.discovery.dates import read_date
from crawler.discovery.page import Collector, ListingPage, plain

__all__ = ["discover_embedded"]

SCRIPTS = re.compile(r"""\b(?:src|href)\s*=\s*["']([^"'<>]{1,2000})["']""", re.IGNORECASE)


def discover_embedded(page: ListingPage) -> Listing:
    """The items of every array that `array` finds, and the script files that `files` names as further listings.

    `array` is a pattern for what stands before the array; without it the answer itself is the list. `url`, `title`
    and `date` are JMESPath expressions into one item; links are relative to the file that holds the array.
    """
    collector = Collector(page)
    files = _files(page, collector)
    arrays = list(_arrays(page))
    if not arrays and not files:
        raise SourceError(f"{page.url}: holds neither array nor files as the source names them; look at its options")
    fields = {name: jmespath.compile(page.option(name) or name) for name in ("url", "title", "date")}
    for item in (item for array in arrays for item in array):
        said = {name: field.search(item) for name, field in fields.items()}
        title, published = plain(said["title"]), read_date(said["date"], page.option("date_format"))
        collector.add(str(said["url"] or ""), title=title, published=published)
    return collector.listing(files)


def _files(page: ListingPage, collector: Collector) -> list[str]:
    files = page.pattern("files")
    if files is None or not page.is_html:
        return []
    found = (collector.resolve(href) for href in SCRIPTS.findall(page.text))
    return [url for url in dict.fromkeys(found) if files.search(url)]


def _arrays(page: ListingPage) -> Iterator[list[Any]]:
    array = page.pattern("array")
    starts = [match.end() for match in array.finditer(page.text)] if array else [0]
    for start in starts:
        try:
            value: Any = chompjs.parse_js_object(page.text[start:])
        except (ValueError, RecursionError):
            continue
        if isinstance(value, list):
            yield value
