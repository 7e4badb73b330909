"""Keyword dictionaries: tags with the words that give them, compared as searches compare words. Pure.

    name = "housing"
    version = "2026-03"
    language = "en"            # for people; nothing is left out by it
    licence = "CC0-1.0"

    [tags]
    rent = ["rent", "rents", "rent control", "landlord*", "-rent a car"]

A pattern is a word, words in a row, the beginning* of one (or of the last of several), or one of these with a hyphen
before it: a text has the tag that has one of the patterns and none of those with a hyphen.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from archive.errors import UsageError
from archive.fulltext import Term, parse
from archive.phrases import Folded, occurs
from archive.text import digest

__all__ = ["Dictionary", "Tag", "read_dictionary"]

KEYS = ("name", "version", "language", "licence", "description", "tags")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,79}")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: any of these terms gives it, and none of the others may be there."""

    name: str
    terms: tuple[Term, ...]
    barred: tuple[Term, ...]

    def fits(self, text: Folded) -> bool:
        """Whether a text has the tag."""
        given = any(occurs(term, text) for term in self.terms)
        return given and not any(occurs(term, text) for term in self.barred)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictionary:
    """A dictionary as its file has it; `digest` is the sha256 of the file's text."""

    name: str
    version: str
    language: str | None
    licence: str | None
    description: str | None
    tags: tuple[Tag, ...]
    text: str
    digest: str

    def tags_of(self, text: Folded) -> list[str]:
        """The names of the tags that a text has, in the order of the file."""
        return [tag.name for tag in self.tags if tag.fits(text)]


@lru_cache(maxsize=32)
def read_dictionary(text: str, where: str = "the dictionary") -> Dictionary:
    """Read a dictionary. Raises UsageError naming `where` and the key that is wrong."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{where}: not a dictionary in TOML: {error}") from None
    unknown = [key for key in table if key not in KEYS]
    if unknown:
        raise UsageError(f"{where}: key {unknown[0]}: unknown; there are {', '.join(KEYS)}")
    name, version = (_text(table, key, where) for key in ("name", "version"))
    if name is None or version is None:
        missing = "version" if name else "name"
        raise UsageError(f"{where}: key {missing}: missing; a dictionary has a name and a version")
    if not _NAME.fullmatch(name):
        raise UsageError(f"{where}: key name: {name!r} is not of small letters, digits, hyphens, points")
    tags = table.get("tags")
    if not isinstance(tags, dict) or not tags:
        raise UsageError(f"{where}: key tags: missing; give a table of tags with their patterns")
    return Dictionary(
        name=name, version=version, text=text, digest=digest(text),
        tags=tuple(_tag(tag, given, where) for tag, given in tags.items()),
        **{key: _text(table, key, where) for key in ("language", "licence", "description")},
    )  # fmt: skip


def _text(table: Mapping[str, Any], key: str, where: str) -> str | None:
    value = table.get(key)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise UsageError(f"{where}: key {key}: {value!r} is no text")
    # They stand in tables of dictionaries and of exports, where a NUL is none for PostgreSQL and a line end breaks one.
    if value is not None and key != "description" and _CONTROL.search(value):
        raise UsageError(f"{where}: key {key}: {value!r} is not on one line")
    return value


def _tag(name: str, patterns: object, where: str) -> Tag:
    key = f"{where}: key tags.{name}"
    if not _NAME.fullmatch(name):
        raise UsageError(f"{key}: a tag is named by small letters, digits, hyphens, points")
    if not isinstance(patterns, list) or not all(isinstance(each, str) for each in patterns):
        raise UsageError(f"{key}: is no list of patterns")
    terms: list[Term] = []
    barred: list[Term] = []
    for each in patterns:
        bare = each.strip()
        (barred if bare.startswith("-") else terms).append(_term(bare.removeprefix("-"), key, each))
    if not terms:
        raise UsageError(f"{key}: no pattern gives the tag; those with a hyphen only bar it")
    return Tag(name, tuple(terms), tuple(barred))


def _term(pattern: str, key: str, written: str) -> Term:
    """One term; the quotation marks of a phrase may be left out."""
    bare = pattern.replace('"', " ").strip()
    prefix = bare.endswith("*")
    query = parse(f'"{bare.rstrip("*")}{"*" if prefix else ""}"')
    if len(query.terms) != 1 or "*" in bare.rstrip("*"):
        raise UsageError(f"{key}: {written!r} is no pattern; write a word, words in a row, or the beginning* of one")
    return query.terms[0]
