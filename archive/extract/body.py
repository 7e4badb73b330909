"""The body of a page: what trafilatura takes for its main text."""

from __future__ import annotations

from lxml import html
from trafilatura import bare_extraction
from trafilatura.settings import Extractor, use_config

__all__ = ["body_text"]


def _options() -> Extractor:
    config = use_config()
    # A mayor's statement can be two lines; the library's own bound is 250 characters.
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "60"
    return Extractor(config=config, output_format="python", fast=True, comments=False, dedup=False)


_OPTIONS = _options()


def body_text(tree: html.HtmlElement) -> str:
    """The main text of a page, a paragraph a line; empty where there is none. `tree` is not changed."""
    document = bare_extraction(tree, options=_OPTIONS)
    return (document.text or "") if document is not None and not isinstance(document, dict) else ""
