"""Four processes, each with a source of its own, write into one database at once."""

from __future__ import annotations

from pathlib import Path

from archive import Archive
from tests.store.archives import InThisProcess, derived_rows
from tests.store.test_faults import ADD, start

OWN_SOURCE = ADD.replace("running(opened, ", "running(opened, source(f'xx-alder-{first}'), ").replace(
    "prose, running", "prose, running, source"
)


def test_four_sources_at_once(database_url: str, tmp_path: Path) -> None:
    """Nothing is locked, doubled or lost, and texts that all four carry are the same stories as after a rebuild."""
    Archive.open(database_url, warc_dir=tmp_path / "warc").close()
    processes = [start(OWN_SOURCE, database_url, tmp_path / "warc", first * 10, 20, 10_000) for first in range(4)]
    for process in processes:
        said, complained = process.communicate(timeout=120)
        assert (process.returncode, said.count("kept")) == (0, 20), complained
    with Archive.open(database_url, warc_dir=tmp_path / "warc") as archive:
        rows = derived_rows(archive)
        assert len(rows["document"]) == len(rows["version"]) == 80
        # Neighbours in the row overlap by ten pages: each of these thirty texts is carried by two sources.
        assert len(rows["story"]) == 30
        assert list(archive.verify()) == []
        archive.rebuild(executor=InThisProcess())
        assert derived_rows(archive) == rows
