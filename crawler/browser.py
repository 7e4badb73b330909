"""A page drawn by Chromium that reaches nothing by itself: what the page asks for is asked for by the crawl.

Chromium is started without any way to resolve a name. Each request of a page is taken from it and made by the crawl's
own downloader, so that addresses, robots.txt, delay, back-off, size and name are judged in the one place where they
are judged for every other request.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import asynccontextmanager, suppress
from importlib.util import find_spec
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import BaseSettings

from archive.errors import SourceError
from crawler.answers import redirect_target
from crawler.failures import Refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page, Route
    from playwright.async_api import Request as Asked

__all__ = ["Drawer", "NotDrawn", "require_browser"]

NAMES = ("chromium", "chromium-browser", "google-chrome")
ASKED = frozenset({"script", "xhr", "fetch"})
# Of what a page asks with; our name is our own, and nothing of a visitor goes out.
SENT = frozenset({"accept", "origin", "x-requested-with"})
UNTRUE = frozenset({"content-encoding", "content-length", "transfer-encoding", "set-cookie", "alt-svc"})
MAX_REDIRECTS = 5
QUIET_SECONDS = 0.5
GRACE_SECONDS = 5.0  # for what a browser does at once, unless a script holds it
ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",  # also for what no route sees: preconnects, WebRTC, its own services
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)


class NotDrawn(Exception):
    """A page that could not be drawn; the text says why."""


def require_browser(settings: BaseSettings, source: str) -> str:
    """The path of Chromium. Raises SourceError saying what is missing and how to get it."""
    if find_spec("playwright") is None:
        raise SourceError(
            f"{source}: its pages are drawn by a browser, and playwright is not installed; "
            "run `pip install 'on-the-record[browser]'`"
        )
    named = settings["CHROMIUM"]
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        where = f"{named} is no program" if named else "no chromium is on the PATH"
        raise SourceError(f"{source}: its pages are drawn by a browser, and {where}; install one, or set CHROMIUM=PATH")
    return found


class Drawer:
    """Draws pages of one crawl, one at a time; `counts` are those of the run. Each page has a browser profile of its
    own: no cookie outlives it.
    """

    def __init__(self, crawler: Crawler, source: str, counts: Counter[str]) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.executable = require_browser(settings, source)
        self.counts = counts
        self.agent: str = settings["USER_AGENT"]
        self.seconds = settings.getfloat("BROWSER_SECONDS")
        self.max_requests = settings.getint("BROWSER_REQUESTS_MAX")
        self.max_bytes = settings.getint("DOWNLOAD_MAXSIZE")
        self._turn = asyncio.Lock()
        self._driver: Any = None
        self._browser: Browser | None = None

    @classmethod
    def of(cls, crawler: Crawler, source: str, counts: Counter[str]) -> Self:
        """One that is closed with its crawl."""
        drawer = cls(crawler, source, counts)
        crawler.signals.connect(drawer.close, signals.spider_closed)
        return drawer

    async def draw(self, response: Response) -> bytes:
        """The page as it stands once its scripts are done, as HTML in UTF-8.

        Raises NotDrawn where it is not done within BROWSER_SECONDS, is too large, or the browser fails.
        """
        from playwright.async_api import Error

        async with self._turn:
            try:
                async with self._page() as page:
                    drawing = _Drawing(self, page, response)
                    await page.context.route("**/*", drawing.answer)
                    html = await drawing.drawn(self.seconds)
            except Error as error:
                raise NotDrawn(f"the browser failed ({error.message.splitlines()[0][:200]})") from None
        drawn = html.encode("utf-8", errors="replace")
        if len(drawn) > self.max_bytes:
            raise NotDrawn("larger than DOWNLOAD_MAXSIZE when drawn")
        return drawn

    @asynccontextmanager
    async def _page(self) -> AsyncIterator[Page]:
        from playwright.async_api import Error

        browser = await self._launched()
        context = await browser.new_context(user_agent=self.agent, accept_downloads=False, service_workers="block")
        try:
            await context.route_web_socket("**/*", lambda socket: socket.close())
            yield await context.new_page()
        finally:
            try:
                async with asyncio.timeout(GRACE_SECONDS):
                    await context.close()
            except (TimeoutError, Error):
                await self.close()  # a script holds the page: with the browser it ends

    async def _launched(self) -> Browser:
        from playwright.async_api import async_playwright

        if self._browser is None or not self._browser.is_connected():
            self._driver = self._driver or await async_playwright().start()
            self._browser = await self._driver.chromium.launch(
                executable_path=self.executable,
                args=list(ARGUMENTS),
                chromium_sandbox=os.geteuid() != 0,  # Chromium refuses to be its own warden for root
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        return self._browser

    async def close(self) -> None:
        """End the browser."""
        browser, driver, self._browser, self._driver = self._browser, self._driver, None, None
        for ending in (browser and browser.close(), driver and driver.stop()):
            if ending:
                with suppress(Exception):  # a signal to the whole group has ended it before us
                    async with asyncio.timeout(GRACE_SECONDS):
                        await ending


class _Drawing:
    """One page on its way: gives the main document that the crawl has, and asks for what its scripts want."""

    def __init__(self, drawer: Drawer, page: Page, response: Response) -> None:
        self.drawer = drawer
        self.page = page
        self.response = response
        self.begun = False
        self.under_way = 0
        self.stirred = monotonic()
        self.asked = 0
        self.held: list[Route] = []
        self.bytes_left = drawer.max_bytes
        self._turn = asyncio.Lock()

    async def drawn(self, seconds: float) -> str:
        """The page's markup, when nothing is under way any more; a page that asks for ever is taken as it is then."""
        from playwright.async_api import TimeoutError as TookTooLong

        try:
            async with asyncio.timeout(seconds):
                await self.page.goto(self.response.url, wait_until="load", timeout=1000 * seconds)
                # What the last scripts ask for may be told of after the loading that they belong to.
                self.stirred = monotonic()
                await self._quiet()
        except (TimeoutError, TookTooLong):
            if self.under_way or not self.begun:
                raise NotDrawn(f"not done within {seconds:g} seconds (BROWSER_SECONDS)") from None
        try:
            async with asyncio.timeout(GRACE_SECONDS):
                for route in self.held:
                    await route.abort("aborted")
                return str(await self.page.content())
        except TimeoutError:
            raise NotDrawn(f"a script held it for {seconds:g} seconds (BROWSER_SECONDS) and more") from None

    async def _quiet(self) -> None:
        """Wait until the page has asked for nothing and got nothing for a while."""
        while self.under_way or monotonic() - self.stirred < QUIET_SECONDS:
            await asyncio.sleep(QUIET_SECONDS / 5)

    async def answer(self, route: Route) -> None:
        """Answer one request of the page."""
        from playwright.async_api import Error

        with suppress(Error):  # the page, and with it the request, may be gone by now
            if route.request.is_navigation_request():
                await self._navigate(route)
            elif route.request.resource_type == "stylesheet":
                await route.fulfill(status=200, content_type="text/css", body="")  # nothing to look at
            elif self._may_ask(route.request):
                await self._ask(route)
            else:
                await self._refuse(route)

    async def _navigate(self, route: Route) -> None:
        """The main document is there already; frames, and pages that a script would go on to, are not asked for."""
        if route.request.frame != self.page.main_frame:
            await self._refuse(route)
            return
        if self.begun:
            # Left without an answer until the page is drawn: any, an empty one too, stops what it still has to do.
            self.drawer.counts["subresources_refused"] += 1
            self.held.append(route)
            return
        self.begun = True
        await route.fulfill(status=self.response.status, headers=_headers(self.response), body=self.response.body)

    def _may_ask(self, asked: Asked) -> bool:
        wanted = asked.method == "GET" and asked.resource_type in ASKED
        return wanted and self.asked < self.drawer.max_requests and self.bytes_left > 0

    async def _refuse(self, route: Route) -> None:
        self.drawer.counts["subresources_refused"] += 1
        await route.abort("blockedbyclient")

    async def _ask(self, route: Route) -> None:
        self.asked += 1
        self.under_way += 1
        try:
            # One after the other: what waited in a queue would be sent although the host has just asked to wait.
            async with self._turn:
                answer = await self._fetched(route.request)
        except Exception as error:
            refused = isinstance(error, Refused) and error.reason != "put_off"
            self.drawer.counts["subresources_refused" if refused else "subresources_failed"] += 1
            await route.abort("accessdenied" if refused else "failed")
            return
        finally:
            self.under_way -= 1
            self.stirred = monotonic()
        self.bytes_left -= len(answer.body)
        self.drawer.counts["subresources"] += 1
        await route.fulfill(status=answer.status, headers=_headers(answer), body=answer.body)
        self.stirred = monotonic()

    async def _fetched(self, asked: Asked) -> Response:
        headers = {name: value for name, value in (await asked.all_headers()).items() if name in SENT}
        url = asked.url
        for _ in range(MAX_REDIRECTS + 1):
            request = Request(url, headers=headers, callback=NO_CALLBACK, dont_filter=True)
            answer = await self.drawer.crawler.engine.download_async(request)
            target = redirect_target(answer)
            if target is None:
                return answer
            url = target
        raise Refused("redirect_loop", "redirects more often than a page needs")


def _headers(response: Response) -> dict[str, str]:
    return dict(_told(response))


def _told(response: Response) -> Iterator[tuple[str, str]]:
    for name, values in response.headers.items():
        told = name.decode("latin-1")
        if told.lower() not in UNTRUE:
            yield told, ", ".join(value.decode("latin-1") for value in values)
