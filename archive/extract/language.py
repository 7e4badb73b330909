"""The language of a page: what it declares, unless its commonest words say otherwise."""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["language_of"]

# Words that are frequent in one of these languages and in none of the others.
_STOP_WORDS = {
    "en": "the of and to in is that for it was with his they this have from her been would their said our will",
    "es": "el los las del que y una por para con su más como pero sus está fue ha este hay también desde",
    "fr": "le les des et une du dans est pour qui sur pas au avec ce il sont cette aux nous été ont",
    "de": "der die und das den von ist mit sich des auf für nicht ein eine dem auch als nach wird bei",
    "pt": "o os as e um uma do da dos das não em ao com mais foi são também pela seu",
    "it": "il di che e la gli della per non sono una del con è anche più nel alla dei",
    "nl": "de het een en van dat zijn voor niet met op aan ook maar door naar wordt",
}
_SETS = {language: frozenset(words.split()) for language, words in _STOP_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"([a-z]{2})(?:[-_][A-Za-z]{2,4})*", re.IGNORECASE)
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
)
SAMPLE = 3_000
MIN_STOP_WORDS = 5


def language_of(text: str, *, declared: str | None) -> str | None:
    """The ISO 639-1 code of a text: the declared one where it is plausible, else that of the commonest words.

    None where nothing is declared and too few words are known. `declared` may be `en`, `en-US` or `en_US`.
    """
    code = _CODE.fullmatch((declared or "").strip())
    claimed = code[1].lower() if code else None
    guessed, certain = _guess(text[:SAMPLE])
    if claimed is None or (certain and guessed and claimed in _SETS):
        return guessed or claimed
    if certain and guessed == "en":
        return guessed
    return claimed


def _guess(sample: str) -> tuple[str | None, bool]:
    for language, script in _SCRIPTS:
        if len(script.findall(sample)) * 5 > len(sample):
            return language, False
    counts = Counter(_WORD.findall(sample.lower()))
    scores = sorted(
        ((sum(counts[word] for word in words), language) for language, words in _SETS.items()), reverse=True
    )
    (best, language), (second, _) = scores[:2]
    if best < (MIN_STOP_WORDS if second else MIN_STOP_WORDS - 2):
        return None, False
    return language, best >= 2 * second
