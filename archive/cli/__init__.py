"""The mouth for people: `archive COMMAND ...`.

Data goes to standard output, words to standard error. Each command's module is imported only when it is called, so
that a small question starts quickly; packages beside this one add commands by the entry-point group `archive.commands`.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

import click

from archive.cli.faults import explain

__all__ = ["COMMANDS", "Extended", "archive", "main"]

GROUP = "archive.commands"
COMMANDS = {
    "alerts": "archive.cli.alerts:alerts",
    "backup": "archive.cli.keeping:backup",
    "decide": "archive.cli.decide:decide",
    "diff": "archive.cli.reading:diff",
    "evidence": "archive.cli.evidence:evidence",
    "export": "archive.cli.export:export",
    "extract": "archive.cli.extract:extract",
    "history": "archive.cli.reading:history",
    "ingest": "archive.cli.ingest:ingest",
    "person": "archive.cli.statements:person",
    "rebuild": "archive.cli.keeping:rebuild",
    "redact": "archive.cli.keeping:redact",
    "removals": "archive.cli.overview:removals",
    "report": "archive.cli.report:report",
    "roster": "archive.cli.roster:roster",
    "runs": "archive.cli.overview:runs",
    "sample": "archive.cli.sample:sample",
    "search": "archive.cli.search:search",
    "serve": "archive.cli.serve:serve",
    "show": "archive.cli.reading:show",
    "sources": "archive.cli.overview:sources",
    "status": "archive.cli.overview:status",
    "tag": "archive.cli.tag:tag",
    "trace": "archive.cli.statements:trace",
    "upgrade": "archive.cli.keeping:upgrade",
    "verify": "archive.cli.keeping:verify",
    "watch": "archive.cli.watch:watch",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*COMMANDS, *(point.name for point in _added())})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            module, _, name = COMMANDS[cmd_name].partition(":")
            found = getattr(import_module(module), name)
        else:
            found = next((point.load() for point in _added() if point.name == cmd_name), None)
        return found if isinstance(found, click.Command) else None


def _added(group: str = "") -> list[EntryPoint]:
    """Commands that other packages add: `NAME` to `archive`, `GROUP.NAME` to one of its groups."""
    points = [point for point in entry_points(group=GROUP) if point.name not in COMMANDS]
    return [point for point in points if point.name.rpartition(".")[0] == group]


class Extended(click.Group):
    """A group to which other packages add subcommands; without one it does what it did alone."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.commands, *(point.name.rpartition(".")[2] for point in _added(str(self.name)))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        named = f"{self.name}.{cmd_name}"
        found = next((point.load() for point in _added(str(self.name)) if point.name == named), None)
        return found if isinstance(found, click.Command) else super().get_command(ctx, cmd_name)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="on-the-record", prog_name="archive")
def archive() -> None:
    """Keep, search and export what public officials said.

    Exit status: 0 fine, 1 wrong use, 2 sources or inputs with errors, 3 storage failure, 4 a source fell silent,
    75 already running.
    """


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status; whatever goes wrong is told in one sentence on standard error."""
    try:
        # Not by click's own main, which answers a closed pipe with status 1.
        with archive.make_context("archive", sys.argv[1:] if arguments is None else list(arguments)) as context:
            status = archive.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except BrokenPipeError:
        return _reader_left()
    except (Exception, KeyboardInterrupt) as error:  # the mouth's last word, whatever the rooms raise
        return explain(error)
    return status if isinstance(status, int) else 0


def _reader_left() -> int:
    # The reader (`| head`) has what it wanted; the interpreter's own last flush must not complain either.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
