"""The parts of pages by themselves: marking, comparing, charts, tiles, citations, the words of an address."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from archive.errors import UsageError
from archive.query import Change, Passage, PlaceCount, word_diff
from archive.web import citing, comparing, marking
from archive.web.asking import Asking, asked
from archive.web.charts import Bar, chart
from archive.web.guard import Names
from archive.web.rendering import MARKS, linked, marked
from archive.web.tiles import GRID, elsewhere, tiles
from archive.web.words import excerpt, one_line

TEXTS = st.text(alphabet="ab. \n", max_size=80)


def passage(start: int, end: int, text: str, kind: str = "direct") -> Passage:
    """A quoted passage of a text."""
    return Passage(
        start=start, end=end, words=text[start:end], kind=kind, statement="s", speaker="Ada Penn", speaker_id="p",
        speaker_class="official", office="mayor", jurisdiction_name="Ashby", variation=None, confidence=1.0, held=False,
    )  # fmt: skip


@st.composite
def quoted_texts(draw: st.DrawFn) -> tuple[str, list[Passage]]:
    """A text with passages anywhere in it, overlapping as they like."""
    text = draw(TEXTS)
    ends = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(ends, ends).map(sorted), max_size=5))
    kinds = st.sampled_from(["direct", "fragment", "whole"])
    return text, [passage(start, end, text, draw(kinds)) for start, end in spans if start < end]


@given(quoted_texts())
def test_marking_loses_and_adds_nothing(drawn: tuple[str, list[Passage]]) -> None:
    """The pieces in a row are the text without its line breaks, and what is marked is quoted."""
    text, passages = drawn
    pieces = [piece for each in marking.paragraphs(text, passages) for piece in each]
    assert "".join(piece.text for piece in pieces) == text.replace("\n", "")
    for piece in pieces:
        assert piece.passage is None or piece.text.strip("\n") in piece.passage.words
        assert piece.passage is None or piece.passage.kind != "whole"
    spoken = {f"{each.start}-{each.end}" for each in passages if text[each.start] != "\n"}
    assert spoken <= {anchor for piece in pieces for anchor in piece.anchors}


@given(quoted_texts())
def test_excerpts_show_a_quarter_of_the_rest_at_most(drawn: tuple[str, list[Passage]]) -> None:
    """Around the quotations of a publisher's text stand a few of its words, however many quotations there are."""
    text, passages = drawn
    shown = list(marking.excerpts(text, passages))
    assert len(shown) == sum(each.kind != "whole" for each in passages)
    context = sum(len(side.replace("… ", "").replace(" …", "")) for _, *sides in shown for side in sides)
    assert context <= len(text) * marking.SHARE


@given(TEXTS, TEXTS)
def test_a_comparison_laid_out_is_the_comparison(old: str, new: str) -> None:
    """Unfolded, the columns are the two texts; folded, as many paragraphs are left out as are said to be."""
    changes = word_diff(old, new)
    rows = comparing.side_by_side(changes, kept=10_000)
    if old != new:
        for side, text in ((lambda row: row.old, old), (lambda row: row.new, new)):
            words = "".join(change.text for row in rows for change in side(row))
            assert words.replace("\n", "") == text.replace("\n", "")
        folded = comparing.side_by_side(changes)
        assert sum(row.folded or 1 for row in folded) == len(rows)
        assert all(row.is_changed is False for row in folded if row.folded)


def test_of_a_publisher_s_text_little_more_than_the_change_is_shown() -> None:
    """Some words around each change; of a text that was rewritten not more than a beginning."""
    words = [f"w{number}" for number in range(400)]
    changed = words.copy()
    changed[200] = "other"
    shown = comparing.shortened(word_diff(" ".join(words), " ".join(changed)))
    text = "".join(change.text for change in shown)
    assert "w199" in text
    assert "w201" in text
    assert len(text.split()) <= 2 * comparing.AROUND + 4
    rewritten = comparing.shortened([Change("delete", " ".join(words)), Change("insert", "x " * 1_000)])
    assert sum(len(change.text.split()) for change in rewritten) <= 2 * (comparing.RUN + 4)
    many = [Change(kind, f"{kind} {number} ") for number in range(500) for kind in ("equal", "insert")]
    assert sum(len(change.text.split()) for change in comparing.shortened(many)) <= comparing.ALL + 20


