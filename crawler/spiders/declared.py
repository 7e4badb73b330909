"""The spider that every source gets: its catalog entry says where to start and how documents are found."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive import Run, clock
from archive.catalog import SourceEntry
from archive.errors import SourceError
from archive.records import Capture, Listing, Outcome, Receipt, RequestRole
from archive.store import Wanted
from archive.urls import address_of
from crawler.answers import Answer, capture_of, content_type, redirect_target
from crawler.browser import Drawer, NotDrawn
from crawler.discovery import discover
from crawler.drawing import draw
from crawler.failures import reason_of
from crawler.spiders.attachments import Attachments
from crawler.spiders.probe import nowhere
from crawler.spiders.telling import Telling
from crawler.spiders.walk import Walk, is_trap
from crawler.spiders.wish import Wish

__all__ = ["DeclaredSpider"]

logger = logging.getLogger(__name__)

MAX_REDIRECTS = 10
# Start listings, probes, new documents, further listings, revisits: what is learnt on the way decides how far to go.
PRIORITIES = {RequestRole.LISTING: 0, RequestRole.PROBE: 5, RequestRole.DOCUMENT: 0, RequestRole.ATTACHMENT: 1}
FIRST = 10
# Of a page after the first these say that the listing has come to its end.
PAST_THE_END = frozenset({400, 404, 410})  # WordPress answers 400


class DeclaredSpider(Telling):
    """Asks for listings, for what they show and for what the frontier owes; hands every answer to the archive."""

    entry: ClassVar[SourceEntry]

    def __init__(self, *, run: Run, wish: Wish, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.run = run
        self.wish = wish
        self.zone = ZoneInfo(self.entry.timezone)
        starts = {urlsplit(url).hostname or "" for url in self.entry.start}
        self.hosts = frozenset(host.removeprefix("www.") for host in starts | {*self.entry.hosts})
        self.listings_seen: set[str] = set()
        self.listings_read = 0
        self.revisits_left = self.entry.revisit_budget
        self.newest: date | None = None
        self.holds: dict[str, datetime] = {}
        self.probed: dict[str, datetime] = {}
        self.attachments = Attachments(self.hosts, self.counts)
        self.new_asked: set[str] = set()
        self.trapped: set[str] = set()
        self._callbacks: dict[RequestRole, Any] = {
            RequestRole.LISTING: self.read_listing,
            RequestRole.DOCUMENT: self.read_document,
            RequestRole.ATTACHMENT: self.read_attachment,
            RequestRole.PROBE: self.read_probe,
        }
        # A start page that also looks like a document is asked for once, as what it is there for.
        self.documents_asked: set[str] = {*self.entry.start}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Read the bounds of a run from the settings, and count what Scrapy tells by signal."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        pages = "LISTING_PAGES_MAX_BACKFILL" if spider.wish.backfill else "LISTING_PAGES_MAX"
        spider.max_listings = len(cls.entry.start) + settings.getint(pages)
        spider.max_documents = settings.getint("DOCUMENTS_MAX")
        spider.early = settings.getbool("REVISIT_ALL")
        spider.probe_every = timedelta(days=settings.getfloat("PROBE_DAYS"))
        spider.replaying = bool(settings.getlist("REPLAY"))
        drawn = cls.entry.browser and not spider.replaying  # a file of record does not hold what the scripts would ask
        spider.drawer = Drawer.of(crawler, cls.entry.id, spider.counts) if drawn else None
        crawler.signals.connect(spider.note_request, signals.request_reached_downloader)
        crawler.signals.connect(spider.note_error, signals.spider_error)
        crawler.signals.connect(spider.note_error, signals.item_error)
        return spider

    max_listings: int
    max_documents: int
    early: bool
    probe_every: timedelta
    drawer: Drawer | None

    async def start(self) -> AsyncIterator[Request]:
        """The start listings, those that a run before this one did not come to, then what the frontier owes."""
        self.newest = await asyncio.to_thread(self.run.newest)
        self.holds |= await asyncio.to_thread(self.run.holds)
        self.probed |= await asyncio.to_thread(self.run.last_probes)
        unread = await asyncio.to_thread(self.run.unread_listings)
        for url in self.entry.start:
            # A backfill that was cut off goes on where it was.
            for request in self._ask_listing(url, self._walk(to_the_end=self.wish.backfill and not unread), start=True):
                yield request
        for url in unread:
            for request in self._ask_listing(url, self._walk(to_the_end=self.wish.backfill)):
                yield request
        for request in self._ask_documents(await asyncio.to_thread(partial(self.run.due, early=self.early))):
            yield request

    def _walk(self, *, to_the_end: bool, behind: bool = False) -> Walk:
        return Walk(newest=self.newest, to_the_end=to_the_end, behind=behind)

    def _ask_listing(self, url: str, walk: Walk, *, start: bool = False) -> Iterator[Request]:
        try:
            address = address_of(url)
        except ValueError:
            self.counts["refused_address"] += 1
            return
        if is_trap(url):
            self.counts["trap"] += 1
            return
        if address not in self.listings_seen and len(self.listings_seen) < self.max_listings:
            self.listings_seen.add(address)
            yield self._request(url, RequestRole.LISTING, walk=walk, start=start, trail=(), first=start)

    def _ask_documents(self, wanted: Sequence[Wanted]) -> Iterator[Request]:
        for each in wanted:
            if each.url in self.documents_asked or len(self.documents_asked) >= self.max_documents:
                continue
            reason = self._not_now(each)
            if reason:
                self.counts[reason] += 1
                continue
            self.documents_asked.add(each.url)
            if not each.known:
                self.new_asked.add(each.url)
            request = self._request(each.url, RequestRole.DOCUMENT, trail=(), again=each.known)
            # A 304 is trusted of documents only: some feeds repeat their ETag after they changed. Of a page that
            # scripts fill it says nothing.
            if each.etag and self.drawer is None:
                request.headers["If-None-Match"] = each.etag
            if each.last_modified and self.drawer is None:
                request.headers["If-Modified-Since"] = each.last_modified
            yield request

    def learn(self, capture: Capture, receipt: Receipt) -> None:
        """Take in what the archive made of a new document: walls, errors and redirects tell nothing of its shape."""
        gone = capture.status in (404, 410)
        if capture.url in self.new_asked and (gone or receipt.outcome in (Outcome.TEXT, Outcome.ABSENT)):
            self.families.note(capture.url, receipt.attachment or receipt.text_key)

    async def further(self, receipt: Receipt) -> list[Request]:
        """What is to be asked for because of an answer that was just committed."""
        attached = self.attachments.wanted(receipt)
        files = [self._request(attached, RequestRole.ATTACHMENT, trail=())] if attached else []
        return files + await self.witnesses()

    async def witnesses(self) -> list[Request]:
        """Known documents to be read again in full, while the site looks as if it had been rebuilt."""
        if not self.run.suspicious:
            return []
        wanted = await asyncio.to_thread(self.run.witnesses)
        fresh = [each for each in wanted if each.url not in self.documents_asked]
        self.documents_asked |= {each.url for each in fresh}
        self.counts["witnesses"] += len(fresh)
        return [self._request(each.url, RequestRole.DOCUMENT, trail=()) for each in fresh]

    def _not_now(self, each: Wanted) -> str | None:
        """Why a document is not asked for in this run; the name of a count."""
        if is_trap(each.url):
            return "trap"
        if not each.known or self.early:
            return None
        if not each.due:
            return "fresh"
        self.revisits_left -= 1
        return "put_off" if self.revisits_left < 0 else None

    def _request(
        self,
        url: str,
        role: RequestRole,
        *,
        trail: tuple[str, ...],
        start: bool = False,
        walk: Walk | None = None,
        again: bool = False,
        first: bool = False,
    ) -> Request:
        """`trail` is the redirects that led here. Not filtered by Scrapy, which would drop a self-redirect silently."""
        listing = role is RequestRole.LISTING
        return Request(
            url,
            callback=self._callbacks[role],
            errback=self.failed,
            priority=FIRST if first else PRIORITIES[role] - 2 * again - listing,
            dont_filter=True,
            meta={"new": role is RequestRole.DOCUMENT and not again and not trail},
            cb_kwargs={"trail": trail, "start": start, **({"walk": walk} if listing else {})},
        )  # fmt: skip

    async def read_document(self, response: Response, trail: tuple[str, ...], start: bool) -> AsyncIterator[Any]:
        """Every answer is a capture, whatever its status; a redirect is followed beside it."""
        if not self._is_answer(response):
            self.families.settle(response.url)
            return
        undrawn, drawn = await self._drawn(response, RequestRole.DOCUMENT)
        if undrawn:
            yield undrawn
        if drawn is None:
            self.families.settle(response.url)
            return
        yield self._answer(drawn, RequestRole.DOCUMENT)
        for request in self._follow(response, RequestRole.DOCUMENT, trail, start=start):
            yield request

    async def read_attachment(self, response: Response, trail: tuple[str, ...], start: bool) -> AsyncIterator[Any]:
        """The file that is a document's body: a capture like any other; derivation gives its text to the document."""
        if self._is_answer(response):
            yield self._answer(response, RequestRole.ATTACHMENT)
            for request in self._follow(response, RequestRole.ATTACHMENT, trail, start=start):
                yield request

    async def _drawn(self, response: Response, role: RequestRole) -> tuple[Answer | None, Response | None]:
        """Of a source that wants it the page as a browser draws it, and before it the server's answer as it was."""
        if self.drawer is None:
            return None, response
        try:
            undrawn, drawn = await draw(self.drawer, response, role=role, obtained=self.run.obtained)
        except NotDrawn as error:
            self.counts["not_drawn"] += 1
            self._tell(response.url, f"not drawn: {error}")
            return self._answer(response, RequestRole.UNDRAWN), None
        return Answer(capture=undrawn) if undrawn else None, drawn

    async def read_listing(
        self, response: Response, trail: tuple[str, ...], start: bool, walk: Walk
    ) -> AsyncIterator[Any]:
        """Read a listing in a worker process, keep it, and ask for what it shows and what comes after it."""
        if not self._is_answer(response):
            return
        if redirect_target(response) is not None:
            yield self._answer(response, RequestRole.LISTING)
            for request in self._follow(response, RequestRole.LISTING, trail, start=start, walk=walk):
                yield request
            return
        undrawn, drawn = await self._drawn(response, RequestRole.LISTING)
        if undrawn:
            yield undrawn
        if drawn is None:
            self._listing_failed(response.url, "without a browser's drawing of it nothing is seen there")
            return
        listing = await self._discover(drawn, walk, start=start)
        if listing is None:
            yield self._answer(drawn, RequestRole.LISTING)
            return
        self.listings_read += 1
        entries = [entry for entry in listing.entries if self.wish.wants(entry, self.zone)]
        wanted = await asyncio.to_thread(self.run.wanted, entries)
        known = {each.url: each.known for each in wanted}
        further = [
            request
            for url in (listing.next_urls if self._goes_on(listing, known, walk) else ())
            for request in self._ask_listing(url, walk)
        ]
        further += self._ask_behind(listing, known, start=start)
        yield self._answer(drawn, RequestRole.LISTING, listing, [request.url for request in further])
        for request in (*further, *self._probe(listing), *self._ask_documents(wanted)):
            yield request

    def _probe(self, listing: Listing) -> Iterator[Request]:
        """Ask each host of these documents, now and then, for what nobody has, before its documents."""
        stale = clock.now() - self.probe_every if self.probe_every and not self.replaying else None
        for entry in listing.entries if stale else ():
            host = urlsplit(entry.url).netloc.removeprefix("www.")
            if stale and self.probed.get(host, stale) <= stale:
                self.probed[host] = clock.now()
                yield self._request(nowhere(entry.url), RequestRole.PROBE, trail=())

    async def read_probe(self, response: Response, trail: tuple[str, ...], start: bool) -> AsyncIterator[Any]:
        """What a site says where there is nothing is kept; a redirect says enough by its target."""
        if self._is_answer(response):
            yield self._answer(response, RequestRole.PROBE)

    def _ask_behind(self, listing: Listing, known: Mapping[str, bool], *, start: bool) -> Iterator[Request]:
        """The listing behind a feed, where the feed has dropped items: of what it shows nothing was known before."""
        behind = self.entry.behind
        if behind is None or not start or not listing.entries:
            return
        if self.wish.backfill or not any(known.values()):
            self.counts["gaps_in_feed"] += bool(self.newest)
            for url in behind.start:
                yield from self._ask_listing(url, self._walk(to_the_end=self.wish.backfill, behind=True))

    async def _discover(self, response: Response, walk: Walk, *, start: bool) -> Listing | None:
        if response.status != 200:
            if start or response.status not in PAST_THE_END:
                self._listing_failed(response.url, f"answered {response.status}")
            return None
        media_type, charset = content_type(response)
        how = self.entry.behind.discover if walk.behind and self.entry.behind else self.entry.discover
        discover_this = partial(
            discover,
            how.strategy,
            response.body,
            url=response.url,
            media_type=media_type,
            charset=charset,
            options=dict(how.options),
            hosts=self.hosts,
        )
        try:
            listing: Listing = await asyncio.wrap_future(self.run.compute(discover_this))
        except SourceError as error:
            self._listing_failed(response.url, str(error).removeprefix(f"{response.url}: "))
        except TimeoutError:
            self._listing_failed(response.url, "took too long to read and was stopped; look at the page")
        except Exception as error:  # a worker that died over it, or a fault of a parser
            self._listing_failed(response.url, f"could not be read ({type(error).__name__}: {error})")
        else:
            return listing
        return None

    def _goes_on(self, listing: Listing, known: Mapping[str, bool], walk: Walk) -> bool:
        """Whether the next page may show anything that is wanted."""
        if listing.entries and all(self.wish.is_past(entry, self.zone) for entry in listing.entries):
            return False
        hopeful = [entry for entry in listing.entries if not self.families.is_barren(entry.url)]
        return (bool(hopeful) or not listing.entries) and walk.goes_on(hopeful, known)

    def _answer(
        self, response: Response, role: RequestRole, listing: Listing | None = None, further: Sequence[str] = ()
    ) -> Answer:
        capture = capture_of(response, role=role, obtained=self.run.obtained)
        return Answer(capture=capture, listing=listing, further=tuple(further))

    def _follow(
        self, response: Response, role: RequestRole, trail: tuple[str, ...], *, start: bool, walk: Walk | None = None
    ) -> Iterator[Request]:
        target = redirect_target(response)
        if target is None:
            return
        trail = (*trail, response.url)
        if not target:
            self.counts["refused_address"] += 1
            self._tell(response.url, "redirects to what is no address")
            return
        if target in trail or len(trail) > MAX_REDIRECTS:
            self.counts["redirect_loop"] += 1
            self._tell(trail[0], f"redirects in a circle or more than {MAX_REDIRECTS} times")
            return
        if role is RequestRole.DOCUMENT:
            if target in self.documents_asked:
                return
            self.documents_asked.add(target)
        yield self._request(target, role, trail=trail, start=start, walk=walk)

    def failed(self, failure: Any) -> None:
        """Count a request without an answer under its reason."""
        request: Request = failure.request
        reason, words = reason_of(failure.value)
        self.counts[reason] += 1
        self.families.settle(request.url)
        if reason == "trap":
            self.trapped.add(request.url)
            if len(self.trapped) > 1:
                return
        if request.callback == self.read_listing:
            self._listing_failed(request.url, words)
        else:
            self._tell(request.url, words)

    def settle(self) -> Counter[str]:
        """The counts of the whole run. A replay of files that hold no listing of the source has failed as well."""
        if self.replaying and not self.listings_read and not self.counts["discovery_failed"]:
            self.counts["discovery_failed"] += 1
            self._tell(self.entry.start[0], "the files of REPLAY hold no start listing of this source")
        return self.counts
