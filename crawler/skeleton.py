"""A page without its words: markup, links and dates stay, every word becomes an invented one.

So a page that shows how a site is built can be kept as a test, and nobody's text with it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from lxml import etree, html
from w3lib.encoding import html_to_unicode

__all__ = ["skeleton"]

SYLLABLES = (
    "ba",
    "do",
    "fe",
    "gi",
    "ha",
    "ju",
    "ka",
    "lo",
    "mi",
    "na",
    "po",
    "qua",
    "re",
    "si",
    "ta",
    "vu",
    "we",
    "zo",
)
WORD = re.compile(r"[^\W\d_]+")
NUMBER = re.compile(r"\d+")
DATES = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|"
    r"diciembre)\.?\s+(?:de\s+)?\d{1,2},?(?:\s+(?:de\s+)?\d{4})?|\d{4}-\d{2}-\d{2}(?:T[\d:.+-]+Z?)?|"
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}:\d{2}(?::\d{2})?|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:mon|tue|wed|thu|fri|sat|sun),",
    re.IGNORECASE,
)
# What tells of the system and of the kind of a page, and of nobody's words.
KEPT_IN_PATHS = frozenset(
    """news newsroom press media release releases statement statements article articles node feed rss page pages index
    default category tag wp content sites files civicalerts aspx home components html htm php asp xml json jsp cfm
    detail view display list archive blog mayor governor office city en es pdf""".split()  # noqa: SIM905
)
WORDED = ("alt", "title", "aria-label", "placeholder", "value", "summary", "label")
ADDRESSED = ("href", "src", "action", "data-src", "data-href", "cite", "poster", "longdesc", "background")
GONE = ("script", "style", "noscript", "svg", "iframe", "object", "template")
KEPT_META = frozenset({"viewport", "generator", "robots", "referrer"})


def skeleton(payload: bytes, url: str | None = None) -> bytes:
    """The page as UTF-8 with its words replaced; the same page gives the same skeleton, another page other words.

    Raises ValueError for what is no HTML.
    """
    text = html_to_unicode("text/html", payload, default_encoding="utf-8")[1] or ""
    maker = _Maker(hashlib.sha256(payload).digest(), urlsplit(url or "").hostname)
    try:
        root = html.document_fromstring(text.replace("\x00", ""))
    except etree.LxmlError as error:
        raise ValueError(f"not an HTML page: {error}") from None
    etree.strip_elements(root, *GONE, with_tail=False)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for element in root.iter():
        _replace(element, maker)
    made: bytes = html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")
    return made


def _replace(element: html.HtmlElement, maker: _Maker) -> None:
    element.text = maker.text(element.text)
    element.tail = maker.text(element.tail)
    for name in list(element.attrib):
        if name.startswith(("on", "data-")) or name in ("style", "srcset", "integrity", "nonce"):
            del element.attrib[name]
    for name, change in (*((name, maker.text) for name in WORDED), *((name, maker.address) for name in ADDRESSED)):
        if element.get(name):
            element.set(name, change(element.get(name)) or "")
    if element.tag == "meta" and element.get("content") and (element.get("name") or "").lower() not in KEPT_META:
        content = element.get("content")
        element.set("content", (maker.address if content.startswith(("http", "/")) else maker.text)(content) or "")


class _Maker:
    """Invents words, the same for the same word within one page."""

    def __init__(self, salt: bytes, host: str | None) -> None:
        self.salt = salt
        self.host = host

    def text(self, text: str | None) -> str | None:
        """A text with its words and numbers replaced, its dates kept."""
        if not text or text.isspace():
            return text
        told, last = [], 0
        for date in DATES.finditer(text):
            told += [self._words(text[last : date.start()]), date.group()]
            last = date.end()
        return "".join([*told, self._words(text[last:])])

    def address(self, address: str) -> str:
        """An address of the same shape on an invented host."""
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            return "#"
        if parts.scheme in ("mailto", "tel", "javascript", "data"):
            return f"{parts.scheme}:"
        path = WORD.sub(self._in_path, parts.path)
        query = re.sub(r"=([^&]*)", lambda found: f"={self._words(found[1])}", parts.query)
        host = self._host(parts.hostname) if parts.netloc else ""
        return urlunsplit((parts.scheme, host, path, query, ""))

    def _in_path(self, found: re.Match[str]) -> str:
        word = found.group()
        return word if word.lower() in KEPT_IN_PATHS else self._word(word)

    def _host(self, host: str | None) -> str:
        own = self.host and host and host.removeprefix("www.") == self.host.removeprefix("www.")
        www = "www." if host and host.startswith("www.") else ""
        return f"{www}{'skeleton' if own else self._word((host or 'x').lower())}.example"

    def _words(self, text: str) -> str:
        return NUMBER.sub(self._number, WORD.sub(lambda found: self._word(found.group()), text))

    def _word(self, word: str) -> str:
        digest = self._digest(word.lower())
        made = "".join(SYLLABLES[byte % len(SYLLABLES)] for byte in digest)[: max(len(word), 2)]
        shape: Callable[[str], str] = str.upper if len(word) > 1 and word.isupper() else str
        return made.capitalize() if word[:1].isupper() and not word.isupper() else shape(made)

    def _number(self, found: re.Match[str]) -> str:
        digest = self._digest(found.group())
        return "".join(str(digest[place % len(digest)] % 10) for place in range(len(found.group())))

    def _digest(self, said: str) -> bytes:
        return hashlib.sha256(self.salt + said.encode("utf-8", "replace")).digest()
