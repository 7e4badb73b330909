"""Documents whose body is an attached file: what was seen of the file is told as seen of the page.

A page that holds little more than a link to a PDF has no text of its own. From the first time that its file gives one,
the file's captures make the document's versions, and those of the page say that it is there. A file is read for a page
only while the page's last capture leads to it: what is captured of a file after the page is gone, or after it leads
to another file, is nothing of this document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from archive.derive.observations import Observation, Reading, Timeline, read

__all__ = ["attach"]

MAX_HOPS = 5


def attach(
    lines: Mapping[str, Timeline], crowded: Collection[str] = ()
) -> tuple[dict[str, Timeline], dict[str, tuple[str, Timeline]]]:
    """The timelines of pages with their files' texts, and per file the page it belongs to with what was taken of it.

    Files are no places of their own, nor is anything that was only ever asked for as a file. `crowded` are files that
    too many pages lead to: they are nobody's body.
    """
    pages = [line for line in lines.values() if any(each.attachment for each in line.observations)]
    made: dict[str, Timeline] = {}
    home: dict[str, tuple[str, Timeline]] = {}
    for page in sorted(pages, key=lambda line: (line.observations[0].order, line.address)):
        taken = list(_taken(page, lines, crowded))
        made[page.address] = _with_texts(page, taken, lines)
        for address in sorted({each.address for each in taken} - home.keys()):
            own = tuple(each for each in taken if each.address == address)
            home[address] = (page.address, Timeline(address, own))
    left = {
        address: made.get(address, line)
        for address, line in lines.items()
        if address not in home and not all(each.is_attachment for each in line.observations)
    }
    return left, home


def _taken(page: Timeline, lines: Mapping[str, Timeline], crowded: Collection[str]) -> Iterable[Observation]:
    """The captures of files that gave a text while the page led to them."""
    said = [each for each in page.observations if each.attachment or read(each) is not Reading.NOTHING]
    orders = [each.order for each in said]
    files = {each.attachment for each in said if each.attachment and each.attachment not in crowded}
    for file in sorted(files - {page.address}):
        for address in _leading(file, lines):
            for each in lines[address].found if address in lines else ():
                before = bisect_right(orders, each.order)
                if each.is_file and before and said[before - 1].attachment == file:
                    yield each


def _leading(file: str, lines: Mapping[str, Timeline]) -> list[str]:
    """The address of a file, and those that it redirects to."""
    found = [file]
    while len(found) <= MAX_HOPS and (line := lines.get(found[-1])):
        word = line.last_word
        if word is None or not word.redirect or word.redirect in found:
            break
        found.append(word.redirect)
    return found


def _with_texts(page: Timeline, taken: list[Observation], lines: Mapping[str, Timeline]) -> Timeline:
    if not taken:
        return page
    read_from = {each.address for each in taken}
    url = page.observations[-1].url
    own = [
        replace(each, text_key=None, signature=None, words=0, body_elsewhere=True)
        if each.attachment and read_from & set(_leading(each.attachment, lines))
        else each
        for each in page.observations
    ]
    texts = [replace(each, address=page.address, url=url, redirect=None) for each in taken]
    return Timeline(page.address, tuple(sorted((*own, *texts), key=lambda each: each.order)))
