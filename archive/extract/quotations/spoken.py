"""Whether anybody said the words between two marks: titles, nicknames and slogans on signs are quoted too."""

from __future__ import annotations

from archive.extract.quotations.features import Page
from archive.extract.quotations.lexicon import DETERMINERS, FUNCTION, NOUN_CUES
from archive.extract.quotations.reading import QUOTE, SIGN, WORD

__all__ = ["spoken_features", "title_costs"]

# Words whose neighbourhood tells a title or a name from a saying: the book "...", on NBC's "...", so-called "...".
_TELLING_WORDS = frozenset(
    """
    'd 's a about album an and as author banner book by call called calling calls chant chants dubbed entitled film
    for from hashtag hat hats headline her his host in into is it its known label labeled labelled like magazine more
    most movie named nickname nicknamed not novel of on or phrase play podcast program read reading series shirt
    shirts show sign signs slogan so-called song starring term than that the their these this those titled to via was
    watch with word words
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_LITTLE = FUNCTION | DETERMINERS  # the words that a title leaves in lower case
OF_TITLES, OF_WRITINGS = 0.7, 4.0
_WRITINGS = frozenset(
    """
    book memoir autobiography novel film movie show series program podcast song album play ad advertisement magazine
    newspaper newsletter blog column documentary drama sitcom comedy game episode segment exhibit painting report paper
    study bill act law project initiative campaign event festival tour conference class course band group club team
    pseudonym nickname name term phrase word label title theme drama poem musical opera pamphlet guide video
    """.split()  # noqa: SIM905 - a list of words reads better as words
)


def spoken_features(page: Page, number: int, top: list[str], sureness: float) -> list[str]:
    """The features of a span for the model that tells spoken words from others; `top` are those of its best speaker."""
    reading, span = page.reading, page.reading.spans[number]
    token = reading.at[number]
    content = reading.text[span.start : span.end]
    words = content.split()
    shape = page.shapes[number]
    length = (
        "1"
        if len(words) == 1
        else "2"
        if len(words) == 2
        else "4"
        if len(words) <= 4
        else "8"
        if len(words) <= 8
        else "9"
    )
    titled = _titled(words)
    before, after = _word(page, token - 1), _word(page, token + 1)
    head = "H" if reading.lines[token] == 0 else "T"
    verbs = page.cues.verbs
    sentence = reading.sentences[token]
    cue = _cue_in_sentence(page, token, sentence)
    sure = "9" if sureness > 0.9 else "7" if sureness > 0.7 else "5" if sureness > 0.5 else "3"
    found = [
        f"S{shape}|{length}", f"S{shape}|{titled}", f"L{length}|{titled}|{head}", f"B{before}", f"B{before}|{titled}",
        f"A{after}|{titled}", f"A{after}|{shape[0]}",
        f"C{cue}|{titled}|{length}", f"C{cue}|{shape}",
        f"U{sure}|{titled}",
        f"U{sure}|{length}", f"{head}|{span.single}", f"E{content[-1] if not content[-1].isalnum() else 'w'}|{titled}",
        f"{'open' if span.open else 'shut'}|{shape}",
    ]  # fmt: skip
    if before == ",":
        found.append(f"BB{_word(page, token - 2)}|{titled}")
    else:
        found.append(f"B2{_word(page, token - 2)}|{before}")
    second = _word(page, token + 2)
    found += [f"A2{after}|{second}", f"B{before}|A{after}|{titled}", f"N{_nouns(page, token)}|{titled}"]
    if token + 1 in verbs or token + 2 in verbs:
        found.append(f"va|{shape}|{titled}")
    if token - 1 in verbs:
        found.append(f"vb{verbs[token - 1]}|{titled}")
        found.append(f"vw{reading.lower[token - 1]}|{titled}")
    if sum(reading.kinds[k] == QUOTE for k in range(max(0, token - 6), min(len(reading.kinds), token + 7))) > 1:
        found.append(f"list|{length}|{titled}")
    found += [f"T{name}" for name in top[1:2]]
    found += [f"T{name}|{titled}" for name in top[:1]]
    return found


def title_costs(page: Page, number: int) -> float:
    """What a span's likeness to a title takes from its odds: capitals outside of a headline that no verb hands over.

    The training texts call many slogans and titles said; beside a word for writings ("the film") nothing else counts.
    """
    reading, token = page.reading, page.reading.at[number]
    span = reading.spans[number]
    if _titled(reading.text[span.start : span.end].split()) != "t":
        return 0.0
    if any(reading.lower[k] in _WRITINGS for k in range(max(0, token - 2), token)):
        return OF_WRITINGS
    if reading.lines[token] == 0:
        return 0.0
    near = range(max(0, token - 2), min(len(reading.words), token + 4))
    if any(page.cues.verbs.get(k) in ("say", "tell") for k in near) or _word(page, token - 1) == ":":
        return 0.0
    return OF_TITLES


def _titled(words: list[str]) -> str:
    """How the words are capitalised: `t` as a title, `c` with capitals inside, `s` as a sentence, `l` in lower case."""
    content = [word for word in words if word[0].isalpha() and word.lower() not in _LITTLE]
    if not content:
        return "0"
    capitals = sum(word[0].isupper() for word in content)
    if capitals == len(content):
        return "t" if len(content) > 1 else "1"
    return "c" if capitals > 1 else "s" if words[0][:1].isupper() else "l"


def _word(page: Page, k: int) -> str:
    reading = page.reading
    if not 0 <= k < len(reading.words):
        return "|"
    if reading.kinds[k] == SIGN:
        return reading.words[k] if reading.words[k] in ",.:;()-—–" else "*"
    if reading.kinds[k] != WORD:
        return "q" if reading.kinds[k] == QUOTE else "|"
    low = reading.lower[k]
    if low in _TELLING_WORDS:
        return low
    if k in page.cues.verbs:
        return "v" + page.cues.verbs[k]
    return "W" if reading.words[k][0].isupper() else "w"


def _nouns(page: Page, token: int) -> str:
    """What kind of noun stands within four words before the span: one for writings, for words, or none."""
    lower = page.reading.lower
    for k in range(token - 1, max(-1, token - 6), -1):
        if page.reading.kinds[k] == QUOTE:
            return "q"
        if lower[k] in _WRITINGS:
            return "w"
        if lower[k] in NOUN_CUES:
            return "c"
    return "-"


def _cue_in_sentence(page: Page, token: int, sentence: int) -> str:
    """The nearest verb of saying in the span's own sentence: its sort and side."""
    best, found = 99, "-"
    for k in range(max(0, token - 30), min(len(page.reading.words), token + 15)):
        sort = page.cues.verbs.get(k)
        if sort and page.reading.sentences[k] == sentence and abs(k - token) < best:
            best, found = abs(k - token), sort[0] + ("<" if k < token else ">")
    near = "" if found == "-" else "0" if best <= 2 else "1" if best <= 8 else "2"
    return found + near
