"""What each address of the simulated press rooms answers at a time; furniture changes at every request."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from datetime import datetime
from html import escape

from tests.year.truth import Item, Press

__all__ = ["Answer", "answer"]

PER_PAGE = 10
FEED_LENGTH = 15


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body."""

    status: int
    body: str = ""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)


def answer(press: Press, path: str, asked: dict[str, str], at: datetime, dice: random.Random) -> Answer:
    """The answer to one request; `asked` are its header names in lower case."""
    kind = press.spell(at)
    if kind == "down":
        return Answer(503, "<title>503 Service Unavailable</title>")
    if path == "/robots.txt":
        return Answer(200, "User-agent: *\nDisallow: /admin/\n", (("Content-Type", "text/plain"),))
    if kind == "refused":
        return Answer(403, "<title>403 Forbidden</title><h1>Forbidden</h1>")
    if kind == "wall":
        return Answer(200, WALL.format(ray=f"{dice.getrandbits(64):016x}"))
    seen = next(spell.begin for spell in press.spells if spell.kind == "frozen") if kind == "frozen" else at
    if path.partition("?")[0] in ("/list", "/feed"):
        return _listing(press, path, seen, at, dice)
    return _document(press, path, asked, at, dice)


WALL = """<html><head><title>Attention Required! | Cloudflare</title></head><body><div class="cf-error-details">
<h1>Sorry, you have been blocked</h1><p>You are unable to access this site. This website is using a security service to
protect itself from online attacks. Cloudflare Ray ID: {ray}</p></div></body></html>"""


def _folder(press: Press, at: datetime) -> str:
    return "/press/" if press.moved and at >= press.moved else "/news/"


def _address(press: Press, item: Item, at: datetime) -> str:
    return f"{_folder(press, at)}{item.published:%Y}/{item.number}-{hashlib.md5(item.title.encode()).hexdigest()[:6]}"


def _listing(press: Press, path: str, seen: datetime, at: datetime, dice: random.Random) -> Answer:
    shown = [item for item in reversed(press.items) if item.stands(seen)]
    if path.startswith("/feed"):
        return _feed(press, shown[:FEED_LENGTH], at)
    number = int(path.partition("=")[2] or 0)
    part = shown[number * PER_PAGE : (number + 1) * PER_PAGE]
    if not part and number:
        return Answer(404, "<title>404 Not Found</title><h1>Page not found</h1>")
    rows = "".join(
        f'<div class="views-row"><h3><a href="{_address(press, item, at)}">{escape(item.title)}</a></h3>'
        f'<time datetime="{item.published.isoformat()}">{item.published:%B %d, %Y}</time></div>'
        for item in part
    )
    more = f'<a class="next" href="/list?page={number + 1}">Older</a>' if len(shown) > (number + 1) * PER_PAGE else ""
    return Answer(200, _page(press, "News", f"<main>{rows}</main>{more}", dice))


def _feed(press: Press, shown: list[Item], at: datetime) -> Answer:
    items = "".join(
        f"<item><title>{escape(item.title)}</title><link>http://{press.host}:PORT{_address(press, item, at)}</link>"
        f"<pubDate>{item.published:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for item in shown
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
    return Answer(200, body, (("Content-Type", "application/rss+xml"),))


def _document(press: Press, path: str, asked: dict[str, str], at: datetime, dice: random.Random) -> Answer:
    for item in press.items:
        if item.published > at:
            break
        if path == _address(press, item, at):
            return _release(press, item, asked, at, dice) if item.stands(at) else _nothing(press, dice)
        if (
            press.moved
            and at >= press.moved
            and path == _address(press, item, item.published).replace("/press/", "/news/")
        ):
            return Answer(301, "", (("Location", _address(press, item, at)),))
    return _nothing(press, dice)


def _nothing(press: Press, dice: random.Random) -> Answer:
    if not press.soft:
        return Answer(404, "<title>404 Not Found</title><h1>Page not found</h1>")
    welcome = (
        "<main><article><h2>The town on the river</h2><p>Choose from the menu what you would like to do today. The "
        "offices in the old mill are open on weekdays, and the clerk is glad to help with letters, licences and the "
        "calendar of the hall. Most services can be had without an appointment, and the market is held on the square."
        "</p></article></main>"
    )
    return Answer(200, _page(press, "Welcome", welcome, dice))


def _release(press: Press, item: Item, asked: dict[str, str], at: datetime, dice: random.Random) -> Answer:
    kind = press.spell(at)
    text = item.text(at)
    tag = f'"{hashlib.md5(f"{text}{kind}".encode()).hexdigest()[:12]}"'
    headers = (("Content-Type", "text/html; charset=utf-8"), *((("ETag", tag),) if press.etag else ()))
    if press.etag and asked.get("if-none-match") == tag:
        return Answer(304, "", headers)
    return Answer(200, _drawn(press, item, text, kind, dice), headers)


def _drawn(press: Press, item: Item, text: str, kind: str | None, dice: random.Random) -> str:
    paragraphs = [" ".join(text.split()[start : start + 60]) for start in range(0, len(text.split()), 60)]
    when = item.published
    if kind == "broken":  # a template without its body: a teaser, and one title for all
        body = f"<main><h1>Newsroom</h1><p>{' '.join(text.split()[:18])} ...</p></main>"
        return _page(press, "Newsroom", body, dice)
    prose = "".join(f"<p>{each}</p>" for each in paragraphs)
    if kind == "rebuilt":
        body = (
            f'<div id="app"><section class="hero"><h1 class="hero__title">{escape(item.title)}</h1>'
            f'<span class="hero__date">{when:%B %d, %Y}</span></section><section class="rich-text">{prose}'
            "</section></div>"
        )
    else:
        body = (
            f'<main><article><h1>{escape(item.title)}</h1><p class="date"><time datetime="{when.isoformat()}">'
            f"{when:%B %d, %Y}</time></p>{prose}</article></main>"
        )
    head = f'<meta property="article:published_time" content="{when.isoformat()}">'
    return _page(press, item.title, body, dice, head)


def _page(press: Press, title: str, body: str, dice: random.Random, head: str = "") -> str:
    name = f"Town {press.number}"
    return (
        f"<html><head><title>{escape(title)} | {name}</title>{head}"
        f'<meta name="csrf-token" content="{dice.getrandbits(128):032x}"></head><body><nav><a href="/">Home</a> '
        f'<a href="/services">Services</a> <a href="/admin/login">Staff</a></nav>{body}<footer><p>{name}, '
        f"{dice.randrange(10, 90)} visitors now. Weather: {dice.randrange(20, 70)} degrees.</p></footer></body></html>"
    )
