"""How a document, a capture and a word diff look on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from archive.cli.output import plain, timestamp

if TYPE_CHECKING:
    from archive.query import CaptureFacts, Change, DocumentFacts, Shown, VersionFacts

__all__ = ["one_line", "print_capture", "print_changes", "print_document"]

WIDTH = 12


def _line(name: str, value: object) -> None:
    if value not in (None, "", []):
        click.echo(f"{name:<{WIDTH}}{plain(str(value))}")


def print_document(shown: Shown) -> None:
    """Print a document: what is known of it, then its text."""
    facts = shown.document
    title = (shown.version.title if shown.version else None) or facts.title or "(no title)"
    click.echo(click.style(plain(title), bold=True))
    _line("id", facts.id)
    _line("source", f"{facts.source} ({facts.document_kind.replace('_', ' ')})")
    for address in shown.addresses:
        _line("address", f"{address.url}  {address.seen_from:%Y-%m-%d} to {address.seen_to:%Y-%m-%d}")
    _line("published", _published(facts))
    _line("modified", timestamp(facts.modified_at) or facts.modified_date)
    _line("byline", facts.byline)
    _line("language", facts.language)
    _line("translates", facts.translation_of)
    _line("seen", f"{timestamp(facts.first_seen)} to {timestamp(facts.last_seen)}")
    for removal in shown.removals:
        _line(
            "removal",
            f"{removal.state}, first absent {timestamp(removal.suspected_at)}, as of {removal.as_of:%Y-%m-%d}",
        )
    for mate in shown.story:
        _line("also in", f"{mate.id}  {mate.source}  {mate.published_date or mate.first_seen.date()}  {mate.title}")
    if shown.version:
        _print_version(shown.version, facts.versions)


def _published(facts: DocumentFacts) -> str | None:
    day = timestamp(facts.published_at) or facts.published_date
    return f"{day} (to the {facts.published_precision}, by {facts.published_basis})" if day else None


def _print_version(version: VersionFacts, of: int) -> None:
    _line("version", f"{version.number} of {of}: {version.id}, {version.words} words, {version.obtained}")
    _line("capture", version.capture)
    if version.quotation_status not in (None, "done"):
        _line("quotations", version.quotation_status.replace("_", " "))
    click.echo()
    if version.redacted:
        click.echo("(redacted: a decision took the text out for good)")
    click.echo(plain(version.text or ""))
    if version.truncated:
        click.echo("(the text was cut at the extractor's length limit)")


def print_capture(facts: CaptureFacts) -> None:
    """Print a capture: what was asked, what was answered, where the bytes lie."""
    click.echo(click.style(plain(facts.url), bold=True))
    _line("id", facts.id)
    _line("captured", f"{timestamp(facts.captured_at)} ({facts.obtained})")
    _line("source", f"{facts.source} ({facts.role})")
    _line("status", facts.status)
    _line("media type", facts.media_type)
    _line("payload", f"{facts.payload_length} bytes, sha256 {facts.payload_digest}")
    _line("truncated", facts.truncated)
    _line("outcome", facts.outcome)
    _line("document", facts.document)
    _line("WARC", f"{facts.warc_file} at {facts.warc_offset}, {facts.warc_length} bytes ({facts.warc_type})")
    _line("refers to", facts.refers_to)
    click.echo()
    for name, value in facts.headers:
        click.echo(plain(f"{name}: {value}"))


def print_changes(changes: Sequence[Change], *, full: bool, in_colour: bool) -> None:
    """Print a word diff; unless `full`, unchanged paragraphs are left out and `...` stands for them."""
    gap = False
    for paragraph in _paragraphs(changes):
        changed = any(change.operation != "equal" and change.text.strip() for change in paragraph)
        if full or changed:
            click.echo(one_line(paragraph, in_colour=in_colour))
            gap = False
        elif not gap:
            click.echo("...")
            gap = True


def one_line(found: Sequence[Change], *, in_colour: bool) -> str:
    """A word diff as one line: [-taken out-] {+put in+}, or colours."""
    return "".join(_spelt(change, in_colour) for change in found)


def _paragraphs(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """The changes cut at the line breaks of what stayed."""
    current: list[Change] = []
    for change in changes:
        if change.operation != "equal":
            current.append(change)
            continue
        first, *rest = re.split(r"\n+", change.text)
        current.append(type(change)("equal", first))
        for part in rest:
            yield current
            current = [type(change)("equal", part)]
    yield current


def _spelt(change: Change, in_colour: bool) -> str:
    text = plain(change.text)
    if change.operation == "equal" or not text:
        return text
    if in_colour and change.operation == "delete":
        return click.style(text, fg="red", strikethrough=True)
    if in_colour:
        return click.style(text, fg="green")
    return f"[-{text}-]" if change.operation == "delete" else f"{{+{text}+}}"
