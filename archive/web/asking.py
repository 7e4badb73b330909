"""What an address asks for: the search form's parameters as words and filters, the same for pages, JSON, CSV and Atom.

q              words, in the query language of `archive.fulltext`
in             `statements` (the default) or `documents`
speaker        a part of a name, or an id           kind           direct, fragment, indirect or whole
office         the speaker's, or a document's source's
jurisdiction   a division id; those within it count too
source         a source's id                        document_kind  press_release, article or transcript
since, until   inclusive days, as 2026-03-04        page           from 1 on
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from archive.errors import UsageError
from archive.query import Filters

__all__ = ["CHOICES", "LAST_PAGE", "PARAMETERS", "Asking", "asked", "days_asked", "written"]

CHOICES = {
    "in": ("statements", "documents"),
    "kind": ("direct", "fragment", "indirect", "whole"),
    "document_kind": ("press_release", "article", "transcript"),
}
# Each parameter with what it means, for people who write programs too.
PARAMETERS = {
    "q": 'words: all of them, "words in a row", tax OR levy, -not, begin*',
    "in": "what is searched",
    "speaker": "a part of a speaker's name, or a speaker's id",
    "kind": "how the words are given",
    "office": "the office of the speaker that day, or of the document's source",
    "jurisdiction": "an Open Civic Data division id; divisions within it count too",
    "source": "a source's id",
    "document_kind": "the kind of document",
    "since": "on this day or later",
    "until": "on this day or earlier",
    "page": "which page of the answer, from 1 on",
}
LONGEST = 1_000  # characters of a parameter
LAST_PAGE = 500
# What mailers and networks append to links that people share.
TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One question: `words` as written, the filters of documents, and what is asked of speakers and kinds."""

    words: str = ""
    filters: Filters = field(default_factory=Filters)
    speaker: str | None = None
    kind: str | None = None
    where: str = "statements"
    page: int = 1

    @property
    def given(self) -> dict[str, str]:
        """The parameters that ask this, without the page; only those that say something."""
        f = self.filters
        values: dict[str, Any] = {
            "q": self.words, "in": self.where if self.where != "statements" else None, "speaker": self.speaker,
            "kind": self.kind, "office": f.office, "jurisdiction": f.jurisdiction, "source": f.source,
            "document_kind": f.document_kind, "since": f.since, "until": f.until,
        }  # fmt: skip
        return {name: str(value) for name, value in values.items() if value}

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words and where is asked."""
        return bool(self.given.keys() - {"q", "in"})

    def address(self, path: str = "/search", /, **changed: Any) -> str:
        """The address that asks this, with some parameters changed; None takes one away."""
        wanted = {name: value for name, value in {**self.given, **changed}.items() if value not in (None, "")}
        return f"{path}?{urlencode(wanted)}" if wanted else path

    def on_page(self, page: int) -> Asking:
        """The same question, another page."""
        return replace(self, page=page)


def asked(parameters: QueryParams, *, also: tuple[str, ...] = ()) -> Asking:
    """Read the parameters of an address; `also` names those that the caller reads by itself.

    Raises UsageError, in one sentence, for whatever is misspelt, given twice or out of range.
    """
    given = written(parameters, (*PARAMETERS, *also))
    for name, allowed in CHOICES.items():
        if name in given and given[name] not in allowed:
            raise UsageError(f"`{name}` is one of {', '.join(allowed)}, not {given[name]!r}")
    since, until = _day(given, "since"), _day(given, "until")
    if since and until and until < since:
        raise UsageError(f"no day lies between {since} and {until}: `until` comes before `since`")
    return Asking(
        words=given.get("q", ""),
        filters=Filters(
            source=given.get("source"), jurisdiction=given.get("jurisdiction"), office=given.get("office"),
            document_kind=given.get("document_kind"), since=since, until=until,
        ),
        speaker=given.get("speaker"),
        kind=given.get("kind"),
        where=given.get("in", "statements"),
        page=_page(given),
    )  # fmt: skip


def days_asked(parameters: QueryParams, own: str) -> Filters:
    """The days for which a speaker's or place's page is asked; `own` may say once more whose page it is."""
    return asked(QueryParams(written(parameters, ("since", "until", own)))).filters


def written(parameters: QueryParams, known: Collection[str]) -> dict[str, str]:
    """The parameters that say something, cleaned.

    Raises UsageError for one that is not known, is given twice or is too long.
    """
    found: dict[str, str] = {}
    for name, value in parameters.multi_items():
        if name.startswith(TRACKING):
            continue
        if name not in known:
            raise UsageError(f"there is no parameter {name[:40]!r}; {_hint(name, known)}")
        if name in found:
            raise UsageError(f"the parameter `{name}` is given twice; give it once")
        found[name] = _clean(name, value)
    return {name: value for name, value in found.items() if value}


def _hint(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    if len(known) < 2:
        return "".join(f"there is `{only}`" for only in known) or "none is taken here"
    return f"there are {', '.join(known)}"


def _clean(name: str, value: str) -> str:
    if len(value) > LONGEST:
        raise UsageError(f"`{name}` is longer than {LONGEST} characters; shorten it")
    # PostgreSQL takes no NUL, nothing takes half of a surrogate pair.
    kept = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in value)
    return kept.strip()


def _day(given: Mapping[str, str], name: str) -> date | None:
    if name not in given:
        return None
    try:
        day = date.fromisoformat(given[name])
        # Python reads 20260304 and 2026-W10-3 too.
        if day.isoformat() != given[name]:
            raise ValueError
        return day
    except ValueError:
        raise UsageError(f"`{name}` is a day written as 2026-03-04, not {given[name]!r}") from None


def _page(given: Mapping[str, str]) -> int:
    written = given.get("page", "1")
    if not (written.isascii() and written.isdigit() and 1 <= int(written) <= LAST_PAGE):
        raise UsageError(f"`page` is a number from 1 to {LAST_PAGE}, not {written[:40]!r}; narrow the search by dates")
    return int(written)
