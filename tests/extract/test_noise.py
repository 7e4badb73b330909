"""What changes at every visit - tokens, counters, the date, menus, protected addresses - changes no text."""

from __future__ import annotations

import html
import random

import pytest

from archive.text import text_key
from tests.extract.pages import read

MENU = ("Home", "Departments", "Meetings", "Pay a bill", "News", "Contact", "Español")
OTHERS = ("Leaf collection begins", "Budget hearing moved", "New chief sworn in", "Pool opens", "Bridge detour ends")
DAYS = ("Monday, March 3, 2025", "Tuesday, June 10, 2025", "Sunday, November 23, 2025")
TEXTS = {
    "long": [
        "RIVERTON – Mayor Adaeze Okafor today opened the Canal Row homes, the first in the city in eleven years.",
        "“A key is a small thing to hold and a large one to be given,” said Mayor Okafor at the first house.",
        "The forty homes were built on the lot of the old rope works. Rents begin at $640 a month.",
        "Councilmember Ruth Amsel, who proposed the plan in 2019, said that two more lots would follow on May 5, 2026.",
        "Applications are taken at 12 Canal Street until all homes are let.",
    ],
    "short": [
        "We mourn Officer Paul Reyes. He knew every one of us by name.",
        "The flags of the city fly at half-staff.",
    ],
}


def noisy(paragraphs: list[str], rng: random.Random) -> str:
    """One visit to a page of these paragraphs, with everything that a visit brings."""
    token, key, views = f"{rng.getrandbits(64):x}", rng.randint(1, 255), f"{rng.randint(1, 99_999):,}"
    menu = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in rng.sample(MENU, rng.randint(3, len(MENU))))
    others = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in rng.sample(OTHERS, rng.randint(1, 4)))
    code = bytes([key]).hex() + "".join(f"{byte ^ key:02x}" for byte in b"press@riverton.example")
    ago, day = rng.choice(("3 hours ago", "a day ago", "12 minutes ago")), rng.choice(DAYS)
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    return f"""<!doctype html><html lang="en"><head><title>Homes on Canal Row | City of Riverton</title>
<meta name="csrf" content="{token}"><script nonce="{token}">var t = "{token}"</script></head>
<body class="b-{token[:5]}">
<div class="today">Today is {day}</div><header><nav><ul>{menu}</ul></nav></header><main><article>
<h1>Homes on Canal Row</h1><div class="meta">May 2, 2025 | {views} views | Updated {ago}</div>
<div class="field--name-body">{body}<p>Contact: <a href="/cdn-cgi/l/email-protection#{code}">
<span class="__cf_email__" data-cfemail="{code}">[email&#160;protected]</span></a></p><p>{views} views</p></div>
<div class="share-{token[:4]} share">Share <a href="#">Mail</a> {rng.randint(0, 99)}</div></article>
<aside><h2>More news</h2><ul>{others}</ul></aside></main>
<footer><p>Page made {day}. Request ID: {token}</p><input type="hidden" value="{token}"></footer></body></html>"""


@pytest.mark.parametrize("name", TEXTS)
def test_visits_give_one_text(name: str) -> None:
    """Forty visits to one page give one title and text, and every paragraph of it."""
    rng = random.Random(name)
    visits = [read(noisy(TEXTS[name], rng)) for _ in range(40)]
    assert len({text_key(found.title, found.text) for found in visits}) == 1
    assert all(paragraph in visits[0].text for paragraph in TEXTS[name])
    assert "press@riverton.example" in visits[0].text
    assert not any(
        noise in found.text for found in visits for noise in ("Request ID", "Today is", "views", "ago", *OTHERS)
    )


@pytest.mark.parametrize(
    ("old", "new"), [("eleven", "twelve"), ("$640", "$650"), ("2026", "2027"), ("first house", "house")]
)
def test_edit_of_a_word_is_seen(old: str, new: str) -> None:
    """A changed word, number or date of the body is another text, whatever else changed."""
    rng = random.Random(old)
    before, after = TEXTS["long"], [text.replace(old, new) for text in TEXTS["long"]]
    keys = {text_key(found.title, found.text) for found in (read(noisy(text, rng)) for text in (before, after))}
    assert len(keys) == 2
