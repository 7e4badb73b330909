"""Web pages: one parse, from which the declarations and the body are read."""

from __future__ import annotations

from archive.extract.body import find_body
from archive.extract.declared import read_declared
from archive.extract.furniture import reveal_addresses, strip_furniture
from archive.extract.hints import selected
from archive.extract.language import language_of
from archive.extract.limits import INVISIBLE, bounded
from archive.extract.markup import decode, parse
from archive.extract.titles import title_of
from archive.extract.verdict import verdict
from archive.extract.when import declared_day, modified, shown_day
from archive.records import Extraction, Outcome, Page
from archive.text import clean

__all__ = ["extract_html"]


def extract_html(page: Page) -> Extraction:
    """Title, text, dates, language and byline of one web page."""
    tree = parse(decode(page.payload, page.charset))
    if tree is None:
        return Extraction(outcome=Outcome.EMPTY, reason="the page holds no markup")
    declared = read_declared(tree, page.url)
    title = title_of(tree, declared)
    day = declared_day(tree, declared, captured=page.captured)
    reveal_addresses(tree)
    strip_furniture(tree, selected(tree, page.hints, "remove"))
    body = find_body(tree, title)
    day = day or shown_day(tree, declared, body, url=page.url, captured=page.captured)
    text, truncated = bounded(clean(body.text.translate(INVISIBLE)))
    outcome, reason = verdict(title, text)
    return Extraction(
        outcome=outcome,
        title=title,
        text=text,
        language=language_of(text, declared=declared.language),
        published=day,
        modified=modified(declared, captured=page.captured),
        canonical_url=declared.canonical_url,
        truncated=truncated,
        reason=reason,
    )
