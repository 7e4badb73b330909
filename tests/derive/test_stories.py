"""Stories: alike documents, near their earliest, whatever the order of arrival."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.derive.stories import ALIKE, NEAR_EARLIEST, bands, stories
from archive.text import jaccard, shingles, signature

pairs_of = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
    st.floats(0, 1),
    max_size=20,
)


def tell(likeness: dict[tuple[int, int], float], documents: list[int]) -> list[list[int]]:
    """Stories of documents whose number is their age."""
    near = lambda a, b: likeness.get((min(a, b), max(a, b)), 0.0)  # noqa: E731
    alike = [pair for pair, value in likeness.items() if value >= ALIKE]
    return stories(documents, alike, age=lambda document: (document,), near=near)


def test_no_chains() -> None:
    """A weekly update like the one before it, and unlike the first, is not of the first one's story."""
    assert tell({(0, 1): 0.85, (1, 2): 0.85, (0, 2): 0.5}, [0, 1, 2]) == [[0, 1]]


@given(pairs_of, st.permutations(range(8)))
def test_stories_hold_what_they_promise(likeness: dict[tuple[int, int], float], order: list[int]) -> None:
    """Every member is near the earliest, no document is in two stories, and no order of arrival changes them."""
    found = tell(likeness, order)
    assert found == tell(likeness, sorted(order))
    members = [document for story in found for document in story]
    assert len(members) == len(set(members))
    for story in found:
        assert story == sorted(story)
        assert all(likeness.get((story[0], other), 0.0) >= NEAR_EARLIEST for other in story[1:])


def test_alike_texts_share_a_band() -> None:
    """A text with a few words changed is found by its bands; an unrelated one is not."""
    words = [f"word{number % 97} and{number}" for number in range(200)]
    text, edited = " ".join(words), " ".join(["changed", *words[1:]])
    other = " ".join(f"another{number} matter" for number in range(200))
    assert jaccard(shingles(text), shingles(edited)) >= ALIKE
    mine, its, others = (set(bands(signature(each) or b"")) for each in (text, edited, other))
    assert mine & its
    assert not mine & others
