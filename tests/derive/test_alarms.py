"""A rebuilt site is told from edits: by several documents that broke alike, never by one."""

from __future__ import annotations

from archive.derive.alarms import Norms, Tally, Words


def words(n: int, count: int = 300, *, title: str | None = "", dated: bool = True) -> Words:
    return Words(key=f"{n}-{count}-{title}", title=f"Release {n}" if title == "" else title, words=count, dated=dated)


def tally(documents: int = 40, dated: float = 1.0, usual: float = 300) -> Tally:
    return Tally(norms=Norms(documents=documents, dated=dated, words=usual))


def test_edits_raise_no_alarm() -> None:
    """Several edits in one run, one of them a cut of the whole text, are edits."""
    run = tally()
    for n in range(12):
        run.again(words(n), words(n, 300))
    for n in range(12, 15):
        run.again(words(n), words(n, 310))
    run.again(words(20), words(20, 40))
    assert run.alarm() is None


def test_texts_that_shrink_together_are_a_template() -> None:
    """Two of two are enough; one of one asks for witnesses."""
    run = tally()
    run.again(words(1), words(1, 60))
    assert run.alarm() is None
    assert run.suspicious
    run.again(words(2), words(2, 45))
    assert "texts shrank (2)" in str(run.alarm())


def test_witnesses_that_are_as_they_were_clear_a_run() -> None:
    """One page that shrank among six that did not is an edit."""
    run = tally()
    run.again(words(1), words(1, 60))
    for n in range(2, 7):
        run.again(words(n), words(n))
    assert run.alarm() is None
    assert not run.suspicious


def test_titles_that_turn_equal_and_dates_that_vanish() -> None:
    """The site's own name as every title; no date anywhere."""
    run = tally()
    for n in range(3):
        run.again(words(n), words(n, 305, title="Newsroom"))
    assert "titles turned equal" in str(run.alarm())
    run = tally()
    for n in range(2):
        run.again(words(n), words(n, 301, dated=False))
    assert "dates vanished (2)" in str(run.alarm())


def test_a_sentence_added_to_every_page_is_no_edit() -> None:
    """Nothing broke, but everything changed at once."""
    run = tally()
    for n in range(6):
        run.again(words(n), words(n, 312))
    assert "6 of 6" in str(run.alarm())


def test_new_documents_unlike_those_before() -> None:
    """Without dates, with one title, or as stubs; but a source that never had dates may go on without them."""
    for strange, why in (
        ([words(n, dated=False) for n in range(5)], "hardly any has a date"),
        ([words(n, title="Welcome") for n in range(5)], "one title"),
        ([words(n, 20) for n in range(5)], "stubs of 20 words"),
    ):
        run = tally()
        for each in strange:
            run.first(each)
        assert why in str(run.alarm())
    run = tally(dated=0.1)
    for n in range(5):
        run.first(words(n, dated=False))
    assert run.alarm() is None
    run = tally(documents=0, dated=0.0, usual=0)
    for n in range(5):
        run.first(words(n, 20, dated=False))
    assert run.alarm() is None


def test_one_new_page_unlike_all_others_calls_witnesses() -> None:
    """What is first seen under a broken template is not believed before known pages were looked at."""
    for page in (words(1, 20), words(1, dated=False)):
        run = tally()
        run.first(page)
        assert run.suspicious
        assert run.alarm() is None
        for n in range(2, 8):
            run.again(words(n), words(n))
        assert not run.suspicious
    for usual in (tally(documents=7), tally(dated=0.9)):
        usual.first(words(1, dated=False))
        assert not usual.suspicious


def test_after_a_held_run_known_pages_come_first() -> None:
    """Until six of them are as they were."""
    run = Tally(norms=Norms(documents=40, dated=1.0, words=300), warned=True)
    for n in range(6):
        assert run.suspicious
        run.again(words(n), words(n))
    assert not run.suspicious
