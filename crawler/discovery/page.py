"""What a discovery strategy is given, and the collector that every strategy fills."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from w3lib.encoding import html_to_unicode
from w3lib.html import get_base_url, remove_tags, replace_entities
from w3lib.url import safe_url_string

from archive.records import Entry, Listing
from archive.urls import address_of

__all__ = ["Collector", "ListingPage", "plain", "renamed"]

MAX_TITLE = 1_000
# https://a.example/news;jsessionid=1A2B?x=1      https://a.example/news?PHPSESSID=1a2b
SESSION_PATH = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
# `sid=17` is a story's own id, `sid=9f2c6a...` a visitor's.
SESSION_NAME = re.compile(
    r"(?<![\w-])(?:(?:jsessionid|phpsessid|(?:asp)?sessionid\w*|cfid|cftoken)=|(?:sid|sessid)=[0-9a-z,-]{12,})",
    re.IGNORECASE,
)
FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)\b")
HEAD = 2_000  # bytes in which a feed names itself


@dataclass(frozen=True, kw_only=True)
class ListingPage:
    """One answer that a strategy reads. `hosts` are those that documents may stand on, without `www.`; empty: any."""

    payload: bytes = field(repr=False)
    url: str
    media_type: str | None = None
    charset: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()

    @cached_property
    def text(self) -> str:
        """The payload as text: the declared charset, else the page's own declaration, else UTF-8."""
        header = f"{self.media_type or 'text/html'}; charset={self.charset}" if self.charset else self.media_type
        return html_to_unicode(header, self.payload, default_encoding="utf-8")[1]

    @property
    def path(self) -> str:
        """The path of the address, in lower case."""
        return urlsplit(self.url).path.lower()

    @property
    def is_html(self) -> bool:
        """Whether the answer calls itself HTML, or says nothing and starts like it."""
        if self.media_type:
            return self.media_type in ("text/html", "application/xhtml+xml")
        return self.payload.lstrip()[:1] == b"<"

    @property
    def is_json(self) -> bool:
        """Whether the answer begins as JSON does; many systems send JSON under the name of HTML."""
        return self.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")

    @property
    def is_feed(self) -> bool:
        """Whether the answer begins as RSS, Atom or RDF does."""
        return FEED.search(self.payload[:HEAD]) is not None

    @cached_property
    def data(self) -> Any:
        """The answer read as JSON; ValueError where it is none."""
        try:
            return json.loads(self.text.lstrip("\ufeff"))
        except RecursionError:
            raise ValueError("nested too deeply") from None

    def with_defaults(self, **defaults: Any) -> ListingPage:
        """The same page with a system's own options wherever the catalog says nothing."""
        return replace(self, options={**defaults, **self.options})

    def with_hosts(self, *hosts: str) -> ListingPage:
        """The same page, whose documents may stand on these hosts too."""
        return replace(self, hosts=self.hosts | set(hosts)) if self.hosts else self

    @cached_property
    def base_url(self) -> str:
        """What relative links are resolved against: the page's `base` element, else its address."""
        return get_base_url(self.text, self.url) if self.is_html else self.url

    def option(self, name: str) -> str | None:
        """A text option, None where the catalog says nothing."""
        value = self.options.get(name)
        return None if value is None else str(value)

    def pattern(self, name: str) -> re.Pattern[str] | None:
        """A regular expression option, compiled."""
        value = self.option(name)
        return None if value is None else re.compile(value)

    def may_ask(self, url: str) -> bool:
        """Whether the host of that address belongs to the source."""
        return not self.hosts or (urlsplit(url).hostname or "").removeprefix("www.") in self.hosts


def without_session(url: str) -> str:
    """An address without the ids by which a server follows one visitor: each visit would show all its pages as new."""
    cut = SESSION_PATH.sub("", url)
    parts = urlsplit(cut)
    if not SESSION_NAME.search(parts.query):
        return cut
    kept = [pair for pair in parts.query.split("&") if not SESSION_NAME.match(pair)]
    return urlunsplit(parts._replace(query="&".join(kept)))


class Collector:
    """Takes the links of one page, keeps each address once, and counts what it leaves out by a named reason."""

    def __init__(self, page: ListingPage) -> None:
        self.page = page
        self.documents = page.pattern("documents")
        self.skip = page.pattern("skip")
        self.strip = page.pattern("strip")
        self.entries: dict[str, Entry] = {}
        self.skipped: Counter[str] = Counter()

    def resolve(self, href: str) -> str:
        """The absolute address of a link, without fragment and without what the option `strip` matches."""
        try:
            url = without_session(safe_url_string(urldefrag(urljoin(self.page.base_url, href.strip())).url))
        except ValueError:
            return ""
        return self.strip.sub("", url) if self.strip else url

    def is_document(self, url: str) -> bool:
        """Whether the option `documents` names this address; without the option every address is one."""
        return self.documents is None or self.documents.search(url) is not None

    def add(
        self,
        href: str,
        *,
        title: str | None = None,
        published: datetime | date | None = None,
        modified: datetime | None = None,
    ) -> None:
        """Take one link that the page shows as a document."""
        if not href.strip():
            self.skipped["no_address"] += 1
            return
        url = self.resolve(href)
        address = self._address(url)
        if address is None:
            return
        entry = Entry(url=url, title=plain(title), published=published, modified=modified)
        kept = self.entries.get(address)
        if kept is None or (not kept.title and entry.title):
            self.entries[address] = entry

    def _address(self, url: str) -> str | None:
        reason: str | None
        try:
            address: str | None = address_of(url)
        except ValueError:
            address, reason = None, "bad_address"
        else:
            reason = self._refusal(url)
        if reason is None:
            return address
        self.skipped[reason] += 1
        return None

    def _refusal(self, url: str) -> str | None:
        if not self.is_document(url):
            return "not_document"
        if self.skip and self.skip.search(url):
            return "skipped_by_pattern"
        return None if self.page.may_ask(url) else "other_host"

    def listing(self, next_urls: Iterable[str] = ()) -> Listing:
        """What was collected; further listings are held to the same hosts as documents."""
        further: dict[str, None] = {}
        for url in next_urls:
            if url == self.page.url or not url.startswith(("http://", "https://")):
                continue
            if self.page.may_ask(url):
                further[url] = None
            else:
                self.skipped["other_host"] += 1
        return Listing(
            entries=tuple(self.entries.values()),
            next_urls=tuple(further),
            skipped=tuple(sorted(self.skipped.items())),
        )


def renamed(listing: Listing, change: Callable[[str], str]) -> Listing:
    """The listing with each document under the one address that `change` gives it, the first of equal ones kept."""
    entries: dict[str, Entry] = {}
    for entry in listing.entries:
        url = change(entry.url)
        kept = entries.get(url)
        if kept is None or (entry.published and not kept.published):
            entries[url] = replace(entry, url=url, title=(kept.title if kept else None) or entry.title)
    return replace(listing, entries=tuple(entries.values()))


def plain(value: object) -> str | None:
    """A title without markup, entities and runs of white space; None for nothing."""
    if not isinstance(value, str):
        return None
    text = " ".join(replace_entities(remove_tags(value[: 4 * MAX_TITLE])).split())
    return text[:MAX_TITLE] or None
