"""The documentation is true: its commands exist and run, and nothing that exists goes unmentioned."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import click
import pytest

from archive import errors
from archive.catalog.reading import KEYS, STRATEGIES
from archive.cli import archive, main
from archive.cli.faults import INTERRUPTED
from archive.export import FORMATS, TABLES, TOMBSTONES, Table
from archive.export.describe import dictionary_rows
from tests.cli.conftest import filled as filled
from tests.docs_blocks import DOCS, ROOT, Block, Step, blocks, sections, texts

SHELL = blocks("console", "sh")
MATERIAL = os.environ.get("BENCH_DATA", "")
EVERYTHING = "\n".join(texts().values())
ALL = set(archive.list_commands(click.Context(archive)))


def _options(command: click.Command) -> set[str]:
    options = [each for each in command.params if isinstance(each, click.Option)]
    below: list[click.Command] = []
    if isinstance(command, click.Group):
        context = click.Context(command)
        below = [found for name in command.list_commands(context) if (found := command.get_command(context, name))]
    own = {name for each in options for name in each.opts if name.startswith("--") and name != "--help"}
    return own.union(*map(_options, below))


def _command(name: str) -> click.Command:
    command = archive.get_command(click.Context(archive), name)
    assert command is not None, f"there is no command `archive {name}`"
    return command


def _exists(words: list[str], place: str) -> None:
    program, *arguments = words
    if program == "archive" and arguments and not arguments[0].startswith("-"):
        filled_in = [re.sub(r"^\$\w+", "x", each) for each in arguments[1:]]
        _command(arguments[0]).make_context(arguments[0], filled_in).close()
    elif program == "make":
        targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        wanted = [each for each in arguments if "=" not in each and not each.startswith("-")]
        assert set(wanted) <= set(targets), f"{place}: no such make target"
    elif program == "scrapy":
        from scrapy.cmdline import _get_commands_from_module

        known = {
            *_get_commands_from_module("scrapy.commands", True),
            *_get_commands_from_module("crawler.commands", True),
        }
        assert arguments[0] in known, f"{place}: no such scrapy command"


@pytest.mark.parametrize("block", SHELL, ids=lambda block: block.name)
def test_every_command_in_the_docs_exists(block: Block) -> None:
    """Its name, its options and the values given with them pass the parser."""
    assert block.steps(), "a block of commands holds a command"
    for step in block.steps():
        for words in step.commands():
            _exists(words, block.name)


def _agree(printed: list[str], documented: tuple[str, ...]) -> bool:
    """Whether the output is as documented; a line `...` of the documentation stands for any number of lines."""
    pattern = "".join(r"(?:.*\n)*" if line == "..." else re.escape(line) + r"\s*\n" for line in documented)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def _run(step: Step, capsys: pytest.CaptureFixture[str]) -> list[str]:
    program, *arguments = shlex.split(os.path.expandvars(step.line))
    assert program == "archive", "only archive commands are run here"
    capsys.readouterr()
    status = main(arguments)
    out, err = capsys.readouterr()
    assert "fault of this program" not in err
    assert status == (2 if "unreadable" in out else 0), err
    return out.splitlines()


@pytest.mark.parametrize("block", [block for block in SHELL if "run" in block.words], ids=lambda block: block.name)
def test_examples_print_what_the_docs_say(
    block: Block, filled: Path, archive_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Blocks marked `run` are run on the archive of an invented town."""
    shutil.copytree(filled, archive_dir, dirs_exist_ok=True)
    monkeypatch.chdir(archive_dir)
    for step in block.steps():
        printed = _run(step, capsys)
        assert _agree(printed, step.output), "\n".join([f"{step.line} prints", *printed])


SQL = [block for block in blocks("sql") if "run" in block.words]
PYTHON = [block for block in blocks("python") if "run" in block.words]


@pytest.mark.parametrize("block", SQL, ids=lambda block: block.name)
def test_examples_in_sql_answer_what_the_docs_say(block: Block, filled: Path) -> None:
    """The comment lines below a question are its answer on the archive of the invented town."""
    asked, *answer = re.split(r"^-- ", block.body, flags=re.MULTILINE)
    with closing(sqlite3.connect(f"file:{filled / 'archive.db'}?mode=ro", uri=True)) as database:
        rows = [" | ".join(map(str, row)) for row in database.execute(asked)]
    assert rows == [line.rstrip() for line in answer]


@pytest.mark.parametrize("block", PYTHON, ids=lambda block: block.name)
def test_examples_in_python_print_what_the_docs_say(block: Block, filled: Path, tmp_path: Path) -> None:
    """Each is a program of its own, run in the folder of the archive; `# >` stands before what it prints."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    told = [line[4:] for line in block.body.splitlines() if line.startswith("# > ")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", block.body], cwd=tmp_path, capture_output=True, text=True, check=False, env=environment
    )
    assert done.stdout.splitlines() == told, done.stderr


if MATERIAL:

    @pytest.mark.parametrize(
        "block", [each for each in SHELL if "needs-data" in each.words], ids=lambda block: block.name
    )
    def test_examples_on_real_material_run(
        block: Block, archive_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Blocks marked `needs-data` run where BENCH_DATA says where the material is."""
        monkeypatch.setenv("BENCH_DATA", str(Path(MATERIAL).absolute()))
        monkeypatch.chdir(archive_dir)
        for step in block.steps():
            if step.line.startswith("archive "):
                assert _run(step, capsys)


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_command_and_option_is_documented(name: str) -> None:
    """docs/commands.md has a section for each command, which names its options and no others."""
    section = sections(DOCS / "commands.md")[f"archive {name}"]
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section.replace("`archive backup", "")))
    assert named == _options(_command(name))


def test_no_command_is_documented_that_is_not_there() -> None:
    """The sections of docs/commands.md are the commands of this package."""
    found = {name.split(" ", 1)[1] for name in sections(DOCS / "commands.md") if name.startswith("archive ")}
    assert found == ALL


def _statuses(base: type[errors.ArchiveError]) -> set[int]:
    return {base.exit_status}.union(*(_statuses(child) for child in base.__subclasses__()))


def test_every_exit_status_is_documented() -> None:
    """The table of docs/commands.md is the statuses of the errors, nothing less or more."""
    table = sections(DOCS / "commands.md")["Exit statuses"]
    documented = {int(number) for number in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    assert documented == {0, INTERRUPTED} | _statuses(errors.ArchiveError)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_export_format_is_documented(name: str) -> None:
    """With the ending of its files."""
    assert f"| `{name}` | `{FORMATS[name].ending}`" in (DOCS / "export.md").read_text()


@pytest.mark.parametrize("table", [*TABLES, TOMBSTONES], ids=lambda table: table.name)
def test_every_exported_column_is_documented(table: Table) -> None:
    """docs/export.md holds the same table as the data dictionary of an export."""
    section = sections(DOCS / "export.md")[table.name]
    assert [line for line in section.splitlines() if line.startswith("| `")] == dictionary_rows(table)


@pytest.mark.parametrize("name", sorted(STRATEGIES))
def test_every_discovery_strategy_and_its_options_are_documented(name: str) -> None:
    """Each in back quotes."""
    missing = [word for word in (name, *sorted(STRATEGIES[name])) if f"`{word}`" not in EVERYTHING]
    assert missing == []


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_catalog_key_is_documented(key: str) -> None:
    """Each in back quotes."""
    assert f"`{key}`" in EVERYTHING


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.name)
def test_links_between_the_docs_lead_somewhere(path: Path) -> None:
    """A relative link names a file that is there."""
    targets = re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []
