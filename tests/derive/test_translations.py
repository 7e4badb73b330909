"""Spanish releases and the English ones that they translate. All texts and places are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from archive.derive.translations import Release, original_of, score

ENGLISH = (
    "On Monday the city opened 12 shelters for Storm Olga. “We are ready,” said Mayor Yolanda Prieto; 340 people came "
    "to the Coral Center and to Palm School. The number to call is 555-0134. The shelters close on Friday at 6."
)
SPANISH = (
    "El lunes la ciudad abrió 12 refugios por la tormenta Olga. «Estamos listos», dijo la alcaldesa Yolanda Prieto; "
    "340 personas llegaron al Coral Center y a la escuela Palm. El número es 555-0134. Los refugios cierran el viernes "
    "a las 6."
)
OTHER = (
    "On Monday the council voted on a budget of $4,500,000 for Harbor Street. Clerk Ines Duarte counted 7 votes for "
    "and 2 against, and the Seaview Library keeps its hours. The budget takes effect on October 1, 2026."
)
# Another release of the same storm and day: the same names and telephone, other things.
SAME_STORM = (
    "Schools stay closed on Tuesday because of Storm Olga, Mayor Yolanda Prieto announced. Of 48 school buses, 9 take "
    "families to the Coral Center, and 30 teachers help at Palm School. The number to call is 555-0134."
)
NEWS = (
    "At the Coral Center, where 340 people had come by night, Yolanda Prieto spoke of Storm Olga and of 12 shelters. "
    "“It smells of soup,” said Teo Baez, 77. “And of dogs,” said Ana Ruiz, 8. The Palm School had 6 cots left."
)


def release(name: str, text: str, language: str, day: int = 4) -> Release:
    return Release(
        id=name, url=f"https://corriente.example/{language}/{name}", language=language, day=date(2026, 5, day),
        text=text, jurisdiction="ocd-division/country:us/state:fl/place:corriente",
    )  # fmt: skip


STORM = release("storm", ENGLISH, "en")
TORMENTA = release("tormenta", SPANISH, "es")
CASES: dict[str, tuple[Release, list[Release], str | None]] = {
    "the same facts": (TORMENTA, [release("other", OTHER, "en"), STORM], "storm"),
    "two days later": (replace(TORMENTA, day=date(2026, 5, 6)), [STORM], "storm"),
    "other facts": (TORMENTA, [release("other", OTHER, "en")], None),
    "the same storm": (TORMENTA, [release("schools", SAME_STORM, "en")], None),
    "a news report of it": (TORMENTA, [release("news", NEWS, "en")], None),
    "weeks later": (replace(TORMENTA, day=date(2026, 5, 20)), [STORM], None),
    "another place": (replace(TORMENTA, jurisdiction="ocd-division/country:us/state:fl/place:palma"), [STORM], None),
    "no place": (replace(TORMENTA, jurisdiction=None), [replace(STORM, jurisdiction=None)], None),
    "both English": (release("storm2", ENGLISH, "en"), [STORM], None),
    "both Spanish": (TORMENTA, [release("tormenta2", SPANISH, "es")], None),
    "a summary": (replace(TORMENTA, text=SPANISH[:130]), [STORM], None),
    "two that it may be of": (TORMENTA, [STORM, release("storm-again", ENGLISH, "en")], None),
    "two, one of which has its address": (
        replace(TORMENTA, url="https://corriente.example/es/storm", text=SPANISH.replace("Olga", "Otra")),
        [STORM, release("storm-again", ENGLISH, "en")],
        "storm",
    ),
    "few facts": (replace(TORMENTA, text="La ciudad está lista."), [replace(STORM, text="The city is ready.")], None),
    "none": (TORMENTA, [], None),
}


@pytest.mark.parametrize("name", CASES)
def test_original_of(name: str) -> None:
    """A Spanish release is linked to the English one of the same days with the same facts, and to no doubtful one."""
    translated, others, expected = CASES[name]
    assert original_of(translated, others) == expected
    assert original_of(translated, others[::-1]) == expected


def test_scores_are_shares() -> None:
    """More alike is more likely, and never more than certain."""
    scores = [score(TORMENTA, release("x", text, "en")) for text in (OTHER, SAME_STORM, ENGLISH)]
    assert scores == sorted(scores)
    assert 0.0 <= scores[0] < scores[2] <= 1.0
