"""Who is spoken of in a text: names, pronouns and noun phrases outside of quotation marks.

There is no parser here. A chunk is a run of words that no verb, preposition or sign interrupts; what it is, its form
tells: capitals make a name, a determiner or a word for people or papers makes a noun phrase.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.extract.quotations.lexicon import (
    ABBREVIATIONS,
    CALLING,
    COMMON_STARTS,
    DETERMINERS,
    FEMALE,
    FUNCTION,
    IRREGULAR_PAST,
    MALE,
    NAME_PARTICLES,
    NOUN_CUES,
    ORGANISATION_WORDS,
    PEOPLE,
    PERSON_NOUNS,
    PERSON_TITLES,
    POSSESSIVES,
    PRONOUNS,
    SAYING,
    SPOKESPEOPLE,
    STATE_OF,
    STATES,
    SUFFIXES,
    TELLING,
    THINGS_THAT_SAY,
)
from archive.extract.quotations.reading import BREAK, QUOTE, SIGN, WORD, Reading

__all__ = ["NAME", "NOMINAL", "ORGANISATION", "PRONOUN", "Mention", "find_mentions"]

NAME, ORGANISATION, NOMINAL, PRONOUN = "name", "organisation", "nominal", "pronoun"

_VERBS = (SAYING | TELLING | CALLING) - NOUN_CUES - {"read", "post"}
_HEADS = PERSON_NOUNS | PEOPLE | THINGS_THAT_SAY | SPOKESPEOPLE | NOUN_CUES
_GROUPED = PEOPLE
_GIVEN = MALE | FEMALE
_NO_NAMES = PERSON_TITLES | COMMON_STARTS
_SHORT_TITLES = PERSON_TITLES & ABBREVIATIONS
_DOTTED = ABBREVIATIONS | SUFFIXES
LONGEST = 9
_PARTICIPLES = ("ing", "ed", "ly")
_TITLE_NAMES = frozenset(["king", "bishop", "pope", "prince", "dean"])
_COURTESY = frozenset(["mr", "mrs", "ms", "miss", "dr", "judge", "justice"])
_ROLE_ENDS = _HEADS | PERSON_TITLES
_COMPLETE = PERSON_NOUNS | PERSON_TITLES - {"police", "general", "fire", "staff", "vice", "first", "deputy", "private"}


@dataclass(slots=True)
class Mention:
    """A run of tokens `first..last` (inclusive) that may be a speaker; `start`, `end` are offsets in the text.

    `form` is name, organisation, nominal or pronoun. Of a name, `name` is the name alone ("Lori Lightfoot") from
    token `name_first` on. `possessive`: 's follows. `entity` is filled in when names are gathered.
    """

    first: int
    last: int
    start: int
    end: int
    form: str
    name: str = ""
    name_first: int = 0
    possessive: bool = False
    titled: bool = False
    head: str = ""
    entity: int = -1
    whole_start: int = -1
    whole_end: int = -1

    @property
    def extent(self) -> tuple[int, int]:
        """Where the mention stands with what belongs to it: "Mayor of Chicago Lori Lightfoot"."""
        return (self.start if self.whole_start < 0 else self.whole_start, max(self.end, self.whole_end))


def find_mentions(reading: Reading) -> list[Mention]:
    """The mentions of a text in order; they do not overlap."""
    found: list[Mention] = []
    inside = _capitals_inside(reading)
    kinds, count = reading.kinds, len(reading.kinds)
    i = 0
    while i < count:
        if kinds[i] != WORD:
            i += 1
            continue
        low = reading.lower[i]
        if low in PRONOUNS or (low in POSSESSIVES and _owns_words(reading, i)):
            found.append(Mention(i, i, reading.starts[i], reading.ends[i], PRONOUN, head=low))
            i += 1
            continue
        end = _run(reading, i)
        if end <= i:
            i += 1
            continue
        if end == i + 1 and reading.words[i] not in inside and _only_begins(reading, i):
            i = end
            continue
        found.extend(_mentions_of(reading, i, end))
        i = end
    return found


def _capitals_inside(reading: Reading) -> set[str]:
    """The words that a sentence has with a capital elsewhere than at its beginning: names, not mere beginnings."""
    return {
        word
        for i, word in enumerate(reading.words)
        if reading.kinds[i] == WORD and _capital(word) and not _begins_sentence(reading, i)
    }


def _only_begins(reading: Reading, i: int) -> bool:
    """Whether a single word has its capital from the sentence alone: Widespread testing will ..."""
    if not _begins_sentence(reading, i) or not _capital(reading.words[i]) or i + 1 >= len(reading.words):
        return False
    if reading.lower[i] in PEOPLE:
        return False
    low, word = reading.lower[i + 1], reading.lower[i]
    if word.endswith(_PARTICIPLES) and word not in _GIVEN and low not in _VERBS and low != "'s":
        return True  # Chastened by the vote, he; Interestingly, the mayor
    if reading.kinds[i + 1] != WORD or not reading.words[i + 1][0].islower():
        return False
    return low not in FUNCTION and low not in _VERBS and low not in IRREGULAR_PAST and not low.endswith(("ed", "s"))


def _owns_words(reading: Reading, i: int) -> bool:
    """Whether "her" or "his" is followed by a word for words: her comment, his inaugural address."""
    return any(reading.lower[j] in NOUN_CUES for j in range(i + 1, min(i + 3, len(reading.lower))))


def _begins_sentence(reading: Reading, i: int) -> bool:
    return i == 0 or reading.kinds[i - 1] in (BREAK, QUOTE) or reading.sentences[i - 1] != reading.sentences[i]


def _capital(word: str) -> bool:
    return word[0].isupper()


def _run(reading: Reading, i: int) -> int:
    """The end (exclusive) of the chunk that begins at token i; i itself where none does."""
    named = False
    for j in range(i, min(len(reading.words), i + LONGEST * 2)):
        word, low = reading.words[j], reading.lower[j]
        if reading.kinds[j] == SIGN:
            # Gov. Phil Bryant, Donald J. Trump, St. Louis: a dot that ends no sentence
            if word == "." and j > i and _abbreviates(reading, j):
                continue
            return j
        if reading.kinds[j] != WORD or (low[0] == "'" and len(low) < 4):
            return j
        if _capital(word) and not (j == i and low in COMMON_STARTS and low not in PERSON_TITLES):
            # the one McCrory filed: the name begins a clause of its own
            if _breaks_name(reading, j, named) or (j > i and not named and reading.lower[j - 1] in ("one", "that")):
                return j
            named = True
        elif not _goes_on(reading, i, j, named):
            return j
    return min(len(reading.words), i + LONGEST * 2)


def _breaks_name(reading: Reading, j: int, named: bool) -> bool:
    """Whether a capitalised word is none of a name's: a headline writes its verbs and prepositions so."""
    low = reading.lower[j]
    if low in _GIVEN:
        return False
    if low in FUNCTION:
        return not (named and _capital_follows(reading, j))
    return named and low in _VERBS


