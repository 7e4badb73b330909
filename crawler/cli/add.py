"""`archive sources add`: look at a site or a stored page, and write the catalog entry that it seems to need."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import click

from archive.cli.options import as_rows
from archive.cli.output import note, print_json
from archive.errors import CatalogError, SourceError, UsageError
from archive.urls import address_of
from crawler.cli.skeleton import read_page

if TYPE_CHECKING:
    from archive.records import Entry
    from crawler.looking import Looked
    from crawler.proposing import Proposal
    from crawler.recognition import Recognised

__all__ = ["add"]

SHOWN = 10
USUAL_ZONE = "America/Chicago"
MORE = 6  # further addresses that are tried beside the one given


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that was looked at: its address, what it said it is, and its bytes."""

    url: str
    media_type: str | None
    headers: tuple[tuple[str, str], ...]
    payload: bytes


@click.command()
@click.argument("target")
@click.option("--url", help="The address of a stored page.")
@click.option("--id", "source", help="The source's id, such as us-il-ashby-mayor; else made of its host.")
@click.option("--title", help="The source's name for people; else the page's title.")
@click.option("--jurisdiction", help="Open Civic Data division id of the place.")
@click.option("--office", help="Who speaks where a release itself is the statement: mayor, governor ...")
@click.option("--kind", type=click.Choice(["press_release", "article", "transcript"]), default="press_release")
@click.option("--timezone", help="Zone of the tz database; else that of the catalog's sources in the same state.")
@click.option("--rights", default="public record", show_default=True, help="What an export may carry.")
@click.option("--write", type=click.Path(path_type=Path, dir_okay=False), help="Append it to this catalog file.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A setting, as of `scrapy crawl -s`.")
@as_rows
def add(
    target: str, *, url: str | None, source: str | None, write: Path | None, settings: tuple[str, ...], as_json: bool,
    **told: Any,
) -> None:  # fmt: skip
    """Look at TARGET, the address of a list of releases or a stored page, and print the catalog entry for it.

    With --write the entry is appended to a catalog file, and the page's skeleton is kept beside it as a test.
    """
    from crawler.proposing import propose
    from crawler.recognition import recognise

    _check_address(url or target, given=url is not None)
    pages = _fetched(target, settings) if target.startswith(("http://", "https://")) else [_stored(target, url)]
    first = pages[0]
    seen = recognise(first.url, first.headers, first.payload)
    note(f"system: {seen.system or 'not known'}" + (f" ({'; '.join(seen.signs[:3])})" if seen.signs else ""))
    best = _best([(page, propose) for page in pages], seen)
    page, proposal = best
    source = source or _id_of(page.url)
    told["timezone"] = told["timezone"] or _timezone(told["jurisdiction"])
    entry = _entry(source, page, proposal, told, first)
    _check(entry, source)
    _show(proposal, as_json=as_json)
    click.echo(entry)
    if write is not None:
        _write(write, source, entry, page, proposal)


def _check_address(url: str, *, given: bool) -> None:
    """Raises UsageError for what is meant as an address and is none; a file's name is another matter."""
    if given or url.startswith(("http://", "https://")):
        try:
            address_of(url)
        except ValueError:
            raise UsageError(f"{url}: no address of a page, such as https://www.ashby.example/news") from None


def _stored(target: str, url: str | None) -> Page:
    payload = read_page(Path(target))
    if url is None:
        raise UsageError(f"{target}: the address of a stored page is wanted too: --url https://...")
    return Page(url=url, media_type=None, headers=(), payload=payload)


def _fetched(target: str, settings: tuple[str, ...]) -> list[Page]:
    """The page, then the feeds and lists that its site usually has."""
    from crawler.cli.crawl import project_settings
    from crawler.looking import fetch_all

    root = urljoin(target, "/")
    usual = [urljoin(root, path) for path in ("feed/", "rss.xml", "RSSFeed.aspx?ModID=1&CID=All-newsflash.xml")]
    looked = fetch_all(project_settings(settings), [target, *usual[:MORE]])
    first = looked[0]
    if first.status != 200:
        why = f"it answered {first.status}" if first.status else first.words
        raise SourceError(f"{target}: {why}; nothing can be proposed")
    return [_page(each) for each in looked if each.status == 200]


def _page(looked: Looked) -> Page:
    media_type = (looked.header("content-type") or "").partition(";")[0].strip().lower()
    return Page(url=looked.url, media_type=media_type or None, headers=looked.headers, payload=looked.payload)


