"""What the archive makes of quotations: primary sources, repeats, translations, ids that retire, texts that go."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, inspect, select, text, update

from archive import Archive
from archive.models import Appearance, Decision, Document, RetiredId, Statement, Version
from archive.records import Capture, Obtained
from tests.store.archives import InThisProcess, derived_rows, running
from tests.store.speaking import (
    ENGLISH,
    GATE,
    HALL,
    PAPER,
    PLAIN,
    SOCKS,
    SPANISH,
    add_pages,
    appearances,
    page,
    quoting,
)

pytestmark = pytest.mark.usefixtures("invented_roster")
WHOLE = f"From Mayor Ruth Okafor:\n\nI have three things to say. {GATE} I will learn who. {SOCKS} I thank you all."


@pytest.fixture
def archive(database_url: str, tmp_path: Path):
    with Archive.open(database_url, warc_dir=tmp_path / "warc") as opened:
        yield opened


def test_a_release_is_the_primary_source(archive: Archive) -> None:
    """The office's own page is where the words come from, whichever was captured first; its place in it is marked."""
    add_pages(archive, [page(PAPER, "/news", quoting(GATE), 1), page(HALL, "/release", WHOLE, 2)])
    report, primary = sorted(
        (row for row in appearances(archive) if row["words"] == GATE),
        key=lambda row: row["appearance_role"],
        reverse=True,
    )
    assert (report["appearance_role"], report["variation"], report["source"]) == ("report", "verbatim", PAPER.id)
    assert (primary["appearance_role"], primary["variation"], primary["source"]) == ("primary", None, HALL.id)
    assert {row["primary_status"] for row in (report, primary)} == {"found"}
    assert report["statement_id"] == primary["statement_id"]
    assert report["speaker"] == "Ruth Okafor"
    assert (report["office"], report["office_basis"], report["jurisdiction_name"]) == ("mayor", "open", "Alder")


def test_an_edit_keeps_both_wordings(archive: Archive) -> None:
    """Each version says which words it had; the statement is one."""
    edited = GATE.replace("Tuesday", "Tuesday at noon")
    add_pages(archive, [page(HALL, "/a", quoting(words), day) for day, words in ((0, GATE), (5, edited))])
    rows = appearances(archive)
    assert [(row["version"], row["words"], row["is_latest"]) for row in rows] == [(1, GATE, False), (2, edited, True)]
    assert len({row["statement_id"] for row in rows}) == 1


def test_nobody_s_words_are_kept(archive: Archive) -> None:
    """A quotation that nobody can be named for is an appearance without statement and speaker."""
    add_pages(archive, [page(PAPER, "/a", "“Nobody told us of it before Tuesday at noon,” said a man in the queue.")])
    (row,) = appearances(archive)
    assert [row[name] for name in ("statement_id", "wording_id", "speaker_id", "primary_status")] == [None] * 4


@pytest.mark.parametrize(
    ("entries", "status"),
    [((PAPER,), "not_watched"), ((PAPER, HALL), "absent_while_watched")],
    ids=["unwatched", "watched"],
)
def test_a_missing_primary_source_is_told_from_an_unwatched_one(archive: Archive, entries, status: str) -> None:
    """A run of a source of the speaker's office that day makes its silence tell something."""
    today = datetime.now(ZoneInfo(HALL.timezone)).date()
    add_pages(archive, [page(PAPER, "/a", quoting(GATE), published=today)])
    for entry in entries:
        with running(archive, entry, executor=InThisProcess()):
            pass
    assert {row["primary_status"] for row in appearances(archive)} == {status}


def test_words_of_other_years_are_a_repeat(archive: Archive) -> None:
    """The same words a year later, and again, are statements of their own, each linked to the one before."""
    pages = [page(PAPER, f"/{day}", quoting(GATE), day) for day in (800, 0, 400)]
    add_pages(archive, pages)
    assert _chain(archive) == [None, 0, 1]
    add_pages(archive, [page(PAPER, "/between", quoting(GATE), 200)])
    assert _chain(archive) == [None, 0, 1, 2]


def _chain(archive: Archive) -> list[int | None]:
    """For each statement, oldest first, the number of the one that it repeats."""
    with archive.read() as connection:
        rows = connection.execute(select(Statement.__table__).order_by(Statement.first_date)).all()
    numbers = {row.public_id: number for number, row in enumerate(rows)}
    return [numbers.get(row.repeat_of) for row in rows]


