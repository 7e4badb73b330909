"""Only http and https, and only public addresses: neither a listing nor a redirect may lead into our own network."""

from __future__ import annotations

import unicodedata
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError

from crawler.failures import Refused
from crawler.middlewares.addresses import is_public, literal_address
from crawler.middlewares.resolver import refused_names

__all__ = ["SafetyMiddleware"]

LOCAL_NAMES = ("localhost", "local", "internal", "localdomain", "home.arpa")


class SafetyMiddleware:
    """Refuses a request by its address; a name's answers are the resolver's to judge."""

    def __init__(self, *, allow_private: bool) -> None:
        self.allow_private = allow_private

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read ALLOW_PRIVATE_ADDRESSES."""
        return cls(allow_private=crawler.settings.getbool("ALLOW_PRIVATE_ADDRESSES"))

    def process_request(self, request: Request) -> None:
        """Raise Refused for another scheme, a local name or the spelling of a private address."""
        try:
            parts = urlsplit(request.url)
            host = unicodedata.normalize("NFKC", parts.hostname or "").rstrip(".")
        except ValueError:
            raise Refused("refused_address", "not an address") from None
        if parts.scheme not in ("http", "https") or not host:
            raise Refused("refused_address", "neither http nor https")
        if self.allow_private:
            return
        literal = literal_address(host)
        if literal is None and not host.endswith(tuple(f".{name}" for name in LOCAL_NAMES)) and host not in LOCAL_NAMES:
            return
        if literal is None or not is_public(literal):
            raise Refused("refused_address", f"{host} is a private address; nothing was asked of it")

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell a name that the resolver refused from one that has no address."""
        host = urlsplit(request.url).hostname or ""
        if isinstance(exception, CannotResolveHostError) and host in refused_names:
            raise Refused("refused_address", f"{host} has a private address; nothing was asked of it") from exception
