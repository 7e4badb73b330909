"""What a person reads when something goes wrong: one sentence, and the exit status that belongs to it."""

from __future__ import annotations

import os
import re
import sys
import traceback

import click

from archive.errors import ArchiveError, StorageError

__all__ = ["explain", "masked"]

INTERRUPTED = 130
# scheme://user:password@host, as it stands in database URLs that drivers repeat in their messages
_PASSWORD = re.compile(r"(\w[\w+.-]*://[^\s:/@]*:)[^\s@]+(?=@)|(\bpassword=)(?:'[^']*'|\S+)", re.IGNORECASE)


def masked(said: str) -> str:
    """The same words without the password of any URL in them."""
    return _PASSWORD.sub(lambda match: f"{match[1] or match[2]}***", said)


def explain(error: BaseException) -> int:
    """Say on standard error what happened, and return the exit status."""
    if isinstance(error, click.ClickException):
        return _usage(error)
    if isinstance(error, click.Abort | KeyboardInterrupt):
        sentence, status = "stopped; what was acknowledged is safe", INTERRUPTED
    elif isinstance(error, ArchiveError):
        sentence, status = str(error), error.exit_status
    elif type(error).__module__.startswith("sqlalchemy."):
        said = str(getattr(error, "orig", None) or error).strip().splitlines()
        sentence = f"the database refused: {said[0] if said else 'no reason given'}; run again when it is mended"
        status = StorageError.exit_status
    elif isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        sentence = f"{where}{error.strerror or error}; nothing is half written, run again when it is mended"
        status = StorageError.exit_status
    else:
        sentence, status = _fault(error), 1
    click.echo(masked(f"archive: {sentence}"), err=True)
    return status


def _usage(error: click.ClickException) -> int:
    context = getattr(error, "ctx", None)
    hint = f"; `{context.command_path} --help` says what it takes" if context else ""
    click.echo(masked(f"archive: {error.format_message().rstrip('.')}{hint}"), err=True)
    return ArchiveError.exit_status


def _fault(error: BaseException) -> str:
    if os.environ.get("ARCHIVE_DEBUG"):
        sys.stderr.write(masked("".join(traceback.format_exception(error))))
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{last.filename.rsplit(os.sep, 1)[-1]} line {last.lineno}"
    return (
        f"a fault of this program ({type(error).__name__} in {where}: {error}); "
        "run again with ARCHIVE_DEBUG=1 and report what it prints"
    )
