"""How reports vary the primary wording, by a table. All words are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.derive.variation import Variation, variation
from archive.records import QuotationKind

PRIMARY = (
    "The county knew the gate was stuck on Sunday, and told us on Tuesday. I will not rest. I will learn who."
)  # fmt: skip
CASES = {
    "all of it": (PRIMARY.upper(), "direct", "verbatim"),
    "all of it, as a fragment": (PRIMARY, "fragment", "verbatim"),
    "a sentence": ("The county knew the gate was stuck on Sunday, and told us on Tuesday.", "direct", "verbatim"),
    "half a sentence": ("the county knew the gate was stuck", "direct", "verbatim"),
    "a few words": ("knew the gate was stuck", "fragment", "fragment"),
    "a few words with dots at the end": ("told us on Tuesday ...", "fragment", "fragment"),
    "a changed letter": ("[T]he county knew the gate was stuck", "direct", "verbatim"),
    "an insertion": ("The county knew the gate [at Fourth Avenue] was stuck on Sunday", "direct", "bracketed"),
    "a replacement": ("[They] knew the gate was stuck on Sunday", "direct", "bracketed"),
    "a changed ending": ("The county kn[ows] the gate was stuck on Sunday", "direct", "bracketed"),
    "an insertion in a few words": ("knew [that] the gate was stuck", "fragment", "bracketed"),
    "dots": ("The county knew the gate was stuck ... and told us on Tuesday.", "direct", "elided"),
    "spaced dots over sentences": ("The county knew . . . I will learn who.", "direct", "elided"),
    "dots and brackets": ("[They] knew ... stuck on Sunday", "direct", "elided"),
    "a dropped word": ("The county knew the gate was stuck on Sunday, and told us Tuesday.", "direct", "elided"),
    "a dropped not": ("I will rest. I will learn who.", "direct", "reworded"),
    "a not left out with dots": ("I will ... rest. I will learn who.", "direct", "elided"),
    "many dropped words": ("The county knew. I will learn who.", "direct", "reworded"),
    "another word": ("The county was told the gate was stuck", "direct", "reworded"),
    "another order": ("I will learn who. The county knew the gate was stuck on Sunday.", "direct", "reworded"),
    "more than the primary": (f"Good morning. {PRIMARY} Thank you.", "direct", "verbatim"),
    "going on after the primary": ("I will learn who. And we will tell you all.", "direct", "verbatim"),
    "no words": ("...", "direct", "reworded"),
    "nothing but a bracket": ("[the plan]", "direct", "reworded"),
}


@pytest.mark.parametrize("name", CASES)
def test_variation(name: str) -> None:
    """What a report did to the words, in a word that takes no side."""
    report, kind, expected = CASES[name]
    assert variation(PRIMARY, report, QuotationKind(kind)) == expected


def test_a_primary_with_brackets_of_its_own() -> None:
    """What the office itself prints in brackets is its wording."""
    printed = "APD [Alder Police Department] will not take part."
    assert variation(printed, printed, QuotationKind.DIRECT) == "verbatim"


@given(st.integers(0, 20), st.integers(1, 21))
def test_words_in_a_row_are_never_reworded(first: int, size: int) -> None:
    """Any stretch of the primary is verbatim as a direct quotation."""
    part = " ".join(PRIMARY.split()[first : first + size])
    if part:
        assert variation(PRIMARY, part, QuotationKind.DIRECT) is Variation.VERBATIM


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(list(QuotationKind)))
def test_any_two_texts_have_a_variation(primary: str, report: str, kind: QuotationKind) -> None:
    """Nothing that is printed makes it fail."""
    assert variation(primary, report, kind) in Variation
