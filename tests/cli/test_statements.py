"""`archive search` of statements, `trace`, `person`, `decide` and `sample`, on an archive with one edited statement."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from archive import Archive, query
from tests.cli.conftest import SNOW, Run

BECAUSE = ("--reason", "read on the page", "--by", "desk")


def _statement(run: Run) -> str:
    (hit,) = run("search", "clearing", "--in", "statements", "--json").rows
    return str(hit["statement"])


def test_a_statement_is_found_by_its_words(run: Run, world: Path) -> None:
    (hit,) = run("search", "clearing", "--in", "statements", "--json").rows
    assert (hit["speaker"], hit["office"], hit["kind"]) == ("Ada Penn", "mayor", "indirect")
    assert hit["jurisdiction"] == "ocd-division/country:us/state:il/place:ashby"
    assert "Ada Penn, mayor" in run("search", "clearing", "--in", "statements").out


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--speaker", "penn"], 1),
        (["--speaker", "okafor"], 0),
        (["--kind", "direct"], 0),
        (["--kind", "indirect"], 1),
        (["--office", "mayor"], 1),
        (["--office", "governor"], 0),
        (["--since", "2026-02-28"], 0),
    ],
)
def test_statements_are_filtered_by_speaker_kind_office_and_day(
    run: Run, world: Path, options: list[str], found: int
) -> None:
    assert len(run("search", "clearing", "--in", "statements", *options, "--json").rows) == found


def test_trace_shows_what_each_version_says(run: Run, world: Path) -> None:
    """Both sums stand there: the one that was printed first and the one it became."""
    (traced,) = run("trace", _statement(run), "--json").rows
    assert len(traced["appearances"]) == 2
    said = run("trace", _statement(run))
    assert said.status == 0
    assert "3.5 million" in said.out
    assert "4.5 million" in said.out
    assert SNOW in said.out


def test_an_unknown_statement_is_one_sentence(run: Run, world: Path) -> None:
    said = run("trace", "0" * 20)
    assert (said.status, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1


def test_a_person_is_shown_with_offices_and_statements(run: Run, world: Path) -> None:
    said = run("person", "Ada", "Penn")
    assert said.status == 0
    assert "Ada Penn" in said.out
    assert "clearing snow" in said.out


def test_a_dry_run_decides_nothing(run: Run, world: Path) -> None:
    said = run("decide", "check", _statement(run), *BECAUSE, "--dry-run")
    before, after = said.out.splitlines()[1:]
    assert before.endswith("[1 story, 1 document]")
    assert after.endswith("[1 story, 1 document, checked]")
    assert said.err == "1 statement in 1 document would change; nothing was entered\n"
    assert run("decide", "list", "--json").rows == []


def test_a_checked_statement_says_so(run: Run, world: Path) -> None:
    assert run("decide", "check", _statement(run), *BECAUSE).status == 0
    (hit,) = run("search", "clearing", "--in", "statements", "--json").rows
    assert hit["checked"]
    (decision,) = run("decide", "list", "--json").rows
    assert (decision["kind"], decision["made_by"], decision["reason"]) == ("checked", "desk", "read on the page")


def test_a_corrected_speaker_has_the_statement(run: Run, world: Path) -> None:
    (document,) = run("search", "clearing", "--in", "documents", "--json").rows
    (traced,) = run("trace", _statement(run), "--json").rows
    words = traced["appearances"][-1]["words"]
    given = ("--words", words, "--speaker", "Bo Marsh", "--role", "Mayor")
    assert run("decide", "correct-speaker", document["document"], *given, *BECAUSE).status == 0
    found = run("search", "clearing", "--in", "statements", "--speaker", "marsh", "--json").rows
    assert [hit["speaker"] for hit in found] == ["Bo Marsh"]


def test_a_correction_names_one_speaker(run: Run, world: Path) -> None:
    said = run("decide", "correct-speaker", "x", "--words", "snow", "--nobody", "--speaker", "Bo Marsh", *BECAUSE)
    assert said.status == 1
    assert "one of --speaker and --nobody" in said.err


def _judge(sheet: Path, into: Path, **cells: str) -> Path:
    with sheet.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names, rows = list(reader.fieldnames or ()), list(reader)
    with into.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(row | cells for row in rows)
    return into


def _drawn(run: Run, folder: Path) -> Path:
    sheet = folder / "sheet.csv"
    said = run("sample", "--n", "5", "--min-confidence", "0", "--out", sheet)
    assert said.status == 0
    assert "archive sample --score" in said.err
    return sheet


def test_a_sheet_is_blind_and_its_key_is_not(run: Run, world: Path, tmp_path: Path) -> None:
    """Nothing in the sheet says how sure the archive is; the key has each row's chance."""
    sheet = _drawn(run, tmp_path)
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert all("[[[" in row["passage"] for row in rows)
    assert not {"confidence", "kind", "stratum", "weight", "probability"} & rows[0].keys()
    key = json.loads((tmp_path / "sheet.csv.key.json").read_text())
    assert [row["appearance"] for row in key["rows"]] == [row["appearance"] for row in rows]
    assert {row["probability"] for row in key["rows"]} == {1.0}
    assert key["drawn"]["archive"]["captures"] == 8
    assert run("sample", "--out", sheet).status == 1


