"""The gold set itself: strictly read, large enough, with every trap, and its statements by the rules."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive.catalog import load_catalog
from archive.roster import Term, load_roster
from archive.text import clean
from tests.releases.gold import (
    HERE,
    GoldError,
    GoldQuotation,
    GoldText,
    Speaker,
    documents,
    load_texts,
    parse,
    quotation_lines,
    read_cast,
    statements,
)

TRAPS = {
    "acting", "ambiguous", "broken-marks", "bulleted", "deputy", "doubtful", "edited", "group", "headline",
    "multi-paragraph", "nested", "nobody-said", "other-town", "same-surname", "spanish", "spokesperson", "succession",
    "ten-outlets", "thanks", "twin", "two-speakers", "two-years", "weekly", "wire",
}  # fmt: skip
FRONT = """source: us-nd-alder-mayor
url: https://alder.example/a
title: A
date: 2020-01-01
kind: press_release
language: en
"""
WINDOW_DAYS = 30


def spoken(texts: tuple[GoldText, ...]) -> Iterator[tuple[GoldText, GoldQuotation]]:
    return ((text, quotation) for text in texts if text.language == "en" for quotation in text.quotations)


def normal(words: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub(r"\[.*?\]", " ", words).lower()))


def test_there_are_enough_texts_and_quotations() -> None:
    """The counts that the project promises: 60 texts, 150 quotations of mayors, indirect speech beside them."""
    texts = load_texts()
    found = Counter(
        "spoken" if quotation.spoken else quotation.kind
        for _, quotation in spoken(texts)
        if quotation.speaker and quotation.speaker.office == "mayor"
    )
    assert len({text.url for text in texts}) >= 80
    assert found["spoken"] >= 200
    assert found["indirect"] >= 15
    assert {text.kind for text in texts} == {"press_release", "article", "transcript"}


def test_there_are_enough_pairs_across_documents() -> None:
    """At least 100 pairs of the same statement even without the parts that whole releases hold."""
    by_statement = defaultdict(list)
    for text, quotation in spoken(load_texts()):
        if quotation.clustered and quotation.spoken:
            by_statement[quotation.statement].append(text.url)
    pairs = [(a, b) for urls in by_statement.values() for a, b in combinations(urls, 2) if a != b]
    assert len(pairs) >= 100


def test_every_trap_is_there() -> None:
    texts = load_texts()
    assert {trap for text in texts for trap in text.traps} == TRAPS
    ten = [text for text in texts if "ten-outlets" in text.traps and text.kind == "article"]
    assert len({text.source for text in ten}) == 10
    held = {q.statement for text in texts if text.id == "ferry-transcript" for q in text.quotations if q.kind == "held"}
    assert len(held) == 10
    assert held == {q.statement for text in ten for q in text.quotations} & held
    thanks = {q.statement for text in texts for q in text.quotations if "I want to thank our public works" in q.content}
    cruel = {q.statement for text in texts for q in text.quotations if q.content.startswith("cruel")}
    assert len(thanks) == 4
    assert len(cruel) == 2


@pytest.mark.parametrize("text", load_texts(), ids=lambda text: text.id)
def test_offsets_fit(text: GoldText) -> None:
    assert clean(text.text) == text.text
    assert 80 <= len(text.text.split()) <= 400
    for quotation in text.quotations:
        assert text.text[quotation.start : quotation.end] == quotation.content
        assert quotation.content.strip() == quotation.content
        if quotation.printed is not None:
            assert text.text[quotation.printed_start : quotation.printed_end] == quotation.printed


def test_quotation_marks_are_all_annotated() -> None:
    """Whatever stands between double marks is a quotation, was said by nobody, or is left out by intent."""
    for text in load_texts():
        covered = [(q.start, q.end) for q in text.quotations] + [*text.nobody, *text.ignored]
        for quoted in re.finditer(r"[“\"«]([^“”\"«»\n]+)[”\"»]", text.text):
            middle = (quoted.start(1) + quoted.end(1)) // 2
            between = quoted.group(1).startswith((" ", ",")) or any(start <= middle < end for start, end in covered)
            assert between, f"{text.id}: {quoted.group()}"


def test_statements_follow_the_rules() -> None:
    """One speaker for one statement; equal words within 30 days are one statement, longer apart they are not."""
    kinds = ("direct", "fragment", "held")
    items = [(text, q) for text, q in spoken(load_texts()) if q.clustered and q.speaker and q.kind in kinds]
    for (text, a), (other, b) in combinations(items, 2):
        same_speaker = a.speaker is not None and b.speaker is not None and a.speaker.name == b.speaker.name
        if a.statement == b.statement:
            assert same_speaker
            assert abs((text.day - other.day).days) <= WINDOW_DAYS
        elif same_speaker and len(normal(a.content).split()) >= 6:
            same = normal(a.content) == normal(b.content) and abs((text.day - other.day).days) <= WINDOW_DAYS
            assert not same, f"{text.id} {a.id} and {other.id} {b.id} are one statement"


def test_sources_and_roster_know_everybody() -> None:
    """Each source has its host, each mayor and governor a term on the day of each text."""
    catalog, roster = load_catalog([HERE / "sources.toml"]), load_roster([HERE / "roster"])
    for text in load_texts():
        assert urlsplit(text.url).hostname == urlsplit(catalog.source(text.source).start[0]).hostname
        for quotation in text.quotations:
            speaker = quotation.speaker
            if speaker and speaker.jurisdiction and speaker.key in read_cast()[1]:
                assert roster.jurisdiction_name(speaker.jurisdiction) == speaker.jurisdiction_name
                terms = [term for person in roster.find(speaker.name) for term in roster.terms_of(person.id)]
                assert any(_holds(term, speaker, text) for term in terms)


def _holds(term: Term, speaker: Speaker, text: GoldText) -> bool:
    return (
        (term.office, term.jurisdiction) == (speaker.office, speaker.jurisdiction)
        and (term.start or text.day) <= text.day <= (term.end or text.day)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "lines", "wrong"),
    [
        ("“⟦q1|Yes,⟧” said Okafor.", 'q1 okafor direct "Okafor" #yes', None),
        ("“⟦q1|Yes,⟧” said Okafor.", "", "not described: q1"),
        ("“⟦q1|Yes,⟧” said Okafor.", 'q1 okafor direct "Okafor"\nq2 okafor direct -', ":11: not one quotation"),
        ("“⟦q1|Yes,⟧” said Okafor.", 'q1 okafor loud "Okafor"', ":10: kind 'loud'"),
        ("“⟦q1|Yes,⟧” said Okafor.", "q1 nobody direct -", ":10: speaker 'nobody'"),
        ("“⟦q1|Yes, Okafor,⟧” she said.", 'q1 okafor direct "Okafor"', ":10: 'Okafor' does not stand in the text"),
        ("“⟦q1|Yes,⟧” said Okafor.⟧", 'q1 okafor direct "Okafor"', ":8: ⟧ closes nothing"),
        ("“⟦q1|Yes,” said Okafor.", 'q1 okafor direct "Okafor"', ":8: an open ⟦"),
        ("“⟦q1|Yes,⟧” “⟦q1|No,⟧” said Okafor.", 'q1 okafor direct "Okafor"', "stands twice"),
        ("“⟦q1|Yes,⟧” said Okafor.", 'q1 okafor direct "Okafor"\n@x "X" baron', ":11: not `@key"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, body: str, lines: str, wrong: str | None) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{FRONT}===\n{body}\n===\n{lines}\n", encoding="utf-8")
    if wrong is None:
        (quotation,) = parse(path).quotations
        assert (quotation.content, quotation.start, quotation.printed_start) == ("Yes,", 1, 12)
        return
    with pytest.raises(GoldError, match=re.escape(wrong)):
        parse(path)


@pytest.mark.parametrize(
    ("front", "wrong"),
    [
        (FRONT.replace("kind: press_release", "kind: song"), "kind 'song'"),
        (FRONT.replace("date: 2020-01-01", "date: 2020-13-01"), "month must be"),
        (FRONT.replace("title: A\n", ""), "lacks title"),
        (FRONT + "mood: fair\n", ":7: not one `key: value`"),
    ],
)
def test_front_matter_is_checked(tmp_path: Path, front: str, wrong: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{front}===\nNothing.\n===\n", encoding="utf-8")
    with pytest.raises(GoldError, match=re.escape(wrong)):
        parse(path)


def test_lines_for_other_scorers() -> None:
    """The formats of the events and of the quotation data: offsets hold, held parts and indirect speech stay out."""
    texts = load_texts()
    by_id = {line["id"]: line for line in documents(texts)}
    lines = list(statements(texts))
    assert all(by_id[line["doc_id"]]["text"][line["start"] : line["end"]] == line["content"] for line in lines)
    assert {line["kind"] for line in lines} == {"direct", "fragment", "whole", "turn"}
    assert sum(len(line["quotes"]) for line in quotation_lines(texts)) == len(lines) + 1  # one has no speaker
