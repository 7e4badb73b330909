"""Files that are the body of a document: its page holds little more than a link to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from urllib.parse import urlsplit

from archive.records import Receipt
from archive.urls import address_of

__all__ = ["Attachments"]


class Attachments:
    """Decides which files are asked for: those of the source's hosts, each once in a run. `counts` are the run's."""

    def __init__(self, hosts: Collection[str], counts: Counter[str]) -> None:
        self.hosts = hosts
        self.counts = counts
        self.asked: set[str] = set()

    def wanted(self, receipt: Receipt) -> str | None:
        """The URL of the file that is the body of a page just committed; None where it has none, or it had its turn."""
        url = receipt.attachment
        if url is None:
            return None
        address = address_of(url)
        if address in self.asked:
            return None
        self.asked.add(address)
        if (urlsplit(url).hostname or "").removeprefix("www.") not in self.hosts:
            self.counts["attachments_elsewhere"] += 1
            return None
        return url
