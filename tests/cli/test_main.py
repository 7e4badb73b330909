"""The mouth itself: help, faults in one sentence, exit statuses, pipes, secrets."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import click
import pytest
from sqlalchemy.exc import OperationalError

from archive import errors
from archive.cli import COMMANDS, archive, output
from archive.cli.faults import explain, masked
from tests.cli.conftest import SNOW, Run

SECRET = "hunter2%21"


def _subclasses(base: type[errors.ArchiveError]) -> list[type[errors.ArchiveError]]:
    return [base, *(each for child in base.__subclasses__() for each in _subclasses(child))]


def test_help_lists_every_command(run: Run) -> None:
    """With a line on what each does."""
    said = run("--help")
    assert said.status == 0
    for name in COMMANDS:
        assert f"\n  {name} " in said.out


NO_ARCHIVE = {"extract", "roster"}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(run: Run, name: str) -> None:
    """Every command, argument and option has a help text; those that read an archive take --database."""
    command = archive.get_command(click.Context(archive), name)
    assert command is not None
    assert command.help
    assert run(name, "--help").status == 0
    parts = list(command.commands.values()) if isinstance(command, click.Group) else [command]
    assert all(part.help for part in parts)
    for part in parts:
        options = [each for each in part.params if isinstance(each, click.Option)]
        assert [each.name for each in options if not each.help] == []
        assert name in NO_ARCHIVE or any("--database" in each.opts for each in options)


def test_other_packages_add_commands(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry point of the group `archive.commands` is a command."""

    def points(*, group: str) -> list[EntryPoint]:
        return [EntryPoint(name="hello", value="tests.cli.test_main:hello", group=group)]

    monkeypatch.setattr("archive.cli.entry_points", points)
    assert run("hello").out == "hello\n"
    assert "\n  hello " in run("--help").out


@click.command()
def hello() -> None:
    """Say hello."""
    click.echo("hello")


@pytest.mark.parametrize("arguments", [["nonesuch"], ["--nonesuch"], ["search", "--limit", "many"], []])
def test_wrong_use_is_status_1(run: Run, arguments: list[str]) -> None:
    """One sentence, and where to look."""
    said = run(*arguments)
    assert said.status == 1
    assert said.out == ""
    assert "Traceback" not in said.err


@pytest.mark.parametrize("kind", _subclasses(errors.ArchiveError))
def test_an_archive_error_is_its_sentence_and_status(
    kind: type[errors.ArchiveError], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each error of the tree is told by its text and ends with its own status."""
    assert explain(kind("the disk is full; free some space")) == kind.exit_status
    assert capsys.readouterr().err == "archive: the disk is full; free some space\n"


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OperationalError("SELECT 1", {}, Exception("disk I/O error")), 3, "the database refused: disk I/O error"),
        (OSError(28, "No space left on device", "/data/x.csv"), 3, "/data/x.csv: No space left on device"),
        (KeyboardInterrupt(), 130, "stopped; what was acknowledged is safe"),
        (click.Abort(), 130, "stopped"),
    ],
)
def test_other_faults_are_sentences_too(
    error: BaseException, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Database and disk faults are storage failures, an interrupt is an interrupt."""
    assert explain(error) == status
    err = capsys.readouterr().err
    assert err.startswith(f"archive: {said}")
    assert len(err.splitlines()) == 1


def test_a_fault_of_ours_names_its_place(run: Run, monkeypatch: pytest.MonkeyPatch, archive_dir: Path) -> None:
    """Even then there is one sentence; ARCHIVE_DEBUG=1 adds the traceback."""

    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr("archive.Archive.open", broken, raising=False)
    monkeypatch.setattr("archive.store.Archive.open", broken)
    said = run("status")
    assert said.status == 1
    assert "a fault of this program (ZeroDivisionError in test_main.py line" in said.err
    assert "Traceback" not in said.err
    monkeypatch.setenv("ARCHIVE_DEBUG", "1")
    assert "Traceback" in run("status").err


@pytest.mark.parametrize(
    "text",
    [
        f"postgresql://me:{SECRET}@db.example/x is gone",
        f"postgresql+psycopg://me:{SECRET}@[::1]:5432/x",
        f"connection failed: host=a password={SECRET} user=me",
        f"connection failed: host=a password='{SECRET} x' user=me",
    ],
)
def test_passwords_are_masked(text: str) -> None:
    """Wherever a URL or a driver's message carries one."""
    assert SECRET not in masked(text)
    assert "me" in masked(text)


@pytest.mark.parametrize("command", ["status", "runs", "search", "upgrade"])
def test_a_password_is_never_printed(run: Run, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in any output of a database that cannot be reached, with debugging on."""
    monkeypatch.setenv("ARCHIVE_DEBUG", "1")
    said = run(command, "--database", f"postgresql://me:{SECRET}@127.0.0.1:1/x")
    assert said.status == 3
    assert SECRET not in said.out + said.err
    assert "hunter2" not in said.out + said.err


@pytest.mark.parametrize("command", ["status", "search", "runs", "sources", "removals", "rebuild", "verify"])
def test_a_question_makes_no_archive(run: Run, archive_dir: Path, command: str) -> None:
    """Where there is none, that is told, and none is left behind."""
    said = run(command)
    assert (said.status, said.out) == (1, "")
    assert "no archive there; crawl or ingest first" in said.err
    assert list(archive_dir.iterdir()) == []


def test_a_file_that_is_no_database_is_told(run: Run, archive_dir: Path) -> None:
    """One sentence, exit status 3."""
    (archive_dir / "archive.db").write_bytes(b"not a database, but long enough to look at" * 100)
    said = run("status")
    assert said.status == 3
    assert len(said.err.splitlines()) == 1


def test_a_closed_pipe_is_no_fault(world: Path) -> None:
    """`archive ... | head -1` says nothing, and its status is 0."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "archive.cli", "search", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_a_strangers_words_do_not_drive_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences and marks that turn the writing direction are left out of what people see."""
    assert output.plain("a\x1b[31mb\x07\u202ec\td\ne\x9b") == "a[31mbc\td\ne"
    output.note("a\x1b[2Jb")
    assert capsys.readouterr().err == "a[2Jb\n"


def test_a_terminal_sees_colours_and_progress(run: Run, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the words that changed and the hits are coloured, and long work shows how far it is."""
    assert "verifying" not in run("verify").err
    plain = run("diff", SNOW).out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    coloured = run("diff", SNOW).out
    assert "\x1b[31m\x1b[9m3.5\x1b[0m\x1b[32m4.5\x1b[0m million" in coloured
    assert "[-3.5-]{+4.5+} million" in plain
    assert "clearing \x1b[31m\x1b[1msnow\x1b[0m this" in run("search", "snow").out
    assert "verifying" in run("verify").err


def test_start_up_is_quick_enough_for_a_hundred_calls() -> None:
    """Help of the whole is answered without the database or the extraction libraries."""
    code = (
        "import sys\nfrom archive.cli import main\nmain(['extract', '--help'])\n"
        "heavy = {'sqlalchemy', 'trafilatura', 'scrapy', 'pyarrow'} & set(sys.modules)\n"
        "sys.exit(1 if heavy else 0)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done