def _goes_on(reading: Reading, i: int, j: int, named: bool) -> bool:
    """Whether a word in lower case belongs to the chunk that began at i."""
    lower, low = reading.lower, reading.lower[j]
    particle = named and low in NAME_PARTICLES and _capital_follows(reading, j)
    if low in FUNCTION or low in PRONOUNS or (low in _VERBS and j > i):
        return particle
    if j == i:
        return low in DETERMINERS or low in _HEADS or _leads_to_head(reading, j)
    if named:
        return particle or low in _ROLE_ENDS
    if low in DETERMINERS:
        return lower[j - 1] in DETERMINERS
    # the president | begins; but: the police | chief, the attorney | general
    complete = (
        lower[j - 1] in _COMPLETE
        and low not in _ROLE_ENDS
        and lower[i] in DETERMINERS
        and not _capital_follows(reading, j)
    )
    return not complete


def _capital_follows(reading: Reading, j: int) -> bool:
    return j + 1 < len(reading.words) and reading.kinds[j + 1] == WORD and _capital(reading.words[j + 1])


def _abbreviates(reading: Reading, j: int) -> bool:
    """Whether the dot at j stands after an initial or an abbreviation, within a sentence."""
    if j + 1 >= len(reading.words) or reading.sentences[j] != reading.sentences[j + 1]:
        return False
    before = reading.lower[j - 1]
    return before in ABBREVIATIONS or (len(before) == 1 and _capital(reading.words[j - 1]))


def _is_complete(reading: Reading, i: int, j: int) -> bool:
    """Whether the phrase ends before j: the president | begins; but: the police | chief, the attorney | general."""
    low, before = reading.lower[j], reading.lower[j - 1]
    return j - 1 > i - 1 and before in _COMPLETE and low not in _ROLE_ENDS and reading.lower[i] in DETERMINERS


def _leads_to_head(reading: Reading, i: int) -> bool:
    """Whether lower-case words from here on end in a word for people or papers: "senior White House officials"."""
    for j in range(i, min(i + 5, len(reading.words))):
        low = reading.lower[j]
        if reading.kinds[j] != WORD or low in FUNCTION or low in _VERBS or low in PRONOUNS or low[0] == "'":
            return False
        if low in _HEADS or low in PERSON_TITLES:
            return True
    return False


