"""`archive alerts`: who would be told of what, and whether they can be reached."""

from __future__ import annotations

import click

from archive import clock
from archive.cli.options import as_rows, database, opened
from archive.cli.output import counted_as, note, print_json, print_table
from archive.errors import UsageError

__all__ = ["alerts"]


@click.command()
@click.option("--send", is_flag=True, help="Tell it now, as `archive crawl` does after a crawl.")
@click.option("--test", is_flag=True, help="Send everybody a trial message, and remember nothing.")
@as_rows
@database
def alerts(*, send: bool, test: bool, as_json: bool, database: str | None) -> None:
    """List what has not been told yet of sources that fare badly, or are well again.

    Who is told stands in the settings file (on-the-record.toml, or ARCHIVE_SETTINGS) under [alerts].
    """
    from archive import alerts as telling
    from archive.catalog import load_catalog
    from archive.settings import load_settings

    settings = load_settings()
    if (send or test) and settings.alerts.nobody:
        raise UsageError("nobody is to be told; name a file, webhook or email under [alerts] in on-the-record.toml")
    if test:
        words = "a trial message; nothing is wrong"
        trial = telling.News(
            source="trial", title="On the Record", state="ok", before=None, words=words, since=clock.now()
        )
        telling.deliver(settings.alerts, [trial])
        note("sent")
        return
    with opened(database) as archive:
        if send:
            found = telling.tell(archive, load_catalog(), settings.alerts)
            note(f"{counted_as(len(found), 'source')} told of")
        else:
            with archive.read() as connection:
                found = telling.pending(connection, load_catalog(), clock.now())
    if as_json:
        for each in found:
            print_json(each)
        return
    print_table(found, ("source", "state", "before", "since", "words"), empty="nothing to tell")