def test_a_sample_is_judged_and_scored(run: Run, world: Path, tmp_path: Path) -> None:
    """Of rows with the speaker wrong, words are right and speakers are not."""
    sheet = _drawn(run, tmp_path)
    _judge(sheet, sheet, words_right="1", speaker_right="0")
    scored = {row["column"]: row for row in run("sample", "--score", sheet, "--json").rows if row["judged"]}
    assert (scored["words_right"]["precision"], scored["speaker_right"]["precision"]) == (1.0, 0.0)


def test_a_score_is_kept_once_with_who_and_of_what(run: Run, world: Path, tmp_path: Path) -> None:
    """Two coders' figures and agreement, signed; a rebuild leaves them; the same sheets again add nothing."""
    sheet = _drawn(run, tmp_path)
    other = _judge(sheet, tmp_path / "other.csv", words_right="0")
    _judge(sheet, sheet, words_right="1")
    said = run("sample", "--score", sheet, other, "--keep", "--by", "desk")
    assert (said.status, "signed desk" in said.err) == (0, True)
    assert "words_right: 0 of" in said.err
    assert "kept already" in run("sample", "--score", sheet, other, "--keep").err
    assert run("rebuild", "--workers", "1").status == 0
    with Archive.open(create=False) as archive, archive.read() as connection:
        (kept,) = query.scores(connection)
    assert (kept.scored_by, [each["name"] for each in kept.sheets]) == ("desk", ["sheet.csv", "other.csv"])
    assert {row.coder: row.precision for row in kept.figures if row.kind == "all"} == {"sheet.csv": 1, "other.csv": 0}
    assert kept.drawn["strata"]["all"]["drawn"] == kept.rows


def test_a_sheet_without_its_key_is_not_scored(run: Run, world: Path, tmp_path: Path) -> None:
    sheet = _drawn(run, tmp_path)
    (tmp_path / "sheet.csv.key.json").rename(tmp_path / "elsewhere.json")
    said = run("sample", "--score", sheet)
    assert (said.status, "draw the sample again with its seed" in said.err) == (1, True)
    _judge(sheet, sheet, words_right="1")
    assert run("sample", "--score", sheet, "--key", tmp_path / "elsewhere.json").status == 0
    (tmp_path / "elsewhere.json").write_text("[]")
    assert "no key of a sample" in run("sample", "--score", sheet, "--key", tmp_path / "elsewhere.json").err
    assert run("sample", "--keep").status == 1


def test_the_same_seed_draws_the_same_sample(run: Run, world: Path) -> None:
    drawn = [run("sample", "--n", "2", "--seed", "7", "--min-confidence", "0").out for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert drawn[0].count("\n") >= 2


def test_a_confirmed_mayor_stays_the_mayor_of_the_page(run: Run, world: Path) -> None:
    """The place by name is the one that the page's own office is of; what looks like no full name is refused."""
    (traced,) = run("trace", _statement(run), "--json").rows
    said = traced["appearances"][-1]["id"]
    given = ("--speaker", "Ada Penn", "--role", "Mayor", "--place", "Ashby", *BECAUSE)
    assert run("decide", "correct-speaker", said, *given).status == 0
    (hit,) = run("search", "clearing", "--in", "statements", "--json").rows
    assert (hit["jurisdiction"], hit["primary_status"]) == ("ocd-division/country:us/state:il/place:ashby", "found")
    refused = run("decide", "correct-speaker", said, "--speaker", "us-il-ashby-ada-pen", *BECAUSE)
    assert refused.status == 1
    assert "neither a full name nor the id" in refused.err
