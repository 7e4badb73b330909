"""Correction notices: what says that something was corrected, and what merely speaks of corrections."""

from __future__ import annotations

import pytest

from archive.derive.notices import notice_of

OLD = "The plan adds seven nurses."
NEW = "The plan adds nine nurses."


@pytest.mark.parametrize(
    "notice",
    [
        "Correction, March 5, 2025: An earlier version of this article misstated the number. It is nine.",
        "CORRECTION: The number of nurses is nine.",
        "Clarification (March 5): The nurses are new.",
        "Editor's note: This story was updated with the mayor's answer.",
        "Editors’ Note — the number was wrong.",
        "A previous version of this release misspelled a name.",
        "This story has been corrected to say nine.",
        "Updated: Wednesday, with the vote.",
        "Corrección: el plan suma nueve enfermeras.",
    ],
)
def test_a_notice_that_came_with_the_new_text_is_found(notice: str) -> None:
    """Above or below the text."""
    assert notice_of(OLD, f"{NEW}\n\n{notice}") == notice
    assert notice_of(OLD, f"{notice}\n\n{NEW}") == notice


@pytest.mark.parametrize(
    "text",
    [
        NEW,
        "Corrections officers will get a raise.",
        "Updated rules for the harbor take effect in May.",
        "The Department of Correction, the mayor said, is full.",
        "The earlier version was better, she said.",
    ],
)
def test_what_speaks_of_corrections_is_no_notice(text: str) -> None:
    """An edit without a notice is unannounced."""
    assert notice_of(OLD, text) is None


def test_a_notice_that_stood_there_before_says_nothing_of_this_edit() -> None:
    """Each edit needs a notice of its own."""
    notice = "Correction: It is seven."
    assert notice_of(f"{OLD}\n\n{notice}", f"{NEW}\n\n{notice}") is None
