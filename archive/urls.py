"""Which addresses are one: the canonical form of a URL, and its public id."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit, urlunsplit

from courlan import clean_url
from w3lib.url import canonicalize_url

__all__ = ["address_of", "is_root", "public_id", "record_address", "text_address"]

MAX_LENGTH = 2_000


def address_of(url: str) -> str:
    """The canonical address of a URL: tracking and fragment dropped, query sorted, scheme and `www.` unified.

    http and https of one host, with and without `www.`, are one page in every press room we know; an index file
    and a closing slash are kept as they are, because they do differ.

    Raises ValueError where the URL is no http(s) or urn address or longer than 2,000 characters.
    """
    if url.startswith("urn:"):
        return url
    if len(url) > MAX_LENGTH:
        raise ValueError(f"address longer than {MAX_LENGTH} characters: {url[:80]}...")
    cleaned = clean_url(url) or url
    parts = urlsplit(canonicalize_url(cleaned))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not an http or https address: {url[:200]!r}")
    host = parts.hostname.removeprefix("www.")
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    return urlunsplit(("https", host + port, parts.path or "/", parts.query, ""))


def is_root(address: str) -> bool:
    """Whether a canonical address is a site's home page."""
    parts = urlsplit(address)
    return parts.scheme == "https" and parts.path in ("", "/") and not parts.query


def text_address(text_digest: str) -> str:
    """The address of a text that came without one."""
    return f"urn:sha256:{text_digest}"


def record_address(source: str, record: str) -> str:
    """The address of an ingested record that came with an id and without a URL."""
    return f"urn:record:{source}:{record}"


def public_id(source: str, first_address: str) -> str:
    """A document's public id, 20 hexadecimal digits: the digest of its source and first canonical address."""
    return hashlib.sha256(f"{source}\n{first_address}".encode()).hexdigest()[:20]
