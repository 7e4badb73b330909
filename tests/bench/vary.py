"""One real page -> many that no two of share a text: sentences permuted, names changed, the markup as it was."""

from __future__ import annotations

import random
import re
from itertools import groupby

from lxml import etree, html

__all__ = ["vary"]

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'“‘])")
CALENDAR = (
    "January|February|March|April|June|July|August|September|October|November|December"
    "|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
)
# A capitalised word within a sentence is a name, but for the calendar's, which dates are made of.
NAME = re.compile(rf"(?<=[a-z,;] )(?!(?:{CALENDAR})\b)[A-Z][a-z]{{3,}}\b")
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
)  # lxml reads them and refuses to write them
HEADINGS = ("title", "h1")
UNTOUCHED = ("style", "noscript", "svg", "template", "textarea")
ONSETS = ["B", "Br", "C", "D", "Dr", "F", "G", "Gr", "H", "K", "L", "M", "P", "Qu", "R", "S", "St", "T", "W"]
MIDDLES = ["a", "e", "i", "o", "u", "ai", "ea", "ie", "ou"]
ENDS = ["ld", "ndra", "rrow", "rmont", "sby", "llen", "ckley", "ving", "zano", "lescu", "nkwo", "tsuda"]


def vary(page: str, seed: int) -> bytes:
    """The page, in UTF-8, with other names and another order of sentences and paragraphs; one seed gives one page."""
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    dice = random.Random(seed)
    for element in tree.iter(etree.Element):
        if element.tag not in UNTOUCHED:
            _vary_element(element, dice, seed)
    for parent in {paragraph.getparent() for paragraph in tree.iter("p")}:
        if parent is not None:
            _shuffle_paragraphs(parent, dice)
    _own_head(tree)
    written: bytes = etree.tostring(tree, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return written


def _vary_element(element: html.HtmlElement, dice: random.Random, seed: int) -> None:
    if element.tag == "script":
        if "json" in element.get("type", ""):
            element.text = _renamed(element.text, seed)
        return
    if element.tag == "meta" and (element.get("property") or element.get("name", "")).endswith(
        ("title", "description")
    ):
        element.set("content", _renamed(element.get("content"), seed) or "")
    mixed = element.tag not in HEADINGS
    element.text = _renamed(_permuted(element.text, dice) if mixed else element.text, seed)
    element.tail = _renamed(_permuted(element.tail, dice), seed)


def _permuted(text: str | None, dice: random.Random) -> str | None:
    sentences = SENTENCE_END.split(text) if text else []
    if len(sentences) < 2:
        return text
    dice.shuffle(sentences)
    return " ".join(sentences)


def _renamed(text: str | None, seed: int) -> str | None:
    return text and NAME.sub(lambda found: _name(found[0], seed), CONTROL.sub("", text))


def _name(original: str, seed: int) -> str:
    dice = random.Random(f"{seed}:{original}")
    return dice.choice(ONSETS) + dice.choice(MIDDLES) + dice.choice(ENDS)


def _shuffle_paragraphs(parent: html.HtmlElement, dice: random.Random) -> None:
    """Runs of neighbouring paragraphs change places; what stands between them stays."""
    for kind, run in groupby(list(parent), key=lambda child: child.tag):
        paragraphs = list(run)
        if kind != "p" or len(paragraphs) < 2:
            continue
        start = parent.index(paragraphs[0])
        dice.shuffle(paragraphs)
        parent[start : start + len(paragraphs)] = paragraphs


def _own_head(tree: html.HtmlElement) -> None:
    """Drop what declares the page to be another's, and declare the encoding that it is now written in."""
    for element in tree.xpath("//link[@rel='canonical']|//meta[@property='og:url']|//base|//meta[@charset]"):
        element.drop_tree()
    for element in tree.xpath("//meta[@http-equiv]"):
        if element.get("http-equiv", "").lower() in ("content-type", "refresh"):
            element.drop_tree()
    head = tree.find("head")
    if head is not None:
        head.insert(0, html.Element("meta", charset="utf-8"))
