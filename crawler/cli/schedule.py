"""`archive schedule`: what a machine's own scheduler needs to run `archive crawl --due` for years."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click

from archive.errors import UsageError

__all__ = ["schedule"]

NAME = "on-the-record-crawl"
KEPT = ("ARCHIVE_DATABASE", "ARCHIVE_WARC", "ARCHIVE_CATALOG", "ARCHIVE_SETTINGS", "CONTACT")
SERVICE = """\
[Unit]
Description=On the Record: crawl the sources that are due
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={folder}
{environment}ExecStart={command}
# Another crawl still under way is no failure.
SuccessExitStatus=75
# Answers under way are kept for some seconds after SIGTERM.
TimeoutStopSec=60
Nice=10
"""
TIMER = """\
[Unit]
Description=On the Record: every {every} minutes

[Timer]
OnCalendar=*:0/{every}
RandomizedDelaySec=60
Persistent=true

[Install]
WantedBy=timers.target
"""


@click.command()
@click.option("--format", "form", type=click.Choice(["systemd", "cron"]), required=True, help="For which scheduler.")
@click.option(
    "--every",
    type=click.IntRange(5, 60),
    default=15,
    show_default=True,
    help="Minutes between two looks at what is due.",
)
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Write the files into this folder.")
def schedule(*, form: str, every: int, output: Path | None) -> None:
    """Print what a scheduler needs to run `archive crawl --due`, with this folder and these ARCHIVE_ variables.

    The timer only looks; what is due the archive knows. Overlapping starts end at once with status 75.
    """
    if 60 % every:
        raise UsageError(f"--every {every}: an hour is not divided evenly by it; take 5, 10, 15, 20, 30 or 60")
    files = _systemd(every) if form == "systemd" else _cron(every)
    if output is None:
        for name, text in files.items():
            click.echo(f"# {name}\n{text}" if form == "systemd" else text, nl=False)
        return
    output.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (output / name).write_text(text, encoding="utf-8")
        click.echo(f"{output / name}", err=True)
    click.echo(_next_step(form, output), err=True)


def _program() -> str:
    """The `archive` beside this Python."""
    return str(Path(sys.executable).with_name("archive"))


def _environment() -> dict[str, str]:
    return {name: value for name in KEPT if (value := os.environ.get(name))}


def _systemd(every: int) -> dict[str, str]:
    told = "".join(f'Environment="{name}={_escaped(value)}"\n' for name, value in _environment().items())
    command = f"{_program()} crawl --due"
    service = SERVICE.format(folder=Path.cwd(), environment=told, command=command)
    return {f"{NAME}.service": service, f"{NAME}.timer": TIMER.format(every=every)}


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")


def _cron(every: int) -> dict[str, str]:
    # A percent sign ends a command of cron.
    told = " ".join(f"{name}={shlex.quote(value)}" for name, value in _environment().items())
    command = f"cd {shlex.quote(str(Path.cwd()))} && {told + ' ' if told else ''}{shlex.quote(_program())} crawl --due"
    minutes = "0" if every == 60 else f"*/{every}"
    return {f"{NAME}.cron": f"{minutes} * * * * {command}\n".replace("%", "\\%")}


def _next_step(form: str, output: Path) -> str:
    if form == "cron":
        return f"next: crontab -l | cat - {output / NAME}.cron | crontab -"
    return f"next: copy both into /etc/systemd/system, then systemctl enable --now {NAME}.timer"
