"""A host's "not found" page, known by its answer to an address that cannot exist."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from archive.derive.probes import PageWords, same_absence

HOST = "https://www.ashby.example"
TOKEN = "zq7f3k-no-such-page-81c2"
CHROME = (
    "Government Departments Community News Contact The city hall is open from Monday to Friday. Residents may reach "
    "the clerk by telephone, by mail or at the counter on the first floor of the annex beside the library."
)
LOST = "Sorry, we could not find what you were looking for. Use the search, or go back to the home page."
RELEASE = (
    "Mayor Greta Lind vetoed the levee bond on Tuesday and said that its cost had doubled since the spring, that "
    "nobody had told the council why, and that she would sign a smaller one once the engineers had put their names to "
    "it."
)
word = st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=9)
slug = st.lists(word, min_size=1, max_size=5).map("-".join)
body = st.lists(word, max_size=120)


def page(text: str, path: str = "/news/levee-bond", title: str | None = "City of Ashby") -> PageWords:
    return PageWords(title=title, text=text, address=HOST + path)


PROBE = page(f"{CHROME} {LOST}", f"/{TOKEN}")


def test_the_same_words_are_the_same_absence() -> None:
    """The page of a withdrawn release is the one that a nonsense address gets."""
    assert same_absence(PROBE, page(f"{CHROME} {LOST}"))


def test_a_release_in_the_same_template_is_none() -> None:
    """A text where the probe has its regret makes a page, however much stands around both."""
    assert not same_absence(PROBE, page(f"{CHROME} {RELEASE}"))
    assert not same_absence(PROBE, page(f"{CHROME} Statement: we mourn with the family of Judge Halvorsen tonight."))


def test_a_repeated_address_tells_nothing() -> None:
    """As an address, a path, a decoded path, the words of a slug, or in the title."""
    for told in ("{0}/{1}", "/{1}", "Nothing found for {2}", "{1}.html"):
        pages = [
            page(f"{CHROME} {told.format(HOST, path, path.replace('-', ' '))} {LOST}", f"/{path}", f"{path} not found")
            for path in (TOKEN, "a-release-of-march", "comunicado-del-a%C3%B1o")
        ]
        assert same_absence(pages[0], pages[1])
        assert same_absence(pages[0], pages[2])


def test_numbers_and_times_tell_nothing() -> None:
    """Error numbers and the time of the answer are another each time."""
    assert same_absence(
        page(f"{LOST} Error 4f2a-77 at 10:31:07", f"/{TOKEN}"), page(f"{LOST} Error 91bc-12 at 10:44:59")
    )


def test_a_changed_teaser_tells_nothing() -> None:
    """A few words may differ, where there are many."""
    long = f"{CHROME} {LOST} {CHROME} {LOST}"
    assert same_absence(page(f"{long} Hydrants", f"/{TOKEN}"), page(f"{long} Ferries"))
    assert not same_absence(page(f"{long} Hydrants", f"/{TOKEN}"), page(f"{long} {RELEASE}"))


def test_pages_without_words_tell_nothing() -> None:
    """Two empty answers are no evidence, nor are two that hold their address alone."""
    assert not same_absence(page("", f"/{TOKEN}", None), page("", title=None))
    assert not same_absence(page(f"/{TOKEN}", f"/{TOKEN}", None), page("/news/levee-bond", title=None))


@given(body, body)
def test_different_releases_are_never_the_same_absence(one: list[str], other: list[str]) -> None:
    """With more than forty words of difference, two pages of one template are two pages."""
    if len(set(one) ^ set(other)) > 40:
        left, right = page(f"{CHROME} {' '.join(one)}", f"/{TOKEN}"), page(f"{CHROME} {' '.join(other)}")
        assert not same_absence(left, right)


@given(slug, st.sampled_from(["/{}", "/news/{}", "/{}.html", "/2025/03/{}/"]))
def test_a_template_that_repeats_the_address_is_the_same_absence(asked: str, path: str) -> None:
    """Whatever was asked for, and however the address is built."""
    pages = [
        page(f"{CHROME} The address {HOST}{each} was not found. {LOST}", each)
        for each in (path.format(TOKEN), path.format(asked))
    ]
    assert same_absence(*pages)
    assert same_absence(*reversed(pages))
