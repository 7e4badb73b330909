"""Web pages: one parse, from which the declarations and the body are read."""

from __future__ import annotations

from archive.extract.body import body_text
from archive.extract.declared import read_declared
from archive.extract.language import language_of
from archive.extract.limits import bounded
from archive.extract.markup import decode, parse
from archive.extract.titles import title_of
from archive.extract.verdict import verdict
from archive.records import Extraction, Outcome, Page
from archive.text import clean

__all__ = ["extract_html"]


def extract_html(page: Page) -> Extraction:
    """Title, text, dates, language and byline of one web page."""
    tree = parse(decode(page.payload, page.charset))
    if tree is None:
        return Extraction(outcome=Outcome.EMPTY, reason="the page holds no markup")
    declared = read_declared(tree)
    text, truncated = bounded(clean(body_text(tree)))
    title = title_of(tree, declared)
    outcome, reason = verdict(title, text)
    return Extraction(
        outcome=outcome,
        title=title,
        text=text,
        language=language_of(text, declared=declared.language),
        canonical_url=declared.canonical_url,
        truncated=truncated,
        reason=reason,
    )
