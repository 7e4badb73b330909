"""The PDF that is the body of a page: a release which holds little more than a link to one."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import html
from lxml.etree import XPath

from archive.extract.furniture import is_furniture
from archive.text import words

__all__ = ["attachment_of", "links_to_files"]

# Of the page's own words beside title and link: more is a text of its own, of which the file is a supplement.
MOST_WORDS = 30
# Somebody is quoted: the page itself says something, however short.
SAID = re.compile('["\u201c\u201d\u00ab\u00bb]')
_LINKS = XPath("//a[@href] | //embed[@src] | //object[@data] | //iframe[@src]")
_FRAME = XPath(
    "boolean(ancestor::nav | ancestor::header[not(ancestor::article or ancestor::main)] | ancestor::footer"
    " | ancestor::aside)"
)


def links_to_files(tree: html.HtmlElement, url: str | None) -> dict[str, str]:
    """The PDF files that a page leads to or shows outside of its menus, each with the words of its link.

    To be called before scripts and embedded objects are stripped from the tree.
    """
    found: dict[str, str] = {}
    for element in _LINKS(tree):
        target = element.get("href") or element.get("src") or element.get("data") or ""
        if not _is_file(element, target) or _FRAME(element) or _within_furniture(element):
            continue
        try:
            address = urldefrag(urljoin(url or "", target.strip())).url
        except ValueError:
            continue
        if address.startswith(("http://", "https://")):
            found.setdefault(address, " ".join(element.text_content().split()))
    return found


def _is_file(element: html.HtmlElement, target: str) -> bool:
    if (element.get("type") or "").lower() == "application/pdf":
        return True
    try:
        return urlsplit(target).path.lower().endswith(".pdf")
    except ValueError:
        return False


def _within_furniture(element: html.HtmlElement) -> bool:
    return any(is_furniture(each) for each in element.iterancestors() if each.tag not in ("body", "html"))


def attachment_of(files: dict[str, str], text: str, title: str | None) -> str | None:
    """The one file of a page whose text says little beside it; None where there are several, or a text of its own."""
    if len(files) != 1 or SAID.search(text):
        return None
    ((url, link),) = files.items()
    own = len(words(text)) - len(words(link)) - (len(words(title)) if title and title in text else 0)
    return url if own <= MOST_WORDS else None
