"""Normal forms and likeness of quoted words, places in whole texts, speaker keys. All words are invented."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.derive.likeness import alike, few_alike, is_revision, near_equal, place_in, same_words
from archive.derive.voices import fold, speaker_key
from archive.derive.wordings import (
    content_words,
    marked_form,
    normal_form,
    sentences,
    stem,
    tokens,
    wording_id,
)

SAME = [
    ("It’s a night to remember,", "Its a night to remember"),
    ("No one's more anxious to re-engage our town", "no one’s more anxious to reengage our town"),
    ("a third-highest count", "A third highest count."),
    ("We spent $10,000 on it", "we spent $10000 on it"),
    ("“We are ready” — all of us…", "we are ready all of us"),
    ("CPD [Alder Police] will not", "CPD will not"),
    ("He (Okafor) will not", "he will not"),
    ("We will stay (laughter) open", "We will stay open"),
    ("[T]he fund will be paid", "The fund will be paid"),
    ("e-mail", "email"),
    ("the U.S. Congress", "the US Congress"),
    ("40% of us", "40 percent of us"),
    ("José & Ana", "Jose and Ana"),
    ("#StayHome https://t.example/abc", "StayHome"),
]  # fmt: skip
DIFFERENT = [
    ("we have 3.5 beds", "we have 35 beds"),
    ("we will not go", "we will go"),
    ("the plan (with 40 beds)", "the plan (with 50 beds)"),
    ("we can't", "we can"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_normal_form(a: str, b: str) -> None:
    """What typists, editors and house styles change leaves the normal form as it is."""
    assert normal_form(a) == normal_form(b)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_another_normal_form(a: str, b: str) -> None:
    """A changed word or figure is another wording."""
    assert normal_form(a) != normal_form(b)


def test_a_quotation_that_is_all_brackets_keeps_its_words() -> None:
    """Nothing else would be left of it."""
    assert normal_form("[the plan]") == "the plan"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("We knew ... and told you", "we knew … and told you"),
        ("We knew . . . and told you", "we knew … and told you"),
        ("… and told you ...", "and told you"),
        ("We knew. And told you", "we knew and told you"),
    ],
)
def test_elisions_are_marked(words: str, expected: str) -> None:
    """Where words are left out between others can be seen in the marked form, and not in the normal form."""
    assert marked_form(words) == expected
    assert normal_form(words) == " ".join(word for word in expected.split() if word != "…")


@given(st.text(max_size=200) | st.text("ab [](.)…'-,3%&É", max_size=60))
def test_normal_forms_are_stable(words: str) -> None:
    """Offsets are of the text, in order; the normal form of a normal form is itself."""
    found = tokens(words)
    assert all(0 <= start < end <= len(words) for _, start, end in found)
    assert all(before[2] <= after[1] for before, after in pairwise(found))
    assert normal_form(normal_form(words)) == normal_form(words)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("", 1), ("We won.", 1), ("We won", 1), ("We won. They lost!", 2), ("Mr. Lee won. So what?", 2),
        ("No … never. Ever", 2), ("Well ... we won.", 1), ("We won. ", 1), ("It costs 3.5 million.", 1),
    ],
)  # fmt: skip
def test_sentences(words: str, count: int) -> None:
    """Ends of sentences are counted, not the dots of abbreviations, figures and ellipses."""
    assert sentences(words) == count


@pytest.mark.parametrize(
    ("words", "count"), [("cruel", 1), ("thank you", 0), ("We are all in it together", 1), ("500 beds … 40 cots", 4)]
)
def test_content_words(words: str, count: int) -> None:
    """Thanks and function words carry nothing by themselves."""
    assert content_words(normal_form(words)) == count


@pytest.mark.parametrize(
    ("a", "b"),
    [("promise", "promised"), ("stop", "stopped"), ("city", "cities"), ("easy", "easier"), ("make", "made"),
     ("go", "goes"), ("build", "built"), ("call", "calling")],
)  # fmt: skip
def test_stems(a: str, b: str) -> None:
    """Number, tense and degree are no other word."""
    assert stem(a) == stem(b)


@pytest.mark.parametrize("word", ["thing", "need", "red", "bus", "glass", "2026", "is"])
def test_no_ending(word: str) -> None:
    """What only looks like an ending stays."""
    assert stem(word) == word


BRIDGE = "we promise to mend the old iron bridge over the mill creek by may"
SCHOOLS = "our schools will open for all children of the town next week as planned"
NIGHT = "so tonight I ask everybody in the valley to stay home and off the icy roads"
LIKENESS = {
    "tense and small words": (BRIDGE, BRIDGE.replace("promise", "promised").replace("the old", "that old"), True),
    "a part": (BRIDGE, "mend the old iron bridge over the mill creek", True),
    "dropped words": (BRIDGE, BRIDGE.replace("old iron ", ""), True),
    "words put in": (BRIDGE, BRIDGE.replace("to mend", "you know to finally mend"), True),
    "another object": (BRIDGE, "we promise to paint the old town hall by may", False),
    "another verb": (SCHOOLS, SCHOOLS.replace("open", "close"), False),
    "a dropped not": (SCHOOLS.replace("will", "will not"), SCHOOLS, False),
    "another figure": (f"500 of {BRIDGE}", f"600 of {BRIDGE}", False),
    "another day": (f"{SCHOOLS} on monday", f"{SCHOOLS} on tuesday", False),
    "another word in a long one": (f"{BRIDGE} {NIGHT}", f"{BRIDGE} {NIGHT}".replace("icy", "frozen"), False),
    "another spelling": (BRIDGE.replace("mend", "reorganize"), BRIDGE.replace("mend", "reorganise"), True),
    "another beginning": (f"one more of you: {BRIDGE}", f"two more of you: {BRIDGE}", False),
    "elided": (f"{BRIDGE} and {NIGHT}", "we promise to mend the old iron bridge … and off the icy roads", True),
    "elided with other words than those left out": (
        f"{BRIDGE} and {NIGHT} and never again", "we promise to mend the bridge … and sell the icy roads", False,
    ),
    "overlapping": (f"{BRIDGE} {NIGHT}", f"{NIGHT} and that is an order to each and every one", True),
    "sharing little": (f"{BRIDGE} {SCHOOLS}", f"we promise to mend the old iron bridge {NIGHT}", False),
    "nothing": ("", BRIDGE, False),
}  # fmt: skip


@pytest.mark.parametrize("name", LIKENESS)
def test_same_words(name: str) -> None:
    """Light edits and parts are the same words; a shared turn of phrase, another figure or a lost "not" is not."""
    a, b, expected = LIKENESS[name]
    assert same_words(a, b) is expected
    assert same_words(b, a) is expected
    assert alike(a, b) is alike(b, a)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("cruel", "a cruel and stupid plan", True),
        ("we are all going to rest easier", "i think we are now all going to rest easy", True),
        ("the gate was stuck on sunday", "the gate was badly stuck that sunday", True),
        ("the gate was stuck", "the gate was open", False),
        ("we will rest", "we will not rest", False),
        ("two cruel plans", "three cruel plans", False),
    ],
)
def test_few_words(a: str, b: str, expected: bool) -> None:
    """Of few words all must be kept."""
    assert few_alike(a, b) is expected
    assert few_alike(b, a) is expected


PARAGRAPH = f"{BRIDGE}. {SCHOOLS}. {NIGHT}. The levee held and the town slept through it, and nobody was hurt at all."


@pytest.mark.parametrize(
    ("a", "b", "copies", "revision"),
    [
        (PARAGRAPH, PARAGRAPH, True, True),
        (PARAGRAPH, PARAGRAPH.replace("at all", ""), True, True),
        (PARAGRAPH, PARAGRAPH.replace("May", "5 May").replace("valley", "5 valleys"), False, True),
        (PARAGRAPH, f"{NIGHT} {NIGHT.replace('roads', 'hills')}", False, False),
    ],
)
def test_copies_of_long_texts(a: str, b: str, copies: bool, revision: bool) -> None:
    """A copy has lost or gained a line at most and has the same figures; a later version may be another for more."""
    assert near_equal(normal_form(a), normal_form(b)) is copies
    assert is_revision(normal_form(a), normal_form(b)) is revision


WHOLE = "Good morning. The county knew the gate was stuck on Sunday, and told us on Tuesday. I will learn who."


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("the county knew the gate was stuck on sunday", "The county knew the gate was stuck on Sunday"),
        ("county knew that gate was stuck on sunday and told us on tuesday",
         "county knew the gate was stuck on Sunday, and told us on Tuesday"),
        ("the county knew the gate was stuck … told us on tuesday",
         "The county knew the gate was stuck on Sunday, and told us on Tuesday"),
        ("county knew that gate was stuck on friday and told us on tuesday", None),
        ("we need dry socks and strong backs and patience", None),
        ("", None),
    ],
)  # fmt: skip
def test_place_in(part: str, expected: str | None) -> None:
    """Words are found in a whole text with their exact place, light edits of them too."""
    place = place_in(WHOLE, part)
    assert (WHOLE[slice(*place)] if place else None) == expected


@given(st.lists(st.sampled_from(WHOLE.lower().replace(".", "").replace(",", "").split()), max_size=12))
def test_places_are_within_the_text(part: list[str]) -> None:
    """Whatever is asked for, a place is a stretch of the text."""
    place = place_in(WHOLE, " ".join(part))
    assert place is None or 0 <= place[0] < place[1] <= len(WHOLE)


def test_wording_ids() -> None:
    """An id tells speakers and wordings apart."""
    ids = {wording_id("person:a", "cruel"), wording_id("person:b", "cruel"), wording_id("person:a", "kind")}
    assert len(ids) == 3
    assert all(len(each) == 20 and int(each, 16) >= 0 for each in ids)


@dataclass(frozen=True)
class _Speaker:
    name: str | None
    person: str | None = None
    speaker_class: str = "official"
    jurisdiction: str | None = None
    reason: str | None = None


ALDER = "ocd-division/country:us/state:nd/place:alder"
KEPT_APART = [
    _Speaker("Okafor", jurisdiction=ALDER),
    _Speaker("Ruth Okafor"),
    _Speaker("Ruth Okafor", jurisdiction=ALDER, speaker_class="private"),
    _Speaker("Ruth Okafor", jurisdiction=ALDER, reason="2 mayors are called Okafor"),
    _Speaker("The company", speaker_class="organisation"),
]


def test_one_speaker_in_two_documents() -> None:
    """A person is the roster's, else a full name in a place; a body is its name in a place."""
    for one, other in (
        (_Speaker("Ruth J. Okafor", jurisdiction=ALDER), _Speaker("ruth okafor", jurisdiction=ALDER)),
        (_Speaker("X", person="us-nd-okafor"), _Speaker("Ruth Okafor", person="us-nd-okafor", jurisdiction=ALDER)),
        (_Speaker("Police", jurisdiction=ALDER, speaker_class="organisation"),
         _Speaker("the police", jurisdiction=ALDER, speaker_class="organisation")),
    ):  # fmt: skip
        assert speaker_key(one, "d1") == speaker_key(other, "d2")


@pytest.mark.parametrize("speaker", KEPT_APART)
def test_two_speakers_in_two_documents(speaker: _Speaker) -> None:
    """Private people, ambiguous names, bare surnames and bodies of no place are somebody in their document only."""
    assert speaker_key(speaker, "d1") != speaker_key(speaker, "d2")
    assert speaker_key(speaker, "d1") == speaker_key(speaker, "d1")


def test_fold() -> None:
    """Names are compared without case, accents, initials and suffixes."""
    assert fold("José T. O’Brien Jr.") == fold("jose o'brien")
