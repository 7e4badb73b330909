"""`archive status`, `runs`, `removals`, `sources`, `rebuild`, `verify`, `upgrade`, `backup` and `redact`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import HOURS, SNOW, Run, fill


def test_status_counts(run: Run, world: Path) -> None:
    """As lines for people, as one object for programs."""
    (found,) = run("status", "--json").rows
    assert (found["documents"], found["versions"], found["captures"], found["removed"]) == (3, 4, 8, 1)
    said = run("status").out
    assert "3 documents, 4 versions, of 8 captures" in said
    assert "last 2026-03-21T09:00:00Z\n" in said


def test_runs_removals_and_sources_print_rows(run: Run, world: Path) -> None:
    """One row each, in columns or as JSON."""
    (ran,) = run("runs", "--json").rows
    assert (ran["source"], ran["counts"]["new_documents"]) == ("ashby", 3)
    assert run("runs", "--failing", "--source", "elsewhere").err == "no such run\n"
    (removal,) = run("removals", "--state", "confirmed", "--json").rows
    assert (removal["url"], removal["state"]) == (HOURS, "confirmed")
    assert "Library hours" in run("removals", "--source", "ashby", "--since", "2026-03-01").out
    assert run("removals", "--state", "restored").err == "no removal is known\n"
    sources = {row["source"]: row["state"] for row in run("sources", "--json").rows}
    assert sources["ashby"] == "ok"
    assert "never run" in sources.values()
    assert run("sources").out.splitlines()[0].startswith("source ")


def test_rebuild_gives_what_was_there(run: Run, world: Path) -> None:
    """Counts afterwards are printed; nothing that people see has changed."""
    before = run("search", "--json", "--all-versions").out
    said = run("rebuild", "--workers", "1", "--json")
    assert said.status == 0
    assert run("search", "--json", "--all-versions").out == before
    assert said.rows[0]["documents"] == 3


def test_verify_finds_a_flipped_byte(run: Run, world: Path) -> None:
    """A whole archive has no findings; a damaged one lists them and ends with status 3."""
    whole = run("verify")
    assert (whole.status, whole.out, whole.err) == (0, "", "everything is as it was written\n")
    (warc,) = (world / "archive-warc").glob("*.warc.gz")
    warc.chmod(0o600)
    data = bytearray(warc.read_bytes())
    data[len(data) // 2] ^= 0xFF
    warc.write_bytes(data)
    said = run("verify")
    assert said.status == 3
    assert warc.name in said.out
    assert "findings, as listed" in said.err
    assert run("verify", "--json").rows[0].keys() >= {"kind", "where", "what", "next_step"}


def test_upgrade_of_a_new_database_applies_every_revision(run: Run, archive_dir: Path) -> None:
    """A dry run names them and does nothing; the second upgrade has nothing to do."""
    planned = run("upgrade", "--dry-run").out
    assert planned
    assert run("upgrade").out == planned
    said = run("upgrade")
    assert (said.status, said.out, said.err) == (0, "", "the schema is this program's already\n")


def test_a_backup_is_an_archive(run: Run, world: Path, tmp_path: Path) -> None:
    """The copy answers as the original does, and verifies."""
    copy = tmp_path / "copy"
    said = run("backup", copy)
    assert said.status == 0
    (database,) = copy.glob("*.db")
    there = f"sqlite:///{database}"
    assert run("search", "--json", "--database", there).out == run("search", "--json").out
    assert run("verify", "--database", there).status == 0


def test_a_redaction_is_asked_about_and_for_good(run: Run, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dry run and a no take nothing out; a yes does, and rebuild does not bring it back."""
    text = "spend 4.5 million"
    assert run("redact", SNOW, "--reason", "takedown request", "--dry-run").status == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    assert run("redact", SNOW, "--reason", "takedown request").status == 130
    assert text in run("show", SNOW).out
    done = run("redact", SNOW, "--reason", "takedown request", "--by", "Keeper", "--yes", "--json")
    assert done.status == 0
    shown = run("show", SNOW)
    assert text not in shown.out
    assert "(redacted: a decision took the text out for good)" in shown.out
    assert run("rebuild").status == 0
    assert run("search", "plows", "--all-versions", "--json").rows == []
    assert b"Residents are asked" not in b"".join(path.read_bytes() for path in world.iterdir() if path.is_file())


def test_a_redaction_needs_a_reason(run: Run, world: Path) -> None:
    """The decision is kept, and so must be why."""
    said = run("redact", SNOW, "--yes")
    assert said.status == 1
    assert "--reason" in said.err


def test_the_same_commands_answer_on_either_database(
    run: Run, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Named by --database or ARCHIVE_DATABASE, SQLite and PostgreSQL print the same."""
    monkeypatch.setenv("ARCHIVE_WARC", str(tmp_path / "warc"))
    fill(database_url)
    monkeypatch.setenv("ARCHIVE_DATABASE", database_url)
    assert [hit["title"] for hit in run("search", "plows", "--json").rows] == ["Snow plan"]
    assert len(run("history", SNOW, "--json", "--database", database_url).rows) == 2
    assert "[-3.5-]{+4.5+}" in run("diff", SNOW).out
    assert run("removals", "--json").rows[0]["state"] == "confirmed"
    assert run("verify").status == 0
    assert run("rebuild", "--json").rows[0]["versions"] == 4
