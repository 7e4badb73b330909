"""Scores of audit samples: estimates weigh by chance, intervals cover what they say, agreement is Krippendorff's."""

from __future__ import annotations

import random
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from archive.query import scores
from archive.query.estimating import Judged, Stratum, estimate
from archive.query.scoring import JUDGED, Key, agreement, score


def sheet(**columns: str) -> list[dict[str, Any]]:
    """Rows a, b, c ... with the given cells, one character per row and column; `-` is left empty."""
    length = len(next(iter(columns.values())))
    names = [chr(ord("a") + n) for n in range(length)]
    return [
        {"appearance": name, **{c: columns.get(c, "-" * length)[n].replace("-", "") for c in JUDGED}}
        for n, name in enumerate(names)
    ]


def key(strata: str, **sizes: int) -> Key:
    """The key of rows a, b, c ...: the stratum of each is a letter, which is its kind too."""
    names = {chr(ord("a") + n): stratum for n, stratum in enumerate(strata)}
    return Key(kinds=names, strata=names, sizes=sizes)


def test_a_row_stands_for_as_many_as_its_chance_says() -> None:
    """Of 2 of 10 and 2 of 90, one right in the first and both in the second: (5 + 90) / 100 are right."""
    found = {row.kind: row for row in score(sheet(words_right="1011"), key("ddii", d=10, i=90)).figures}
    assert (found["all"].precision, found["all"].estimated_right, found["all"].estimated_all) == (0.95, 95.0, 100.0)
    assert (found["d"].precision, found["i"].precision) == (0.5, 1.0)
    assert found["i"].low < 0.5, "two rows say little"


def test_an_unjudged_row_counts_as_not_drawn() -> None:
    """The judged rows of its stratum stand for it; no figure is made of nothing."""
    scored = score(sheet(words_right="1-1-", speaker_right="0---"), key("dddd", d=8))
    assert (scored.rows, scored.unfilled) == (4, 2)
    figures = {(row.column, row.kind): row for row in scored.figures}
    assert figures["words_right", "all"].estimated_all == 8.0
    assert figures["speaker_right", "all"].precision == 0.0
    assert not [row for row in scored.figures if row.column == "office_right"]


def test_where_everything_is_judged_nothing_is_uncertain() -> None:
    (row, *_) = score(sheet(words_right="110"), key("ddd", d=3)).figures
    assert row.low <= row.precision <= row.high
    assert row.high - row.low < 0.001


def test_the_interval_holds_the_true_share_as_often_as_it_says() -> None:
    """2,000 stratified samples of one population: the true share lies within in about 95 of 100."""
    rng = random.Random(5)
    population = [
        [rng.random() < share for _ in range(size)] for size, share in ((200, 0.6), (800, 0.85), (2000, 0.95))
    ]
    truth = sum(map(sum, population)) / sum(map(len, population))
    inside = 0
    for _ in range(2000):
        found = estimate([Stratum(len(each), [Judged(right) for right in rng.sample(each, 60)]) for each in population])
        inside += found.low <= truth <= found.high
    assert 0.935 <= inside / 2000 <= 0.98


def test_agreement_is_as_krippendorff_computes_it() -> None:
    """Two observers, binary data, of "Computing Krippendorff's Alpha-Reliability" (2011): alpha 0.095."""
    one, other = sheet(words_right="0100000010"), sheet(words_right="1110010000")
    found = {row.column: row for row in agreement(one, other)}
    words = found["words_right"]
    assert (words.both_judged, words.equal, words.alpha) == (10, 6, pytest.approx(0.095, abs=0.0005))
    assert found["office_right"].alpha is None


def test_a_score_is_kept_once_on_either_database(database_url: str, tmp_path: Path) -> None:
    """And read back as it was, oldest first."""
    scored = score(sheet(words_right="101"), key("dii", d=1, i=4), coder="a.csv")
    kept: dict[str, Any] = {
        "by": "desk", "drawn": {"n": 3}, "rows": 3, "unfilled": 0, "agreement": [],
        "figures": [asdict(each) for each in scored.figures],
    }  # fmt: skip
    with Archive.open(database_url, warc_dir=tmp_path / "warc") as archive:
        assert archive.keep_score(sheets=[{"name": "a.csv", "sha256": "1f"}], **kept)
        assert archive.keep_score(sheets=[{"name": "copy.csv", "sha256": "1f"}], **kept) is None
        with archive.read() as connection:
            (found,) = scores(connection)
    assert (found.scored_by, found.figures, found.drawn) == ("desk", scored.figures, {"n": 3})


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"appearance": "a"}], "no column 'words_right'"),
        (sheet(words_right="--"), "nothing is filled in"),
        (sheet(words_right="1?"), "row 2, words_right: '\\?': no judgement"),
        (sheet(words_right="111"), "does not know the row 'c'"),
        (sheet(words_right="1") * 2, "a row twice"),
    ],
)
def test_what_is_no_judged_sheet_is_said(rows: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        score(rows, key("dd", d=2))
