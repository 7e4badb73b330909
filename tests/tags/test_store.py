"""Tags in an archive: given to what is there and to what comes, kept by rebuilds, found by searches, exported."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import Archive, query
from archive.errors import UsageError
from archive.query import Filters
from archive.tagging import Dictionary, read_dictionary
from tests.cli.conftest import Run
from tests.cli.conftest import filled as filled
from tests.cli.conftest import run as run
from tests.cli.conftest import world as world
from tests.store.archives import InThisProcess, derived_rows
from tests.store.conftest import invented_roster as invented_roster
from tests.store.speaking import GATE, HALL, PAPER, SOCKS, add_pages, page, quoting

RIVER = 'name = "river"\nversion = "{}"\nlicence = "CC0-1.0"\n[tags]\nflood = ["gate", "socks"]\nwear = ["sock*"]\n'


def river(version: str = "1", more: str = "") -> Dictionary:
    return read_dictionary(RIVER.format(version) + more)


@pytest.fixture
def archive(database_url: str, tmp_path: Path, invented_roster: None) -> Iterator[Archive]:
    with Archive.open(database_url, warc_dir=tmp_path / "warc") as opened:
        yield opened


def tagged(archive: Archive, tag: str) -> set[str]:
    with archive.read() as connection:
        return {hit.words for hit in query.search_statements(connection, "", filters=Filters(tag=tag))}


def test_what_is_there_and_what_comes_is_tagged_and_a_rebuild_agrees(archive: Archive) -> None:
    """One capture at a time, edits included, gives the tags that a rebuild gives."""
    add_pages(archive, [page(HALL, "/a", quoting(GATE), 0)])
    assert archive.add_dictionary(river(), by="desk") is None
    assert tagged(archive, "flood") == {GATE}
    add_pages(archive, [page(HALL, "/b", quoting(SOCKS), 1), page(PAPER, "/c", quoting(GATE), 2)])
    assert (tagged(archive, "flood"), tagged(archive, "river/wear")) == ({GATE, SOCKS}, {SOCKS})
    dry = SOCKS.replace("socks", "boots")
    add_pages(archive, [page(HALL, "/b", quoting(dry), 3), page(HALL, "/a", "Nothing is said here any more.", 4)])
    before = derived_rows(archive)
    assert before["statement_tag"]
    archive.rebuild(executor=InThisProcess())  # type: ignore[arg-type]
    assert derived_rows(archive)["statement_tag"] == before["statement_tag"]


def test_a_version_takes_the_place_of_another_and_goes_when_removed(archive: Archive) -> None:
    add_pages(archive, [page(HALL, "/a", f"{quoting(GATE)}\n\n{quoting(SOCKS)}", 0)])
    archive.add_dictionary(river(), by="desk")
    with pytest.raises(UsageError, match="in force with another text"):
        archive.add_dictionary(river(more='help = ["backs"]\n'), by="desk")
    assert archive.add_dictionary(river("2", 'help = ["backs"]\n'), by="desk") == "1"
    with archive.read() as connection:
        (facts,) = query.dictionaries(connection)
    assert (facts.version, facts.added_by, facts.tags) == ("2", "desk", {"flood": 2, "help": 1, "wear": 1})
    archive.remove_dictionary("river")
    assert tagged(archive, "flood") == set()
    with pytest.raises(UsageError, match="there is none"):
        archive.remove_dictionary("river")


def test_documents_that_carry_a_tagged_statement_are_found(archive: Archive) -> None:
    add_pages(archive, [page(HALL, "/a", quoting(GATE), 0), page(HALL, "/b", quoting(SOCKS), 1)])
    archive.add_dictionary(river(), by="desk")
    with archive.read() as connection:
        hits = query.search(connection, "", filters=Filters(tag="wear"))
    assert [hit.url.rsplit("/", 1)[1] for hit in hits] == ["b"]


def test_the_commands(run: Run, world: Path, tmp_path: Path) -> None:
    """Tried, put in force, listed, searched by, exported with the digest, removed."""
    file = tmp_path / "snow.toml"
    file.write_text('name = "snow"\nversion = "1"\nlicence = "CC0-1.0"\n[tags]\nwinter = ["snow"]\nsummer = ["heat"]\n')
    tried = run("tag", file, "--dry-run")
    assert tried.out.startswith("winter: 1 statement\n  ")
    assert "summer: 0 statements" in tried.out
    assert run("tag", "--list").err == "no dictionary is in force\n"
    assert run("tag", file, "--by", "desk", "--json").rows[0]["tags"] == {"winter": 1}
    assert "in force already" in run("tag", file).err
    assert "winter" in run("tag", "--list").out
    (hit,) = run("search", "--tag", "winter", "--in", "statements", "--json").rows
    assert run("search", "--tag", "summer", "--json").rows == []
    assert run("export", tmp_path / "out", "--format", "csv").status == 0
    with gzip.open(tmp_path / "out" / "tags.csv.gz", "rt", encoding="utf-8", newline="") as written:
        (row,) = csv.DictReader(written)
    assert (row["statement"], row["dictionary"], row["tag"]) == (hit["statement"], "snow", "winter")
    assert row["digest"] == run("tag", "--list", "--json").rows[0]["digest"]
    assert run("tag", "--remove", "snow").status == 0
    for wrong in ((), (file, "--list"), ("--dry-run",), (tmp_path / "none.toml",)):
        assert run("tag", *wrong).status == 1