def _best(pages: list[tuple[Page, Any]], seen: Recognised) -> tuple[Page, Proposal]:
    """The page given if it lists documents, else the first feed that does."""
    failed: SourceError | None = None
    for page, propose in pages:
        try:
            return page, propose(page.url, page.payload, page.media_type, seen.system)
        except SourceError as error:
            failed = failed or error
    assert failed is not None, "there is a page at least"
    raise failed


def _id_of(url: str) -> str:
    host = (urlsplit(url).hostname or "source").removeprefix("www.")
    return re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-")


def _entry(source: str, page: Page, proposal: Proposal, told: dict[str, Any], first: Page) -> str:
    title = told["title"] or _title(first.payload) or source
    discover = {"strategy": proposal.strategy, **proposal.options}
    lines = [
        ("title", json.dumps(title, ensure_ascii=False)),
        *((name, json.dumps(told[name])) for name in ("jurisdiction", "office") if told[name]),
        ("kind", json.dumps(told["kind"])),
        ("start", json.dumps(page.url)),
        ("discover", "{ " + ", ".join(f"{name} = {_literal(value)}" for name, value in discover.items()) + " }"),
        *((name, json.dumps(told[name])) for name in ("timezone", "rights")),
    ]
    return f'["{source}"]\n' + "".join(f"{name:<12} = {value}\n" for name, value in lines)


def _literal(value: object) -> str:
    """A TOML string; patterns read best between single quotes."""
    text = str(value)
    return json.dumps(text) if "'" in text else f"'{text}'"


def _title(payload: bytes) -> str | None:
    found = re.search(rb"<title[^>]*>(.*?)</title>", payload[:100_000], re.IGNORECASE | re.DOTALL)
    return " ".join(unescape(found[1].decode("utf-8", "replace")).split())[:80] if found else None


def _timezone(jurisdiction: str | None) -> str:
    """The zone that most sources of the same state have; where none is known a guess, and the person is told."""
    from collections import Counter

    from archive.catalog import BUILT_IN, load_catalog

    state = re.match(r".*?/state:[a-z]{2}", jurisdiction or "")
    there = load_catalog([BUILT_IN]).values() if state else ()
    near = [each.timezone for each in there if state and (each.jurisdiction or "").startswith(state[0])]
    if not near:
        note(f"time zone: {USUAL_ZONE} is a guess; give --jurisdiction, or --timezone")
    return Counter(near or [USUAL_ZONE]).most_common(1)[0][0]


def _check(entry: str, source: str) -> None:
    """The catalog's own reader has the last word. Raises UsageError saying which option to give otherwise."""
    import tomllib

    from archive.catalog.reading import read_entry

    try:
        read_entry(Path("the proposed entry"), source, tomllib.loads(entry)[source])
    except CatalogError as error:
        raise UsageError(f"{error}; give it by its option") from None


def _show(proposal: Proposal, *, as_json: bool) -> None:
    entries = proposal.listing.entries
    left = ", ".join(f"{count} {reason.replace('_', ' ')}" for reason, count in proposal.listing.skipped)
    note(f"{len(entries)} documents on this page" + (f"; left out: {left}" if left else ""))
    if as_json:
        for each in entries:
            print_json(each)
        return
    with_table: list[Entry] = list(entries[:SHOWN])
    click.echo("", err=True)
    for each in with_table:
        note(f"  {str(each.published or '-')[:10]:<11}{(each.title or '-')[:60]:<62}{each.url}")
    click.echo("", err=True)


def _write(file: Path, source: str, entry: str, page: Page, proposal: Proposal) -> None:
    from crawler.skeleton import skeleton

    before = file.read_text(encoding="utf-8") if file.exists() else ""
    if f'["{source}"]' in before or f"[{source}]" in before:
        raise UsageError(f"{file}: has a source {source} already; give another with --id")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{before.rstrip()}\n\n{entry}".lstrip(), encoding="utf-8")
    folder = file.parent / "pages" / source
    folder.mkdir(parents=True, exist_ok=True)
    if page.payload.lstrip()[:1] == b"<" and b"<html" in page.payload[:2_000].lower():
        (folder / "listing.html").write_bytes(skeleton(page.payload, page.url))
        shown = {"strategy": proposal.strategy, "documents": len(proposal.listing.entries), "options": proposal.options}
        (folder / "listing.json").write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")
    note(f"written to {file}; try it: scrapy crawl {source}")