def test_a_translation_is_linked_to_its_original(archive: Archive) -> None:
    """In any order; and no more when the original is another text."""
    spanish, english = add_pages(archive, [page(HALL, "/es", SPANISH, 1), page(HALL, "/en", ENGLISH, 2)])
    assert derived_rows(archive)["translation"] == [(spanish, english)]
    assert len({row["statement_id"] for row in appearances(archive)}) == 1
    add_pages(archive, [page(HALL, "/es", f"The county spoke. {quoting(GATE)}", 3)])
    assert derived_rows(archive)["translation"] == []
    add_pages(archive, [page(HALL, "/es", SPANISH, 4)])
    assert derived_rows(archive)["translation"] == [(spanish, english)]
    add_pages(archive, [page(HALL, "/en", "The office is closed for the holiday, and opens again on Monday.", 3)])
    assert derived_rows(archive)["translation"] == []
    archive.rebuild(executor=InThisProcess())
    assert derived_rows(archive)["translation"] == []


def test_an_id_that_retires_leads_on(archive: Archive) -> None:
    """A statement is known by its earliest words; when earlier ones come in, the old id leads to the new one."""
    add_pages(archive, [page(PAPER, "/late", quoting(GATE), 9)])
    (before,) = appearances(archive)
    add_pages(archive, [page(PAPER, "/early", quoting(GATE), 1)])
    (after,) = {row["statement_id"] for row in appearances(archive)}
    with archive.read() as connection:
        gone = connection.execute(select(RetiredId.new, RetiredId.kind).where(RetiredId.old == before["statement_id"]))
        assert gone.all() == [(after, "statement")]


def test_a_document_can_be_redacted_again(archive: Archive) -> None:
    """Its files are replaced a second time, and nothing refers to what replaced them the first time."""
    for day, words in enumerate((GATE, SOCKS)):
        (document,) = add_pages(archive, [page(PAPER, "/a", quoting(words), day)])
        archive.redact(document, reason="a takedown request", by="tests")
    assert list(archive.verify()) == []


def test_a_speaker_of_one_document_is_named_by_its_first_version(archive: Archive) -> None:
    """Whichever version was stored first."""
    later, earlier = (quoting(SOCKS, who) for who in ("R. Hedges", "Chief Hedges"))
    add_pages(archive, [page(PAPER, "/a", later, 2), page(PAPER, "/a", earlier, 1)])
    rows = derived_rows(archive)
    archive.rebuild(executor=InThisProcess())
    assert derived_rows(archive) == rows


def test_a_decision_is_about_one_of_two_who_say_the_same(archive: Archive) -> None:
    """In one document two people say the same words; what was decided about the one says nothing of the other."""
    said = f"{quoting(GATE)} {quoting(GATE, 'Mayor Lena Okafor of Birch, S.D.')}"
    add_pages(archive, [page(PAPER, "/a", said)])
    lena = next(row for row in appearances(archive) if row["speaker"] == "Lena Okafor")
    archive.decide(kind="checked", subject=lena["statement_id"], by="tests", reason="read")
    assert {row["speaker"]: row["checked"] for row in appearances(archive)} == {"Ruth Okafor": 0, "Lena Okafor": 1}
    rows = derived_rows(archive)
    archive.rebuild(executor=InThisProcess())
    assert derived_rows(archive) == rows


def test_a_correction_outlasts_an_edit_of_the_page(archive: Archive) -> None:
    """It is known by the words, and by their number where they stand twice; not by where they stood."""
    document, *_ = add_pages(archive, [page(PAPER, "/a", quoting(GATE))])
    start = appearances(archive)[0]["char_start"]
    given = {"speaker": "Ignacio Barreda", "role": "Mayor", "place": "San Telmo"}
    archive.decide(
        kind="correct_speaker", subject=document, words=GATE, start=start, by="tests", reason="read", **given
    )
    add_pages(archive, [page(PAPER, "/a", f"ALDER, N.D. - {quoting(GATE)}", 2)])
    assert {row["speaker"] for row in appearances(archive)} == {"Ignacio Barreda"}
    assert {row["checked"] for row in appearances(archive)} == {True}


def test_a_correction_is_of_one_of_two_equal_quotations(archive: Archive) -> None:
    """Of two people who say the same the second one is corrected, wherever an edit moves them."""
    said = f"{quoting(SOCKS, 'Jane Roe')} {quoting(SOCKS, 'Paul Doe')}"
    document, *_ = add_pages(archive, [page(PAPER, "/a", said)])
    second = max(row["char_start"] for row in appearances(archive))
    archive.decide(
        kind="correct_speaker", subject=document, words=SOCKS, start=second, by="tests", reason="x", speaker="Ann Lee"
    )
    add_pages(archive, [page(PAPER, "/a", f"ALDER - {said}", 2)])
    assert [row["speaker"] for row in appearances(archive)] == ["Jane Roe", "Ann Lee"] * 2


