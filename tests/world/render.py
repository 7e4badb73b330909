"""A view and one visit's furniture -> the bytes of a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from tests.world.furniture import Furniture
from tests.world.sites import CMS, Site, View

__all__ = ["environment", "render"]


def render(site: Site, view: View, furniture: Furniture, base: str) -> bytes:
    """The page at `base`, the site's own address without a closing slash."""
    values = {
        "site": site,
        "visit": furniture,
        "base": base,
        "address": CMS[site.cms].address,
        "markdown": _markdown(site),
    }
    return environment().get_template(view.template).render(values | dict(view.values)).encode()


@cache
def environment() -> Environment:
    """The templates, with the filters that they use."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"rfc822": format_datetime, "iso": datetime.isoformat, "long": _long}
    return made


def _long(moment: datetime) -> str:
    return f"{moment:%B} {moment.day}, {moment.year}"


def _markdown(site: Site) -> Callable[[str], Markup]:
    """Markdown -> HTML; with typographic quotation marks and dashes where the site's editor makes them."""
    parser = MarkdownIt("commonmark", {"typographer": site.typographer}).enable(["smartquotes", "replacements"])
    return lambda text: Markup(parser.render(text))
