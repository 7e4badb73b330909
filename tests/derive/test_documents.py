"""Documents out of captures: versions, moves and what is nobody's document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from archive.derive.documents import DerivedDocument, Neighbourhood, derive_documents
from archive.derive.observations import Observation

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
A, B, C = (f"https://alder.example/news/{name}" for name in "abc")
HOME = "https://alder.example/"


def seen(
    address: str, day: float, text: str | None = None, *, status: int = 200, to: str | None = None, words: int = 60
):
    """An observation; `text` stands for a text key."""
    at = BEGINNING + timedelta(days=day)
    return Observation(
        capture_id=int(day * 10), record_id=f"{address}-{day}", address=address, url=address, captured_at=at,
        status=status, obtained="live", redirect=to, outcome="text" if text else None, text_key=text,
        words=words if text else 0, extraction_id=1 if text else None,
    )  # fmt: skip


def derive(observations: Sequence[Observation], **known: object) -> list[DerivedDocument]:
    return derive_documents(Neighbourhood(observations=observations, **known))  # type: ignore[arg-type]


def gone(address: str, *days: float) -> list[Observation]:
    return [seen(address, day, status=404) for day in days]


@pytest.mark.parametrize(
    ("texts", "versions"),
    [
        (["x"], ["x"]),
        (["x", "x", "x"], ["x"]),
        (["x", "y", "x"], ["x", "y", "x"]),
        (["x", None, "x"], ["x"]),
        (["x", None, "y", "y"], ["x", "y"]),
    ],
)
def test_versions(texts: list[str | None], versions: list[str]) -> None:
    """A version is a run of captures with equal text; answers that say nothing neither end nor begin one."""
    (document,) = derive([seen(A, day, text, status=200 if text else 503) for day, text in enumerate(texts)])
    assert [version.first.text_key for version in document.versions] == versions
    assert [version.number for version in document.versions] == list(range(1, len(versions) + 1))


def test_change_interval() -> None:
    """The change happened after the last capture of the old text and not after the first of the new."""
    (document,) = derive([seen(A, 0, "x"), seen(A, 3, "x"), seen(A, 9, "y")])
    assert document.versions[1].changed_after == BEGINNING + timedelta(days=3)
    assert document.versions[1].first.captured_at == BEGINNING + timedelta(days=9)


def test_permanent_redirect_to_the_same_text_is_a_move() -> None:
    """A permanent redirect whose target carries the text joins both addresses under the first one's identity."""
    (document,) = derive([seen(A, 0, "x"), seen(A, 5, status=301, to=B), seen(B, 5.1, "x")])
    assert (document.address, document.url, document.removal_state) == (A, B, None)
    assert {url.address: url.joined_by for url in document.addresses} == {A: "first", B: "redirect"}


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([seen(A, 5, status=302, to=B), seen(B, 5.1, "x")], id="temporary"),
        pytest.param([seen(A, 5, status=301, to=B), seen(B, 5.1, "y")], id="another text"),
        pytest.param([seen(A, 5, status=301, to=HOME), seen(HOME, 5.1, "x")], id="home page"),
    ],
)
def test_other_redirects_move_nothing(answers: list[Observation]) -> None:
    """A temporary redirect, one to another text, and one to the home page leave the document where it was."""
    documents = {document.address: document for document in derive([seen(A, 0, "x"), *answers])}
    assert documents[A].url == A
    assert HOME not in documents


def test_redirect_to_the_home_page_is_an_absence() -> None:
    """What now leads to the home page is missing."""
    (document,) = derive([seen(A, 0, "x"), seen(A, 5, status=301, to=HOME)])
    assert document.removal_state == "suspected"


def test_target_shared_by_two_documents_never_counts() -> None:
    """Two documents that lead to one address did not both move there."""
    documents = derive(
        [seen(A, 0, "x"), seen(B, 0, "x"), seen(A, 5, status=301, to=C), seen(B, 5, status=301, to=C), seen(C, 6, "x")]
    )
    assert [document.address for document in documents] == [A, B, C]


def test_same_text_moves_only_after_confirmed_removal() -> None:
    """The same words elsewhere are a move once the old address is confirmed gone, and not before."""
    history = [seen(A, 0, "x"), seen(B, 3, "x")]
    assert len(derive(history + gone(A, 1, 2))) == 2
    (document,) = derive(history + gone(A, 1, 8, 16))
    assert {url.address: url.joined_by for url in document.addresses} == {A: "first", B: "text"}


def test_documents_separate_when_the_old_address_answers_again() -> None:
    """A move by text is undone by the old address giving its text again."""
    history = [seen(A, 0, "x"), seen(B, 3, "x"), *gone(A, 1, 8, 16)]
    assert len(derive([*history, seen(A, 20, "x")])) == 2


@pytest.mark.parametrize(("words", "boilerplate"), [(39, ()), (60, ("x",))])
def test_short_and_common_texts_move_nothing(words: int, boilerplate: tuple[str, ...]) -> None:
    """Under 40 words, or carried by many addresses, a text is no evidence of a move."""
    history = [seen(A, 0, "x", words=words), seen(B, 3, "x", words=words), *gone(A, 1, 8, 16)]
    assert len(derive(history, boilerplate=boilerplate)) == 2


def test_a_listing_is_nobodys_document() -> None:
    """A listing that is also reached as a document makes none."""
    assert derive([seen(A, 0, "x")], no_places={A}) == []


def test_an_address_without_text_is_an_alias() -> None:
    """An address that only ever led to a document is one of its addresses, not its identity."""
    (document,) = derive([seen(A, 0, status=301, to=B), seen(B, 0.1, "x")])
    assert document.address == B
    assert {url.address: url.joined_by for url in document.addresses} == {A: "alias", B: "first"}


def test_what_was_gone_before_a_site_moved_stays_in_the_ledger() -> None:
    """A removal confirmed and restored at the old address is not forgotten when that redirects to a new one."""
    away = [seen(A, 0, "x"), *gone(A, 1, 8, 16)]
    moved = [seen(A, 50, status=301, to=B), seen(B, 50.1, "x")]
    (document,) = derive([*away, seen(A, 30, "x"), *moved])
    assert [(each.state, each.absences) for each in document.removals] == [("restored", 3)]
    assert document.removals[0].confirmed_at == BEGINNING + timedelta(days=16)
    assert document.removals[0].restored_at == BEGINNING + timedelta(days=30)
    (document,) = derive([*away, *moved])  # it came back while the site moved: nobody saw it at the old address
    assert [(each.state, each.restored_at) for each in document.removals] == [
        ("restored", BEGINNING + timedelta(days=50.1))
    ]


@pytest.mark.parametrize(
    "history",
    [
        [seen(A, 0, "x"), seen(B, 3, "x"), *gone(A, 1, 8, 16)],
        [seen(A, 0, "x"), seen(B, 20, "x"), *gone(A, 1, 8, 16)],
        [seen(A, 0, "x"), seen(B, 3, "x"), *gone(A, 1, 8, 16), seen(A, 20, status=301, to=B)],
        [seen(A, 0, "x"), *gone(A, 1, 2), seen(A, 3, status=301, to=B), seen(B, 3.1, "x")],
    ],
)
def test_a_move_alone_is_no_removal(history: list[Observation]) -> None:
    """Absences by which an address was left say nothing, whether its redirect was forgotten or came late."""
    (document,) = derive(history)
    assert document.removals == ()