def test_ids_lead_on_when_a_speaker_becomes_another(archive: Archive) -> None:
    """A statement whose speaker is merged or corrected has another id, and the old one leads to it."""
    one, other = (
        quoting(words, f"Chief Paul {name} of Alder") for words, name in ((GATE, "Hedges"), (SOCKS, "Hodges"))
    )
    add_pages(archive, [page(PAPER, "/a", one), page(PAPER, "/b", other)])
    hedges, hodges = (row for row in appearances(archive))
    archive.decide(
        kind="merge_persons", subject=hodges["speaker_id"], into=hedges["speaker_id"], by="tests", reason="one man"
    )
    with archive.read() as connection:
        rows = {row.old: row for row in connection.execute(select(RetiredId.__table__))}
    now = next(row for row in appearances(archive) if row["words"] == SOCKS)
    assert rows[hodges["statement_id"]].new == now["statement_id"]
    assert (rows[hodges["speaker_id"]].new, rows[hodges["speaker_id"]].kind) == (hedges["speaker_id"], "speaker")


def test_a_private_namesake_is_nobody_else(archive: Archive) -> None:
    """The mayor's words in the mouth of a neighbor of her name are the neighbor's, and of nobody's page."""
    neighbor = quoting(GATE, "Ruth Okafor, a neighbor")
    add_pages(archive, [page(PAPER, "/a", quoting(GATE)), page(PAPER, "/b", neighbor)])
    assert len({row["statement_id"] for row in appearances(archive)}) == 2


def test_what_the_page_called_somebody_goes_with_a_correction(archive: Archive) -> None:
    """A private name is not left beside the words of another."""
    (document,) = add_pages(archive, [page(PAPER, "/a", quoting(GATE, "Jane Doe, a neighbor of 12 Elm Street"))])
    archive.decide(kind="correct_speaker", subject=document, words=GATE, by="tests", reason="x", speaker=None)
    with archive.read() as connection:
        (row,) = connection.execute(select(Appearance.__table__))
    assert "Doe" not in repr(row)
    assert "Elm" not in repr([row.role, row.place, row.on_behalf_of, row.speaker_as_printed])


def test_a_redaction_takes_names_out_of_decisions(archive: Archive) -> None:
    """What a decision knew of the redacted page is gone, and it says that it is not applied any more."""
    (document,) = add_pages(archive, [page(PAPER, "/a", quoting(GATE, "Jane Doe, a neighbor"))])
    statement = appearances(archive)[0]["statement_id"]
    archive.decide(kind="checked", subject=statement, by="tests", reason="read")
    archive.redact(document, reason="a takedown request", by="tests")
    with archive.read() as connection:
        assert "doe" not in repr(connection.execute(select(Decision.payload)).all()).lower()
    assert [each.why for each in archive.unfit_decisions()] == ["a redaction took out the words that it was about"]


def test_a_decision_about_another_speaker_does_not_fit(archive: Archive) -> None:
    """A check of a statement is not of whoever a later correction makes its speaker."""
    (document,) = add_pages(archive, [page(PAPER, "/a", quoting(GATE))])
    archive.decide(kind="checked", subject=appearances(archive)[0]["statement_id"], by="tests", reason="read")
    archive.decide(kind="correct_speaker", subject=document, words=GATE, by="tests", reason="x", speaker="Ann Lee")
    assert [each.why for each in archive.unfit_decisions()] == [
        f"document {document} gives these words to another speaker now"
    ]


def test_an_edited_wording_stays_beside_an_earlier_report(archive: Archive) -> None:
    """A later version is of the statement that its first one is of, whoever else printed those words before."""
    edited = GATE.replace("stuck", "broken")
    pages = [
        page(PAPER, "/y", quoting(GATE), 1),
        page(PAPER, "/y", quoting(edited), 2),
        page(PAPER, "/x", quoting(GATE)),
    ]
    add_pages(archive, pages)
    assert len({row["statement_id"] for row in appearances(archive)}) == 1


def test_a_redaction_takes_the_words_out_of_every_table(archive: Archive) -> None:
    """Text, quotations, appearances, statements, wordings, decisions, search: the words are nowhere any more."""
    document, _ = add_pages(archive, [page(PAPER, "/a", quoting(GATE)), page(PAPER, "/b", quoting(SOCKS))])
    archive.decide(kind="checked", subject=document, words=GATE, by="tests", reason="read")
    archive.redact(document, reason="a takedown request", by="tests")
    assert {row["words"] for row in appearances(archive)} == {SOCKS}
    with archive.read() as connection:
        for name in inspect(connection).get_table_names():
            for row in connection.execute(text(f"SELECT * FROM {name}")):
                assert "stuck" not in repr(row), name
    assert [each.why for each in archive.unfit_decisions()] == ["a redaction took out the words that it was about"]
    rows = derived_rows(archive)
    archive.rebuild(executor=InThisProcess())
    assert derived_rows(archive) == rows
    assert list(archive.verify()) == []


