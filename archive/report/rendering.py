"""A report as HTML: escaped throughout, allowed no script and no network, the same bytes for the same report."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from archive.errors import StorageError
from archive.extract import EXTRACTOR
from archive.query import Carrier, Change
from archive.report.gathering import Report
from archive.report.passages import excerpt

__all__ = ["render", "write"]

PAGE = "index.html"
QUOTED = 80  # words of a statement that are shown
MARKS = {"insert": "ins", "delete": "del"}
# Words that turn the direction of writing or drive a terminal: pages are strangers' words.
_DRIVING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def write(report: Report, folder: Path) -> Path:
    """Write the page into a folder, which is made where it is missing; the file's path.

    Raises StorageError where the folder cannot be written to.
    """
    page, part = folder / PAGE, folder / f"{PAGE}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_text(render(report), encoding="utf-8")
        part.replace(page)
    except OSError as error:
        raise StorageError(f"{page}: {error.strerror}; choose a folder you can write to") from None
    return page


def render(report: Report) -> str:
    """The page as text."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("report.html")
        .render(
            report=report,
            style=Markup(style),  # noqa: S704 - our own file, and the digest allows this text alone
            style_digest=digest,
            software=version("on-the-record"),
            extractor=EXTRACTOR,
        )
    )


@cache
def _style() -> str:
    return (Path(__file__).parent / "templates" / "report.css").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("archive.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=_plain,
    )  # fmt: skip
    environment.filters |= {
        "day": _day, "minute": _minute, "office": _office, "place": _place, "marked": _marked, "number": _number,
        "excerpt": lambda text: excerpt(text, QUOTED), "quoted": _quoted, "of": _of, "noun": _noun,
    }  # fmt: skip
    environment.tests["address"] = lambda url: str(url).startswith(("https://", "http://"))
    return environment


def _plain(value: object) -> object:
    return _DRIVING.sub("", value) if type(value) is str else value


def _day(at: date) -> str:
    return f"{at.day} {at:%B %Y}"


def _minute(at: datetime) -> str:
    local = at.astimezone(UTC)
    return f"{local.day} {local:%B %Y, %H:%M} UTC"


def _number(value: int) -> str:
    return f"{value:,}"


def _noun(value: int, one: str, many: str | None = None) -> str:
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def _office(name: str | None) -> str:
    return (name or "").replace("_", " ")


def _place(division: str | None) -> str:
    """The last part of an Open Civic Data id, as people write it, for places that have no name of their own."""
    last = (division or "").rsplit("/", 1)[-1].partition(":")[2]
    return last.upper() if len(last) == 2 else last.replace("_", " ").title()


def _quoted(words: str) -> str:
    """Quoted words without the comma that led on to their speaker."""
    return excerpt(words.rstrip(" ,"), QUOTED)


def _of(carriers: Iterable[Carrier], statement: str) -> list[Carrier]:
    return [each for each in carriers if each.statement == statement]


def _marked(changes: Iterable[Change]) -> Markup:
    """A passage with what was deleted and put in marked as such."""
    parts = []
    for change in changes:
        text = str(_plain(change.text))
        tag = MARKS.get(change.operation)
        parts.append(Markup("<{0}>{1}</{0}>").format(Markup(tag), text) if tag else Markup("{}").format(text))  # noqa: S704
    return Markup("").join(parts)
