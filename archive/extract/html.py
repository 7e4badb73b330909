"""Web pages: one parse, from which the declarations and the body are read."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import html

from archive.extract.attachment import attachment_of, links_to_files
from archive.extract.body import Body, blocks_within, find_body
from archive.extract.declared import Declared, read_declared
from archive.extract.furniture import reveal_addresses, strip_furniture
from archive.extract.hints import selected
from archive.extract.language import language_of
from archive.extract.limits import INVISIBLE, bounded
from archive.extract.markup import decode, parse
from archive.extract.shown import shown_day
from archive.extract.titles import headings_of, title_of
from archive.extract.verdict import Looks, verdict
from archive.extract.when import declared_day, hinted_day, modified
from archive.records import DateClaim, Extraction, Outcome, Page
from archive.text import clean

__all__ = ["extract_html"]

LINKS = 0.5  # share of link text from which a block leads elsewhere
RESCUED = 2  # times as long as the body found must a declared body be to take its place


def extract_html(page: Page) -> Extraction:
    """Title, text, dates, language and byline of one web page."""
    source = decode(page.payload, page.charset)
    tree = parse(source)
    if tree is None:
        return Extraction(outcome=Outcome.EMPTY, reason="the page is empty")
    read = _read(page, tree)
    looks = Looks(
        headings=read.headings,
        text=read.text,
        own=read.own,
        whole=read.whole,
        source=source,
        headers=page.headers,
        dated=read.published is not None,
    )
    outcome, reason = verdict(looks)
    text, truncated = bounded(read.text)
    return Extraction(
        outcome=outcome,
        title=read.title,
        text=text if outcome is Outcome.TEXT else "",
        language=language_of(text, declared=read.declared.language),
        byline=read.declared.byline,
        published=read.published,
        modified=modified(read.declared, captured=page.captured),
        site_name=read.declared.site_name,
        canonical_url=read.declared.canonical_url,
        truncated=truncated,
        attachment=attachment_of(read.files, text, read.title) if outcome in (Outcome.TEXT, Outcome.EMPTY) else None,
        reason=reason,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    declared: Declared
    title: str | None
    headings: tuple[str, ...]
    text: str
    own: str
    whole: str
    published: DateClaim | None
    files: dict[str, str]


def _read(page: Page, tree: html.HtmlElement) -> _Read:
    # The order matters: declarations stand in scripts and metas, which are stripped before the body is looked for.
    declared = read_declared(tree, page.url)
    title = title_of(tree, declared, _hinted(tree, page, "title"))
    headings = headings_of(tree)
    day = hinted_day(_hinted(tree, page, "date"), captured=page.captured)
    day = day or declared_day(tree, declared, captured=page.captured)
    files = links_to_files(tree, page.url)
    reveal_addresses(tree)
    strip_furniture(tree, selected(tree, page.hints, "remove"))
    chosen = selected(tree, page.hints, "body")
    body = blocks_within(chosen) if chosen else find_body(tree, title)
    day = day or shown_day(tree, declared, body, url=page.url, captured=page.captured)
    return _Read(
        declared=declared,
        title=title,
        headings=headings,
        text=clean(_or_declared(body, declared).translate(INVISIBLE)),
        own=_own(body),
        whole=" ".join(block.text for block in body.blocks),
        published=day,
        files=files,
    )


def _hinted(tree: html.HtmlElement, page: Page, key: str) -> str | None:
    elements = selected(tree, page.hints, key)
    written = (
        " ".join((each.get("datetime") or each.get("content") or each.text_content()).split()) for each in elements
    )
    return next((clean(text) for text in written if text), None)


def _own(body: Body) -> str:
    """The lines of the body that lead nowhere else."""
    if body.places:
        return clean("\n".join(body.blocks[each].text for each in body.places if body.blocks[each].linked < LINKS))
    links = " ".join(block.text for block in body.blocks if block.linked >= LINKS)
    return clean("\n".join(line for line in body.text.split("\n") if line.strip() not in links))


def _or_declared(body: Body, declared: Declared) -> str:
    """The body found, or the one that JSON-LD declares where a script would have put it into the page."""
    text = declared.body
    return text if len(text) > RESCUED * len(body.text) else body.text
