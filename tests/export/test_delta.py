"""Deltas: applied to the export before they give the full one, byte for byte; tombstones say what is gone and why."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import Archive
from archive.catalog import SourceEntry
from archive.errors import UsageError
from archive.export import TOMBSTONES, Choice, Exported, apply_delta, check, export
from archive.records import Capture
from tests.export.town import fill, more, rows_of, table_named
from tests.store.archives import InThisProcess, running
from tests.store.test_statements import History, decide, histories

FORMS = ("parquet", "csv", "jsonl", "sqlite")


def write(archive: Archive, out: Path, formats: tuple[str, ...] = FORMS, since: Path | None = None) -> Exported:
    """Export all, with a panel."""
    with archive.read() as connection:
        choice = Choice(min_confidence=0, text="all")
        return export(
            connection, out, formats=formats, choice=choice, panel=("speaker", "month"), raw_csv=True,
            since_export=since,
        )  # fmt: skip


def live(archive: Archive, history: History) -> None:
    """What happens in a history, one thing after another."""
    for who, what in history:
        if isinstance(who, SourceEntry) and isinstance(what, Capture):
            with running(archive, who, executor=InThisProcess()) as run:
                run.add(what).result()
        elif isinstance(who, str) and isinstance(what, int) and who != "other office":
            decide(archive, who, what)


def follows(archive: Archive, folder: Path, formats: tuple[str, ...]) -> None:
    """The delta from `before` to now, applied to it, is the full export of now."""
    full = write(archive, folder / "full", formats)
    delta = write(archive, folder / "delta", formats, since=folder / "before")
    done = apply_delta(folder / "before", folder / "delta", folder / "after")
    assert done.files == full.files
    assert list(check(folder / "after")) == list(check(folder / "delta")) == []
    assert all(delta.rows[name] <= full.rows[name] for name in full.rows)


def check_history(folder: Path, before: History, after: History, formats: tuple[str, ...]) -> None:
    with Archive.open(f"sqlite:///{folder}/archive.db") as archive:
        live(archive, before)
        write(archive, folder / "before", formats)
        live(archive, after)
        follows(archive, folder, formats)


# Each of the formats is the one that the delta reads at one time or another.
FORMATS = st.sampled_from([("parquet", "csv"), ("csv",), ("jsonl",), ("sqlite",)])


@given(before=histories, after=histories, formats=FORMATS)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_delta_leads_to_the_full_export(before: History, after: History, formats: tuple[str, ...]) -> None:
    """Whatever is captured and decided, redactions among it."""
    with tempfile.TemporaryDirectory() as folder:
        check_history(Path(folder), before, after, formats)


@pytest.mark.slow
@given(before=histories, after=histories, formats=FORMATS)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_delta_leads_to_the_full_export_at_length(before: History, after: History, formats: tuple[str, ...]) -> None:
    """The same property over many more histories."""
    with tempfile.TemporaryDirectory() as folder:
        check_history(Path(folder), before, after, formats)


def test_tombstones_say_what_is_gone(tmp_path: Path) -> None:
    """What a redaction and a merge of statements took away, with why, and what took its place."""
    with Archive.open(f"sqlite:///{tmp_path}/archive.db") as archive:
        release, _, trees = fill(archive)
        more(archive)
        write(archive, tmp_path / "before")
        speakers = rows_of(tmp_path / "before", table_named("speakers"))
        archive.redact(trees, reason="a takedown request", by="tests")
        two = [str(row["id"]) for row in speakers if row["name"] in ("Ruth Okafor", "Ida Ferris")]
        if len(two) == 2:
            archive.decide(kind="merge_persons", subject=two[0], into=two[1], by="tests", reason="one person")
        follows(archive, tmp_path, FORMS)
    gone = rows_of(tmp_path / "delta", TOMBSTONES)
    assert {(row["table"], row["reason"]) for row in gone} >= {("versions", "redacted"), ("appearances", "redacted")}
    versions = rows_of(tmp_path / "delta", table_named("versions"))
    assert [(row["document"], row["redacted"], row["text"]) for row in versions] == [(trees, True, None)]
    assert release not in {row["document"] for row in versions}
    assert rows_of(tmp_path / "delta", table_named("documents"))[0]["title"] is None


def test_a_retired_id_has_its_successor(tmp_path: Path) -> None:
    """Two statements become one by a decision: the id that is gone names the one that answers now."""
    with Archive.open(f"sqlite:///{tmp_path}/archive.db") as archive:
        fill(archive)
        write(archive, tmp_path / "before")
        said = [row for row in rows_of(tmp_path / "before", table_named("statements")) if row["kind"] == "direct"]
        one, other = (str(row["id"]) for row in said)
        archive.decide(kind="merge_statements", subject=one, with_=other, by="tests", reason="one utterance")
        follows(archive, tmp_path, FORMS)
    (gone,) = [row for row in rows_of(tmp_path / "delta", TOMBSTONES) if row["table"] == "statements"]
    assert gone["reason"] == "retired"
    assert {gone["key"], f'["{gone["successor"]}"]'} == {f'["{one}"]', f'["{other}"]'}


def test_nothing_new_is_an_empty_delta(tmp_path: Path) -> None:
    """Only the descriptions are there."""
    with Archive.open(f"sqlite:///{tmp_path}/archive.db") as archive:
        fill(archive)
        write(archive, tmp_path / "before")
        assert set(write(archive, tmp_path / "delta", since=tmp_path / "before").rows.values()) == {0}


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    """Another choice, a delta to a delta, guarded CSV alone, a folder that is none, a delta to another export."""
    with Archive.open(f"sqlite:///{tmp_path}/archive.db") as archive:
        fill(archive)
        write(archive, tmp_path / "before")
        with archive.read() as connection:
            with pytest.raises(UsageError, match="was made of another choice"):
                export(connection, tmp_path / "x", formats=["csv"], since_export=tmp_path / "before")
            export(connection, tmp_path / "csv", formats=["csv"])
            with pytest.raises(UsageError, match="apostrophes"):
                export(connection, tmp_path / "x", formats=["csv"], since_export=tmp_path / "csv")
            with pytest.raises(UsageError, match="is no export that can be read"):
                export(connection, tmp_path / "x", formats=["csv"], since_export=tmp_path / "nowhere")
        write(archive, tmp_path / "delta", since=tmp_path / "before")
        with pytest.raises(UsageError, match="is a delta itself"):
            write(archive, tmp_path / "x", since=tmp_path / "delta")
        with pytest.raises(UsageError, match="is a delta to another export"):
            apply_delta(tmp_path / "csv", tmp_path / "delta", tmp_path / "x")
        with pytest.raises(UsageError, match="is a whole export"):
            apply_delta(tmp_path / "before", tmp_path / "csv", tmp_path / "x")
    assert not (tmp_path / "x").exists()
