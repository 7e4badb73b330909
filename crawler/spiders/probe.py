"""An address that nobody has: what a site answers to it is what it answers where there is nothing."""

from __future__ import annotations

import posixpath
import re
import secrets
from urllib.parse import urlsplit, urlunsplit

__all__ = ["nowhere"]

NUMBER = re.compile(r"\d+")
TOKEN_BYTES = 8


def nowhere(document: str) -> str:
    """The address of a document with its name replaced by a random one of the same shape.

    https://a.example/news/2026/ferry-runs.html      https://a.example/news/2026/6f0c2f9a41d8e37b.html
    https://a.example/CivicAlerts.aspx?AID=341       https://a.example/CivicAlerts.aspx?AID=981237465
    """
    parts = urlsplit(document)
    if NUMBER.search(parts.query):
        absent = str(secrets.randbelow(10**9 - 10**8) + 10**8)
        return urlunsplit(parts._replace(query=NUMBER.sub(absent, parts.query), fragment=""))
    folder, name = posixpath.split(parts.path.rstrip("/"))
    ending = posixpath.splitext(name)[1]
    closing = "/" if parts.path.endswith("/") else ""
    path = f"{folder.rstrip('/')}/{secrets.token_hex(TOKEN_BYTES)}{ending}{closing}"
    return urlunsplit(parts._replace(path=path, query="", fragment=""))