@given(st.lists(st.integers(0, 10_000), max_size=60))
def test_bars_stay_within_their_chart(values: list[int]) -> None:
    """Each in its own step, the highest as high as the chart, none above, a value above nought seen."""
    drawn = chart("t", [Bar(value=value, label=str(value)) for value in values], first="a", last="b")
    assert drawn.total == sum(values)
    for one, bar in zip(values, drawn.bars, strict=True):
        assert 0 <= bar.y <= drawn.height
        assert abs(bar.y + bar.height - drawn.height) < 0.02
        assert (bar.height > 1) == (one > 0)
    for bar, after in zip(drawn.bars, drawn.bars[1:], strict=False):
        assert bar.x + bar.width <= after.x + 0.02


def test_every_state_has_a_tile() -> None:
    """Fifty states, the capital's district and Puerto Rico, each once; what lies in one counts for it."""
    cells = [cell for cell in GRID.split() if cell != ".."]
    assert len(cells) == len(set(cells)) == 52
    within = "ocd-division/country:us/state:il/place:chicago"
    counts = [
        PlaceCount(jurisdiction=each, name=each, statements=7)
        for each in (within, "ocd-division/country:us/state:il", "ocd-division/country:us", "ocd-division/country:xx")
    ]
    found = {tile.state: tile for tile in tiles(counts)}
    assert (found["IL"].statements, found["IL"].level) == (14, 2)
    assert found["AK"].level == 0
    assert [each.jurisdiction for each in elsewhere(counts)] == ["ocd-division/country:us", "ocd-division/country:xx"]


def test_a_citation_survives_tex() -> None:
    """Signs that BibTeX reads as its own are spelt; a page without captures says so."""
    found = citing.of_page("100% of {it} & $5_\\~^", "https://archive.example/search?q=%25", None)
    assert r"title = {{100\% of \{it\} \& \$5\_\textbackslash{}\textasciitilde{}\textasciicircum{}}}" in found.bibtex
    assert "Of an empty archive" in found.text
    at = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert "2026-03-04 05:06:07 UTC" in citing.of_page("x", "https://archive.example/", at).text


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://ashby.example/news?id=1", True), ("http://ashby.example", True), ("javascript:alert(1)", False),
        ("https:javascript:alert(1)", False), ("urn:record:handed-in:7", False), ("//ashby.example/", False),
        ("https://[broken/", False), ("", False),
    ],
)  # fmt: skip
def test_only_the_web_is_linked(url: str, safe: bool) -> None:
    """Other schemes, and what is no address, are text."""
    assert linked(url) == (url if safe else None)


@given(st.text(alphabet=f"ab {MARKS[0]}{MARKS[1]}"))
def test_marks_are_never_text(snippet: str) -> None:
    """What stands between two marks is a hit; a stray mark is dropped."""
    parts = list(marked(snippet))
    assert not any(sign in part for part, _ in parts for sign in MARKS)
    assert "".join(part for part, _ in parts) == snippet.translate({ord(sign): None for sign in MARKS})


def test_long_lines_end_at_a_word() -> None:
    """A cut says that it is one."""
    assert one_line("a  b\nc") == "a b c"
    assert one_line("some words, and more", 11) == "some words …"
    assert len(one_line("x" * 500, 50)) <= 52
    assert one_line(None) == ""


def test_a_question_and_its_address_are_the_same() -> None:
    """What an address asks, asked again, has the same address; a change keeps the rest."""
    address = "q=gate+-snow&in=documents&office=mayor&jurisdiction=ocd-division%2Fcountry%3Aus&since=2026-03-01"
    asking = asked(QueryParams(f"{address}&page=3"))
    assert asking.page == 3
    assert asked(QueryParams(asking.address().partition("?")[2])) == asking.on_page(1)
    assert asking.address(office=None, until="2026-03-02").endswith("since=2026-03-01&until=2026-03-02")
    assert Asking().address() == "/search"
    assert not Asking(words="gate").is_filtered


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example",
        "https://",
        "https://a.example/path",
        "a.example",
        "https://a b/",
        "http://[::1",
        "https://a:99999",
    ],
)
def test_a_public_address_is_that_of_a_site(url: str) -> None:
    """Of http or https, with a host and nothing behind it."""
    with pytest.raises(UsageError, match=r"host of its own|no address of a site"):
        Names.of(url)


def test_a_text_without_spaces_is_cut_too() -> None:
    """Where no space stands between words, characters are counted."""
    text = "".join(f"江{number}水上漲了，圖書館今天不開門。" for number in range(200))
    assert len(excerpt(text)) < len(text) / 3
    shown = "".join(each.text for each in comparing.shortened(word_diff(text, text.replace("江100水", "河水"))))
    assert "河水" in shown
    assert len(shown) < len(text) / 3
    assert excerpt("江水上漲了。") == "江水上漲了。"