def test_statements_are_found_by_their_words(archive: Archive) -> None:
    """The database keeps the index of statements as it keeps that of versions."""
    add_pages(archive, [page(PAPER, "/a", quoting(GATE)), page(PAPER, "/b", quoting(SOCKS))])
    for asked, found in (
        ("gate stuck", {GATE}),
        ("dry socks", {SOCKS}),
        ('"stuck gate"', set()),
        ("we -gate", {SOCKS}),
    ):
        assert {each.words for each in archive.search_statements(asked)} == found, asked


DAMAGES = {
    "words_misplaced": update(Appearance).values(char_start=Appearance.char_start + 1),
    "id_wrong": update(Statement)
    .where(Statement.id == select(func.min(Statement.id)).scalar_subquery())
    .values(public_id="0123456789abcdef0123"),
    "dangling_row": update(Statement).values(repeat_of="0123456789abcdef0123"),
    "statement_empty": update(Appearance).values(statement_id=None),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_what_does_not_fit_is_found_and_mended(archive: Archive, kind: str) -> None:
    """`verify` names rows that contradict one another, and a rebuild mends them."""
    add_pages(archive, [page(HALL, "/release", WHOLE), page(PAPER, "/a", quoting(GATE))])
    rows = derived_rows(archive)
    with archive.engine.connect().execution_options(writer=True) as connection, connection.begin():
        connection.execute(DAMAGES[kind])
    assert kind in {finding.kind for finding in archive.verify()}
    archive.rebuild(executor=InThisProcess())
    assert list(archive.verify()) == []
    assert derived_rows(archive) == rows


def test_a_backup_has_the_statements(archive: Archive, tmp_path: Path) -> None:
    """The copy opens as an archive of its own, with the same rows and the same view."""
    add_pages(
        archive, [page(HALL, "/es", SPANISH, 1), page(HALL, "/en", ENGLISH, 2), page(PAPER, "/a", quoting(GATE), 2)]
    )
    archive.backup(tmp_path / "copy")
    with Archive.open(f"sqlite:///{tmp_path / 'copy' / 'archive.db'}") as copy:
        assert derived_rows(copy) == derived_rows(archive)
        assert appearances(copy) == appearances(archive)
        assert list(copy.verify()) == []


def test_a_record_is_known_by_the_id_it_came_with(archive: Archive) -> None:
    """`record_id` is the id that was handed in, else the WARC record's."""
    handed = Capture(
        url="https://plains.example/a", captured_at=page(PAPER, "", "")[1].captured_at, status=200, headers=PLAIN,
        payload=quoting(GATE).encode(), obtained=Obtained.HANDED_IN, record_id="urn:uuid:1", handed_id="round-up-7",
    )  # fmt: skip
    add_pages(archive, [(PAPER, handed), page(PAPER, "/b", quoting(SOCKS), record_id="urn:uuid:2")])
    assert {row["words"]: row["record_id"] for row in appearances(archive)} == {GATE: "round-up-7", SOCKS: "urn:uuid:2"}


def test_a_reader_that_fails_costs_only_the_quotations(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text is kept, and the version says that it was not looked through."""

    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("archive.extract.reading.read_quotations", fail)
    add_pages(archive, [page(PAPER, "/a", quoting(GATE))])
    with archive.read() as connection:
        row = connection.execute(select(Version.text, Version.quotation_status)).one()
    assert row == (quoting(GATE), "unreadable")


def test_only_a_rebuild_applies_a_newer_roster(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What speakers were resolved by is noted; where it has changed since, the archive says so."""
    add_pages(archive, [page(PAPER, "/a", quoting(GATE))])
    assert archive.outdated() == []
    (tmp_path / "people.csv").write_text(
        "id,name,given,family,aliases,wikidata,origin\nxx-new,Ada Nkemelu,Ada,Nkemelu,,,invented\n", encoding="utf-8"
    )
    monkeypatch.setenv("ARCHIVE_ROSTER", str(tmp_path))
    (said,) = archive.outdated()
    assert "roster" in said
    archive.rebuild(executor=InThisProcess())
    assert archive.outdated() == []


def test_documents_without_quotations_leave_no_rows(archive: Archive) -> None:
    """A page that quotes nobody has a status, and nothing else."""
    add_pages(archive, [page(PAPER, "/a", "The council met for an hour on Monday and went home.")])
    rows = derived_rows(archive)
    assert [rows[name] for name in ("speaker", "wording", "statement", "appearance")] == [[], [], [], []]
    with archive.read() as connection:
        assert connection.scalar(select(Version.quotation_status)) == "done"
        assert connection.scalar(select(Document.translation_of_id)) is None
