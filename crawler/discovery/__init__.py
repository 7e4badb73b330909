"""How documents are found: one pure function per strategy, from the bytes of a listing to what to ask for.

No network, disk or clock: what a page shows is a function of its bytes, its address and the catalog's options.
Runs in the archive's worker processes, so that the reactor never parses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from archive.errors import SourceError
from archive.records import Listing
from crawler.discovery.aem import discover_aem
from crawler.discovery.civicplus import discover_civicplus
from crawler.discovery.drupal import discover_drupal
from crawler.discovery.embedded import discover_embedded
from crawler.discovery.feed import discover_feed
from crawler.discovery.govdelivery import discover_govdelivery
from crawler.discovery.granicus import discover_granicus
from crawler.discovery.listing import discover_listing
from crawler.discovery.opencities import discover_opencities
from crawler.discovery.page import ListingPage
from crawler.discovery.sharepoint import discover_sharepoint
from crawler.discovery.sitecore import discover_sitecore
from crawler.discovery.sitemap import discover_sitemap
from crawler.discovery.wordpress import discover_wordpress

__all__ = ["STRATEGIES", "discover"]

STRATEGIES: Mapping[str, Callable[[ListingPage], Listing]] = {
    "listing": discover_listing,
    "feed": discover_feed,
    "sitemap": discover_sitemap,
    "embedded": discover_embedded,
    "wordpress": discover_wordpress,
    "drupal": discover_drupal,
    "civicplus": discover_civicplus,
    "granicus": discover_granicus,
    "opencities": discover_opencities,
    "aem": discover_aem,
    "sharepoint": discover_sharepoint,
    "sitecore": discover_sitecore,
    "govdelivery": discover_govdelivery,
}


def discover(
    strategy: str,
    payload: bytes,
    *,
    url: str,
    media_type: str | None = None,
    charset: str | None = None,
    options: Mapping[str, Any],
    hosts: Iterable[str] = (),
) -> Listing:
    """Read one listing. `hosts` (without `www.`) are those that documents may stand on; none given: any.

    Raises SourceError where the answer is not what the strategy reads; the text names the address.
    """
    page = ListingPage(
        payload=payload, url=url, media_type=media_type, charset=charset, options=options, hosts=frozenset(hosts)
    )
    try:
        return STRATEGIES[strategy](page)
    except (ValueError, TypeError, AssertionError) as error:
        raise SourceError(f"{url}: cannot be read as {strategy} ({error}); look at the source's options") from error
