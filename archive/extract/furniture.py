"""What a page carries beside its words: scripts, menus, hidden layers, protected addresses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import islice

from lxml import html
from lxml.etree import XPath, strip_elements

from archive.extract.blocks import Block

__all__ = ["is_furniture", "is_pointer", "reveal_addresses", "strip_furniture"]

_SILENT = """
    script style noscript template svg iframe object embed canvas audio video picture map input select textarea button
    datalist option link source track param dialog
"""
_NEVER_TEXT = tuple(_SILENT.split())
_HIDDEN_CLASSES = (
    "rollover-",
    "popover",
    "tooltip",
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "element-invisible",
    "screen-reader",
)
_HIDDEN = XPath(
    "//@hidden/.. | //@style[contains(., 'display:none') or contains(., 'display: none')]/.. | //@class["
    + " or ".join(f"contains(., '{name}')" for name in _HIDDEN_CLASSES)
    + "]/.."
)
_PROTECTED = XPath("//@data-cfemail/.. | //a/@href[contains(., '/cdn-cgi/l/email-protection#')]/..")
_HEXADECIMAL = re.compile(r"(?:[0-9a-fA-F]{2}){3,200}")


def reveal_addresses(tree: html.HtmlElement) -> None:
    """Put the real e-mail addresses where Cloudflare shows `[email protected]`; their code changes at every visit."""
    for element in _PROTECTED(tree):
        code = element.get("data-cfemail") or (element.get("href") or "").partition("#")[2]
        address = _decoded(code)
        if address and element.find(".//*[@data-cfemail]") is None:
            for child in list(element):
                element.remove(child)
            element.text = address
            element.attrib.pop("data-cfemail", None)


def _decoded(code: str) -> str | None:
    if not _HEXADECIMAL.fullmatch(code):
        return None
    key, *rest = bytes.fromhex(code)
    try:
        return bytes(byte ^ key for byte in rest).decode()
    except UnicodeDecodeError:
        return None


_NAMED = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|related|recommend\w*|promo\w*|newsletter|sign-?up|subscri\w+|tags?|taglist|"
    r"breadcrumbs?|byline|author|caption|credit|comments?|advert\w*|ads?|sponsor\w*|rail|sidebar|widget|toolbar|"
    r"menu|nav\w*|footer|read-?more|more-?on|most-?\w+|trending|latest|popular|teaser|hidden|hide|"
    r"modal|no-?print|today\w*|current-?date|clock|weather|(?:page)?view-?count\w*|counter|cookie\S*|consent|meta|"
    r"timestamp|jump)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FRAMING = re.compile(
    r"(?:^|[\s_])(?:site|page|global|main|bottom)?[_-]?(?:footer\w*|nav|navbar|navigation|menu|breadcrumbs?|copyright|contentinfo|"
    r"today\w*|current-?date|cookie[\w-]*|newsletter[\w-]*|share[\w-]*|social[\w-]*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_POINTING = re.compile(r"(?:related|read(?: more)?|more|see also|watch|click here)\b", re.IGNORECASE)
# An aside or menu that was never closed swallows the page.
_SWALLOWING = XPath("//*[self::aside or self::nav or self::footer or self::figure][.//article or .//h1]")
_MENUS = XPath("//nav[not(.//p or .//h1 or .//article)]")


def strip_furniture(tree: html.HtmlElement, remove: Iterable[html.HtmlElement] = ()) -> None:
    """Drop scripts, controls and hidden layers, and the elements to `remove`; the text after each stays."""
    strip_elements(tree, *_NEVER_TEXT, with_tail=False)
    for element in _SWALLOWING(tree):
        element.tag = "div"
    for element in (*_MENUS(tree), *_HIDDEN(tree), *remove):
        # A page that hides its whole body until a script has run is not hidden to a reader.
        if element.getparent() is not None and element.tag not in ("html", "body", "main", "article"):
            element.drop_tree()


def is_furniture(element: html.HtmlElement, *, frames: int = 3, within: Collection[html.HtmlElement] = ()) -> bool:
    """Whether the class or id of an element, or of so many around it, names a share bar, a teaser, an advert...

    The elements it stands `within`, and what is around those, are not looked at.
    """
    for each in (element, *islice(element.iterancestors(), frames)):
        if each.tag == "blockquote" or each in within:
            return False
        if _NAMED.search(f"{each.get('class') or ''} {each.get('id') or ''}"):
            # A quoted post stands in a frame named after the network it comes from.
            return next(element.iterancestors("blockquote"), None) is None
    return False


def is_pointer(block: Block) -> bool:
    """Whether a block is a link to another page set between paragraphs: in capitals, or "Related: ..."."""
    return block.linked > 0.9 and (block.text.isupper() or bool(_POINTING.match(block.text)))


def frame_of(
    element: html.HtmlElement, known: dict[html.HtmlElement, html.HtmlElement | None]
) -> html.HtmlElement | None:
    """The outermost element around this one that is named a footer, menu or the like; `known` remembers answers."""
    if element not in known:
        parent = element.getparent()
        around = frame_of(parent, known) if parent is not None and parent.tag != "body" else None
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
        known[element] = around if around is not None else element if _FRAMING.search(names) else None
    return known[element]
