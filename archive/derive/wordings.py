"""Normal forms of quoted words: what makes two wordings the same.

The normal form is a line of word tokens. It has no case, accents, marks, dashes, ellipses or end signs. Apostrophes are
dropped ("its" and "it's" are what typists make of one word), prefixes lose their hyphen ("re-engage"), initialisms
their dots ("U.S."), and what an editor put into brackets is left out ("CPD [Chicago Police Department]"), unless there
is nothing else. A letter changed in brackets is part of its word ("[T]he").
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from archive import text

__all__ = [
    "ELISION",
    "STOPS",
    "Token",
    "content_words",
    "marked_form",
    "normal_form",
    "sentences",
    "stem",
    "tokens",
    "wording_id",
]

Token = tuple[str, int, int]  # the word in its normal form, and its offsets in the text
ELISION = "…"

_APOSTROPHES = "’'‘`´ʼ\u00ad\u200b-\u200d"
# Left out: brackets that stand apart from words; a few words in round ones ("(laughter)", AP's "(Trump)"); addresses.
_LEFT_OUT = re.compile(
    r"(?<!\w)\[[^\[\]]*\](?!\w)|(?<!\w)\((?:[^\W\d_]+[ .’'-]*){1,4}\)(?!\w)"
    r"|(?:https?://|pic\.twitter\.com/)\S+"
)
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?![^\W_])"  # an initialism with its dots
    rf"|(?:\[[^\W_]+\](?=[^\W_]))?[^\W_]+"  # a word, its beginning changed or not
    rf"(?:[{_APOSTROPHES}](?=[^\W_])[^\W_]+|(?<=\d)[.,](?=\d)[^\W_]+|\[[^\W_]+\](?:[^\W_]+)?)*"
    r"|[%&]"
)
_NOT_WORD = re.compile(r"[^\w.]|_|(?<!\d)\.|\.(?!\d)")
_SIGNS = {"%": "percent", "&": "and"}
_PREFIXES = frozenset("re co pre non anti e multi inter un post sub".split())  # noqa: SIM905
_ELLIPSIS = re.compile(r"\.\s?\.(?:\s?\.)+|…")
STOPS = frozenset(
    """
    a an the and or but nor so yet if then than that this these those there here it its he she they we you i me my mine
    our ours us your yours his him her hers their theirs them who whom whose which what when where why how as at by for
    from in into of off on onto out over to under up upon with within without about above across after against along
    among around before behind below between beyond down during near since through toward towards until is am are was
    were be been being do does did done doing have has had having will would shall should can could may might must ought
    gonna not no never dont doesnt didnt isnt arent wasnt werent wont wouldnt cant cannot couldnt shouldnt havent hasnt
    hadnt aint im ive id ill youre youve youll weve wed theyre theyve hes shes thats lets very just also too only even
    still again more most much many some any all both each every other another such own same because while though
    although thank thanks really uh um
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Jr|Sr|No|vs))(?<!\b(?:Mrs|Gov|Sen|Rep|Gen|Rev))[.!?]+[\"”’')\]]*(?=\s|$)"
)
_SUFFIX = re.compile(r"(?:(?<=[aeiouy][^aeiouy])|(?<=[^\W\d_]{3}))(?:ing|(?<!e)ed|es|(?<!s)s)$")
_IRREGULAR = {
    "made": "make", "took": "take", "taken": "take", "came": "come", "went": "go", "gone": "go", "goes": "go",
    "gave": "give", "given": "give", "knew": "know", "known": "know", "kept": "keep", "told": "tell", "found": "find",
    "left": "leave", "lost": "lose", "paid": "pay", "brought": "bring", "built": "build", "saw": "see", "seen": "see",
    "stood": "stand", "held": "hold", "began": "begin", "begun": "begin", "ran": "run", "spent": "spend",
    "chose": "choose", "chosen": "choose", "met": "meet", "led": "lead", "heard": "hear", "felt": "feel",
    "meant": "mean", "thought": "think", "bought": "buy", "taught": "teach", "fought": "fight", "sent": "send",
    "won": "win", "grew": "grow", "grown": "grow", "broke": "break", "broken": "break", "spoke": "speak",
    "spoken": "speak", "wrote": "write", "written": "write", "rose": "rise", "fell": "fall", "became": "become",
    "sold": "sell",
}  # fmt: skip


def tokens(words: str) -> list[Token]:
    """The words of a text in their normal form with their offsets in it; bracketed insertions are left out."""
    return _split(_LEFT_OUT.sub(_blank, words)) or _split(words)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _split(words: str) -> list[Token]:
    found: list[Token] = []
    for match in _WORD.finditer(words):
        word = _SIGNS.get(match.group()) or _plain(match.group())
        start, end = match.span()
        if found and found[-1][2] + 1 == start and words[start - 1] in "-‐‑" and found[-1][0] in _PREFIXES:
            before = found.pop()
            word, start = before[0] + word, before[1]
        if word:
            found.append((word, start, end))
    return found


def _plain(word: str) -> str:
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word.casefold())
        word = "".join(each for each in decomposed if not unicodedata.combining(each))
    return _NOT_WORD.sub("", word.casefold())


@lru_cache(maxsize=32_768)
def normal_form(words: str) -> str:
    """The normal form of quoted words: tokens joined by single spaces; empty where there is no word."""
    return " ".join(word for word, _, _ in tokens(words))


@lru_cache(maxsize=32_768)
def marked_form(words: str) -> str:
    """The normal form with `…` between words where the print shows that words are left out."""
    if not _ELLIPSIS.search(words):
        return normal_form(words)
    found = tokens(words)
    parts = [word for word, _, _ in found[:1]]
    for (_, _, before), (word, start, _) in pairwise(found):
        parts += [ELISION, word] if _ELLIPSIS.search(words, before, start) else [word]
    return " ".join(parts)


@lru_cache(maxsize=32_768)
def content_words(normal: str) -> int:
    """How many words of a normal form carry meaning by themselves."""
    return sum(word not in STOPS and word != ELISION for word in normal.split())


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without the ending of number, tense or degree: "ordered" and "orders" are one, "easier" and "easy"."""
    word = _IRREGULAR.get(word, word)
    if len(word) < 4 or not word.isalpha():
        return word
    if word.endswith(("ies", "ied", "ier")):
        return word[:-3] + "y"
    bare = _SUFFIX.sub("", word)
    if bare != word and len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "lsz":
        bare = bare[:-1]
    return bare.removesuffix("e") if len(bare) > 3 else bare


def sentences(words: str) -> int:
    """How many sentences quoted words are, at least 1; an ellipsis ends none."""
    stripped = _ELLIPSIS.sub(ELISION, words).strip()
    ends = [found.end() for found in _SENTENCE_END.finditer(stripped)]
    return max(1, len(ends) + (not ends or ends[-1] < len(stripped)))


def wording_id(speaker_key: str, normal: str) -> str:
    """The public id of a wording: 20 hexadecimal digits of a digest of its speaker's key and its normal form."""
    return text.digest(f"{speaker_key}\n{normal}")[:20]
