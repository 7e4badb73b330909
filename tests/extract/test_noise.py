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


PAIRS = 300
WORDS = """
    the a of to and in for with mayor council bridge levee clinic school budget water ferry library street officer
    resident said announced opened closed repaired voted began ended plans grant million households winter spring
    river harbor storm hospital teacher engineer crew season inspection agreement ordinance shelter garden market
""".split()  # noqa: SIM905


def invented(rng: random.Random) -> list[str]:
    """Two to seven paragraphs of invented words, with figures and days between them."""

    def sentence() -> str:
        said = rng.choices(WORDS, k=rng.randint(8, 24))
        said[rng.randrange(len(said))] = rng.choice((f"${rng.randint(2, 900)}", f"{rng.randint(2, 99)}", "May 5, 2026"))
        return " ".join(said).capitalize() + "."

    return [" ".join(sentence() for _ in range(rng.randint(1, 4))) for _ in range(rng.randint(2, 7))]


def edited(paragraphs: list[str], rng: random.Random) -> list[str]:
    """The same with one word or figure changed, left out or put in."""
    place = rng.randrange(len(paragraphs))
    said = paragraphs[place].split()
    at = rng.randrange(1, len(said) - 1)
    match rng.choice(("change", "leave out", "put in")):
        case "change":
            said[at] = rng.choice([word for word in WORDS if word != said[at].lower()])
        case "leave out":
            del said[at]
        case _:
            said.insert(at, rng.choice(WORDS))
    return [*paragraphs[:place], " ".join(said), *paragraphs[place + 1 :]]


def key_of(paragraphs: list[str], rng: random.Random) -> str:
    found = read(noisy(paragraphs, rng))
    return text_key(found.title, found.text)


@pytest.mark.slow
def test_of_300_pairs_of_visits_none_is_an_edit_and_each_edit_of_a_word_is() -> None:
    """To reach: no new version for 98 of 100 unchanged pages, 99 of 100 edits found; all else changes each time."""
    rng = random.Random("pairs")
    same = found = 0
    for _ in range(PAIRS):
        text = invented(rng)
        before = key_of(text, rng)
        same += key_of(text, rng) == before
        found += key_of(edited(text, rng), rng) != before
    assert same >= 0.98 * PAIRS
    assert found >= 0.99 * PAIRS