def _mentions_of(reading: Reading, first: int, end: int) -> list[Mention]:
    words, lower = reading.words, reading.lower
    last = end - 1
    while last > first and reading.kinds[last] == SIGN and lower[last - 1] not in _DOTTED:
        last -= 1
    name_first = _name_start(reading, first, last)
    possessive = last + 1 < len(words) and (lower[last + 1] == "'s" or words[last].endswith(("s'", "s’")))
    dotted = lower[last] in ("jr", "sr") and last + 1 < len(words) and words[last + 1] == "."
    start, stop = reading.starts[first], reading.ends[last + dotted]
    if name_first is None:
        head = lower[last]
        if head in DETERMINERS and last == first and head not in ("another", "one", "some", "many", "others", "both"):
            return []
        return [Mention(first, last, start, stop, NOMINAL, head=head, possessive=possessive)]
    tail = [lower[k] for k in range(name_first, last + 1)]
    if tail[0] in STATE_OF and tail[1:] in ([], ["."]) and first and lower[first - 1] == ",":
        return []  # Alder, N.D., and Rawley, Md.
    titled = any(lower[k] in PERSON_TITLES for k in range(first, name_first))
    name = reading.text[reading.starts[name_first] : stop]
    form = NAME
    if not titled and (
        tail[-1] in ORGANISATION_WORDS
        or (lower[first] == "the" and tail[0] not in _GIVEN)
        or (len(tail) == 1 and words[last].isupper() and len(words[last]) > 1)
    ):
        form = ORGANISATION
    return [
        Mention(
            first,
            last,
            start,
            stop,
            form,
            name=name,
            name_first=name_first,
            titled=titled,
            possessive=possessive,
            head=tail[-1],
        )
    ]


def _capital_title(reading: Reading, k: int, last: int) -> int | None:
    """Where a name begins after a place or a trade: North Dakota Leona Strand, Rancher Bea Lee."""
    lower = reading.lower
    if lower[k] in PERSON_NOUNS and lower[k] not in _GIVEN:
        return k + 1
    for length in (2, 1):
        if last - k >= length + 1 and " ".join(lower[k : k + length]) in STATES and lower[k] not in _GIVEN:
            return k + length
    # Mayor of Tamsin Harbor Junko Whitfield: after "of" the last two words are the person
    led = k >= 2 and lower[k - 1] == "of" and lower[k - 2] in PERSON_TITLES
    return last - 1 if led and not any(word in _GIVEN for word in lower[k:last]) else None


def _is_title_name(reading: Reading, first: int, last: int) -> bool:
    """Whether a word that is a title elsewhere is a name behind another one: Mr. King, Rep. Bishop."""
    k = last - 1 - (last - 1 > first and reading.lower[last - 1] == ".")
    if k < first:
        return False
    before = reading.lower[k]
    return before in _COURTESY or (before in PERSON_TITLES and reading.lower[last] in _TITLE_NAMES)


def _name_start(reading: Reading, first: int, last: int) -> int | None:
    """Where the name at the end of a chunk begins, after titles and lower-case words; None where it ends in none."""
    words, lower = reading.words, reading.lower
    dotted = reading.kinds[last] == SIGN
    while last > first and (reading.kinds[last] == SIGN or lower[last] in SUFFIXES):
        last -= 1  # Anthony Vail Jr.: the suffix never decides
    if dotted and lower[last] in _SHORT_TITLES:
        return None  # Pennsylvania Gov. and party chairman Ed Lee
    if not _capital(words[last]) or (last == first and lower[last] in COMMON_STARTS and lower[last] not in _GIVEN):
        return None
    k = last
    while k > first:
        before = lower[k - 1]
        if reading.kinds[k - 1] == SIGN:
            if k - 2 >= first and lower[k - 2] in PERSON_TITLES:
                break
            k -= 1
        elif (before in PERSON_TITLES or before in PEOPLE) and before not in _GIVEN:
            break
        elif _capital(words[k - 1]) or (before in NAME_PARTICLES and k - 1 > first):
            if k - 1 == first and before in DETERMINERS:
                break
            k -= 1
        else:
            break
    if k == last == first and lower[last] in PEOPLE and _begins_sentence(reading, first):
        return None  # Protesters chanted
    if k == last and lower[last] in _NO_NAMES and lower[last] not in _GIVEN:
        return last if _is_title_name(reading, first, last) else None
    # USA TODAY Pence, NBC News: capitals that run into a name in the usual case are an outlet's
    while k < last and len(words[k]) > 2 and words[k].isupper() and words[k].isalpha() and not words[last].isupper():
        k += 1
    if len(range(k, last + 1)) > 2 and (title := _capital_title(reading, k, last)) is not None:
        return title
    # New York Andrew Cuomo, Chicago Lori Lightfoot: a place runs into a name that begins with a given name
    for m in range(k + 1, last):
        led = lower[k] not in _GIVEN and len(lower[k]) > 1 and (m - k <= 2 or " ".join(lower[k:m]) in STATES)
        if led and lower[m] in _GIVEN and reading.kinds[m - 1] == WORD:
            return m
    return k
