"""Pages as tests read them."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
import lxml.html

__all__ = ["Read", "address_of", "links", "read", "tree"]


@dataclass(frozen=True, slots=True)
class Read:
    """A page: its tree, its main heading and its text, spaces made one."""

    page: lxml.html.HtmlElement
    heading: str
    text: str


def tree(answer: httpx.Response) -> lxml.html.HtmlElement:
    """The elements of an answer."""
    return lxml.html.document_fromstring(answer.content)


def read(client: httpx.Client, path: str) -> Read:
    """The page at a path, which must be there."""
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    page = tree(answer)
    heading = " ".join(page.find(".//h1").text_content().split())
    return Read(page, heading, " ".join(page.text_content().split()))


def links(page: lxml.html.HtmlElement) -> list[str]:
    """The links within the site, as they stand."""
    found: list[str] = page.xpath("//a/@href")
    return [each for each in found if each.startswith("/")]


def address_of(client: httpx.Client, words: str) -> str:
    """The path of the first statement of these words that was made by somebody with a page."""
    page = tree(client.get("/search", params={"q": f'"{words}"'}))
    found = page.xpath("//article[.//p[@class='who']/a]//h2/a/@href")
    assert found, words
    return str(found[0])
