"""The project held to its own gold set: figures with a floor, and the traps, in which nothing may be merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from archive import Archive
from archive.models import Document, Version
from tests.releases.gold import GoldText, load_texts
from tests.releases.measures import meet_spans
from tests.releases.predict import Prediction, appearances, archived, extracted, filled, invented_roster
from tests.releases.score import figures

# A little under what was measured; a fall below is a fault to look at: `python -m tests.releases.score --errors`.
FLOORS = {
    "spans.f1": 0.97,
    "speaker.share": 0.94,
    "office.share": 0.94,
    "jurisdiction.share": 0.91,
    "end_to_end.f1": 0.91,
    "at_threshold.precision": 0.90,
    "at_threshold.recall": 0.92,
    "indirect.precision": 0.90,
    "indirect.recall": 0.80,
    "pairs.precision": 0.98,
    "pairs.recall": 0.83,
    "ambiguous_left_unresolved.share": 1.0,
}
TWIN = "wells-roundup"
BRACKETED = "I told the Service that APD [Alder Police Department] will not guard or take part in any FWS sealing,"


@pytest.fixture(scope="module")
def texts() -> tuple[GoldText, ...]:
    return load_texts()


@pytest.fixture(scope="module")
def archive(texts: tuple[GoldText, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with invented_roster(), filled(texts, tmp_path_factory.mktemp("releases")) as filled_archive:
        yield filled_archive


@pytest.fixture(scope="module")
def predictions(archive: Archive, texts: tuple[GoldText, ...]) -> list[Prediction]:
    return list(appearances(archive, texts))


@pytest.fixture(scope="module")
def measured(texts: tuple[GoldText, ...], predictions: list[Prediction]) -> dict[str, Any]:
    return figures(texts, predictions)


@pytest.mark.parametrize("name", FLOORS)
def test_figures_stay_above_their_floors(measured: dict[str, Any], name: str) -> None:
    group, _, key = name.partition(".")
    assert measured[group][key] >= FLOORS[name], f"{name} fell to {measured[group][key]:.3f}"


def test_nothing_is_merged_that_is_not_one(measured: dict[str, Any]) -> None:
    """An over-merge is worse than a miss: none in the traps, none anywhere."""
    assert set(measured["over_merges_in_traps"].values()) == {0}
    assert measured["over_merges"] == 0


def test_the_twin_of_the_page_it_began_with(texts: tuple[GoldText, ...], predictions: list[Prediction]) -> None:
    """Nine quoted spans with their speakers, offices and places, and indirect speech of three mayors; nothing else."""
    text = next(text for text in texts if text.id == TWIN)
    found = [each for each in predictions if each.text == TWIN and each.kind != "indirect"]
    wanted = [quotation for quotation in text.quotations if quotation.spoken]
    assert len(wanted) == 9
    assert wanted[0].content == BRACKETED
    assert [(text.text[p.start : p.end], p.kind, p.name, p.office, p.jurisdiction_name) for p in found] == [
        (q.content, q.kind, q.speaker.name, q.speaker.office, q.speaker.jurisdiction_name)
        for q in wanted
        if q.speaker is not None
    ]
    groups = [prediction.group for prediction in found]
    assert [groups[0] == groups[1], groups[3] == groups[4], groups[7] == groups[8]] == [True] * 3
    assert len({groups[k] for k in (0, 2, 3, 5, 7)}) == 5


def test_indirect_speech_of_the_twin(texts: tuple[GoldText, ...], predictions: list[Prediction]) -> None:
    text = next(text for text in texts if text.id == TWIN)
    found = {
        text.text[p.start : p.end].removeprefix("that "): (p.name, p.office)
        for p in predictions
        if p.text == TWIN and p.kind == "indirect"
    }
    indirect = [quotation for quotation in text.quotations if quotation.kind == "indirect"]
    for quotation in indirect:
        if not quotation.optional:
            assert quotation.speaker is not None
            assert found[quotation.content] == (quotation.speaker.name, quotation.speaker.office)
    assert found.keys() <= {quotation.content for quotation in indirect}


def test_ten_outlets_quote_ten_statements(texts: tuple[GoldText, ...], predictions: list[Prediction]) -> None:
    """Ten excerpts of one transcript stay ten statements; where words overlap they are one."""
    gold_of = defaultdict(set)
    for met in meet_spans([text for text in texts if "ten-outlets" in text.traps], predictions).met:
        if met.gold.statement.startswith("ferry-") and ":" not in met.gold.statement:
            gold_of[met.prediction.statement].add(met.gold.statement)
    assert all(len(statements) == 1 for statements in gold_of.values())
    assert len(gold_of) >= 10


def test_an_edited_statement_shows_who_still_carries_the_old_words(predictions: list[Prediction]) -> None:
    """The sentence that the mayor's office took out: in its first version, not in its second, and in the reports."""
    by_text: dict[str, set[str | None]] = defaultdict(set)
    for prediction in predictions:
        by_text[prediction.text].add(prediction.statement)
    first, second = by_text["alder-levee-statement"], by_text["alder-levee-statement-v2"]
    taken_out = by_text["plains-levee"] & by_text["basin-courier-levee"] & first - second - {None}
    assert len(taken_out) == 1
    held = [p for p in predictions if p.statement in taken_out and p.text == "alder-levee-statement"]
    assert {p.role for p in held} == {"primary"}
    kept = by_text["plains-levee"] & first & second - {None}
    assert len(kept) == 2


def test_spanish_releases_are_recognised_and_linked(archive: Archive, texts: tuple[GoldText, ...]) -> None:
    """Spanish texts say that they were not looked through; a translation is linked with its original."""
    original = aliased(Document)
    query = (
        select(Document.url, Version.quotation_status, original.url)
        .join(Version, Version.document_id == Document.id)
        .outerjoin(original, original.id == Document.translation_of_id)
    )
    with archive.read() as connection:
        found = {row[0]: (row[1], row[2]) for row in connection.execute(query)}
    address = {text.id: text.url for text in texts}
    for text in texts:
        status = "unsupported_language" if text.language == "es" else "done"
        assert found[text.url] == (status, address.get(text.translation_of or ""))


def test_any_order_gives_the_same_statements(
    texts: tuple[GoldText, ...], predictions: list[Prediction], tmp_path_factory: pytest.TempPathFactory
) -> None:
    backwards = archived(texts, tmp_path_factory.mktemp("backwards"), backwards=True)
    assert sorted(map(repr, backwards)) == sorted(map(repr, predictions))


def test_extraction_alone_finds_the_same_words(texts: tuple[GoldText, ...], predictions: list[Prediction]) -> None:
    """The quick way to score, without an archive, scores the same spans."""
    ours = {(each.text, each.start, each.end) for each in predictions if not each.held}
    assert {(each.text, each.start, each.end) for each in extracted(texts)} == ours
