"""A resolver that answers with public addresses only, and with the same ones for as long as the process lives."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from crawler.middlewares.addresses import is_public

__all__ = ["PublicResolver", "refused_names"]

# Twisted tells "no such name" and "refused" alike; the safety middleware tells them apart by this.
refused_names: set[str] = set()


class PublicResolver(CachingHostnameResolver):
    """Scrapy's caching resolver, which never asks twice for a name: a second answer cannot rebind it."""

    allow_private: bool

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Read ALLOW_PRIVATE_ADDRESSES; the cache holds 10,000 names."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.allow_private = crawler.settings.getbool("ALLOW_PRIVATE_ADDRESSES")
        return resolver

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Resolve a name; one private answer among several refuses all of them."""
        receiver: Any = resolutionReceiver
        if not self.allow_private:
            receiver = _PublicOnly(receiver, hostName)
        return super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Holds the answers back until all are known to be public."""

    def __init__(self, receiver: Any, name: str) -> None:
        self.receiver = receiver
        self.name = name
        self.addresses: list[Any] = []

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        if all(is_public(ipaddress.ip_address(address.host.partition("%")[0])) for address in self.addresses):
            for address in self.addresses:
                self.receiver.addressResolved(address)
        else:
            refused_names.add(self.name)
        self.receiver.resolutionComplete()
