"""Statements: which mentions of a speaker's words are one utterance. All words are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.derive.statements import Group, Mention, group, holds, order, related, statement_id
from archive.derive.wordings import normal_form, sentences
from archive.records import QuotationKind

FIRST = date(2026, 3, 2)
LEVEE = "The county knew the gate was stuck on Sunday, and told us on Tuesday."
EDITED = "The county knew that gate was stuck on Sunday and told us Tuesday"
BRACKETED = "[They] knew the gate was stuck on Sunday, and told us on Tuesday."
SOCKS = "We will need dry socks and a great deal of patience."
PUMPS, MORE_PUMPS = f"Of 40 pumps 12 ran. {SOCKS}", f"Of 40 pumps 19 ran. {SOCKS}"
CRUEL = "It is a cruel policy that we shall never carry out here."
SMALL = "i chose the small things because people trip over them"
V1, V2 = frozenset({1}), frozenset({2})
WINTER = "What a cruel winter our farmers and their cattle had."
GREETING = "Good morning and welcome to City Hall, friends, reporters and neighbors of Alder."
GATE = "the county engineers knew the gate was badly stuck on Sunday"
TOLD = "they told us on Tuesday about the broken iron gate in the levee"
LONG = (
    f"Good morning. {LEVEE} I do not say that to pick a fight. Somebody decided a weekend was more important than a "
    "warning. I will learn who. And I will tell you. Thank you all."
)


def mention(document: str, words: str, day: int = 0, **changes: Any) -> Mention:
    """What one document quotes, so many days after the first."""
    speaker = changes.get("speaker", "person:okafor")
    values: dict[str, Any] = {
        "id": f"{document}:{speaker}:{normal_form(words)}", "speaker": speaker, "name": "ruth okafor",
        "document": document, "story": None, "day": FIRST + timedelta(days=day), "normal": normal_form(words),
        "words": words, "kind": QuotationKind.DIRECT,
        "turn": False, "sentences": sentences(words), "own_office": False,
        "first_seen": datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=day),
    }  # fmt: skip
    return Mention(**{**values, **changes})


def unknown(name: str, document: str = "b") -> dict[str, str]:
    """A speaker who is known by this name in one document only."""
    return {"speaker": f"document:{document}|{name}", "name": name}


OKAFOR = unknown("okafor")


def documents(groups: list[Group]) -> list[str]:
    """The documents of each group, in order: "a b" for two that share a statement."""
    return [" ".join(each.document for each in one.mentions) for one in groups]


CASES: dict[str, tuple[list[Mention], list[str]]] = {
    "the same words": ([mention("a", LEVEE), mention("b", LEVEE.upper(), 1)], ["a b"]),
    "contained": ([mention("a", LEVEE), mention("b", "The county knew the gate was stuck on Sunday", 2)], ["a b"]),
    "a light edit": ([mention("a", LEVEE), mention("b", EDITED)], ["a b"]),
    "a later version of the document": ([mention("a", LEVEE), mention("a", EDITED)], ["a a"]),
    "a corrected figure in a later version": (
        [mention("a", PUMPS, versions=V1), mention("a", MORE_PUMPS, versions=V2)],
        ["a a"],
    ),
    "two figures in one version": (
        [mention("a", PUMPS, versions=V1), mention("a", MORE_PUMPS, versions=V1 | V2)],
        ["a", "a"],
    ),
    "brackets": ([mention("a", LEVEE), mention("b", BRACKETED)], ["a b"]),
    "an ellipsis": (
        [mention("a", f"{LEVEE} {SOCKS}"), mention("b", "The county knew the gate ... a deal of patience")], ["a b"],
    ),
    "other words": ([mention("a", LEVEE), mention("b", SOCKS)], ["a", "b"]),
    "another figure": (
        [mention("a", PUMPS), mention("b", MORE_PUMPS, 1)], ["a", "b"],
    ),
    "a lost not": (
        [mention("a", LEVEE), mention("b", LEVEE.replace("knew", "never knew"))], ["a", "b"],
    ),
    "the last day of the window": ([mention("a", LEVEE), mention("b", LEVEE, 30)], ["a b"]),
    "a day too late": ([mention("a", LEVEE), mention("b", LEVEE, 31)], ["a", "b"]),
    "years apart": ([mention("a", LEVEE), mention("b", LEVEE, 700)], ["a", "b"]),
    "weekly boilerplate does not chain": (
        [mention(name, LEVEE, day) for name, day in (("a", 0), ("b", 20), ("c", 40), ("d", 60))], ["a b", "c d"],
    ),
    "another release of the office is another occasion": (
        [mention("a", LEVEE, own_office=True), mention("b", LEVEE, 7, own_office=True)], ["a", "b"],
    ),
    "the same release again": (
        [mention("a", LEVEE, own_office=True, story="s"), mention("b", LEVEE, 7, own_office=True, story="s")], ["a b"],
    ),
    "two releases of two days": (
        [mention("a", LEVEE, own_office=True), mention("b", LEVEE, 2, own_office=True)], ["a b"],
    ),
    "a report belongs to the printing before it": (
        [
            mention("a", LEVEE, own_office=True), mention("b", LEVEE, 2), mention("c", LEVEE, 9, own_office=True),
            mention("d", LEVEE, 10), mention("e", "The county knew the gate was stuck on Sunday", 11),
        ],
        ["a b", "c d e"],
    ),
    "whole releases are printings too": (
        [
            mention("a", LONG, kind=QuotationKind.WHOLE, own_office=True), mention("b", LEVEE, 1),
            mention("c", f"Friends. {LEVEE} {SOCKS}", 9, kind=QuotationKind.WHOLE, own_office=True),
            mention("d", LEVEE, 9),
        ],
        ["a", "b", "c", "d"],
    ),
    "a word with one candidate": ([mention("a", CRUEL), mention("b", "cruel", 3)], ["a b"]),
    "a word with two candidates": (
        [mention("a", CRUEL), mention("b", WINTER), mention("c", "cruel", 3)], ["a", "b", "c"],
    ),
    "a word with two candidates, one of its document": (
        [mention("a", CRUEL), mention("b", WINTER), mention("b", "cruel")], ["a", "b b"],
    ),
    "a word with two candidates in its document": (
        [mention("a", CRUEL), mention("a", WINTER), mention("a", "cruel")], ["a", "a", "a"],
    ),
    "a word of a statement days later": ([mention("a", CRUEL), mention("b", "cruel", 4)], ["a", "b"]),
    "a word alone weeks later": ([mention("a", "cruel"), mention("b", "cruel", 14)], ["a b"]),
    "a word alone too late": ([mention("a", "cruel"), mention("b", "cruel", 15)], ["a", "b"]),
    "a few words": ([mention("a", CRUEL), mention("b", "a cruel policy", 14)], ["a b"]),
    "a few words too late": ([mention("a", CRUEL), mention("b", "a cruel policy", 15)], ["a", "b"]),
    "a word in two years": ([mention("a", "cruel"), mention("b", "cruel", 365)], ["a", "b"]),
    "a word does not chain": (
        [mention("a", "cruel"), mention("b", "cruel", 10), mention("c", "cruel", 20)], ["a b", "c"],
    ),
    "a word before its statement": ([mention("a", "cruel"), mention("b", CRUEL, 2)], ["a b"]),
    "a word in its story": (
        [mention("a", "What a cruel policy.", story="s"), mention("b", "cruel", 20, story="s")], ["a b"],
    ),
    "mere thanks": ([mention("a", "Thank you all."), mention("b", "Thank you all.", 1)], ["a", "b"]),
    "mere thanks in a story": (
        [mention("a", "Thank you all.", story="s"), mention("b", "Thank you all.", 1, story="s")], ["a b"],
    ),
    "reported speech is not quoted speech": (
        [mention("a", LEVEE), mention("b", LEVEE, kind=QuotationKind.INDIRECT)], ["a", "b"],
    ),
    "reported speech, equal": (
        [mention(name, LEVEE, kind=QuotationKind.INDIRECT) for name in "ab"], ["a b"],
    ),
    "reported speech, alike": (
        [mention(name, words, kind=QuotationKind.INDIRECT) for name, words in (("a", LEVEE), ("b", EDITED))],
        ["a", "b"],
    ),
    "reported speech, alike in a story": (
        [
            mention("a", LEVEE, kind=QuotationKind.INDIRECT, story="s"),
            mention("b", EDITED, kind=QuotationKind.INDIRECT, story="s"),
        ],
        ["a b"],
    ),
    "a long text joins nothing": (
        [
            mention("a", "The county knew the gate was stuck on Sunday."),
            mention("b", "Somebody decided a weekend was more important than a warning."),
            mention("c", LONG, kind=QuotationKind.WHOLE),
        ],
        ["a", "b", "c"],
    ),
    "a turn joins nothing": ([mention("a", LEVEE), mention("b", LEVEE, turn=True)], ["a", "b"]),
    "more than five sentences join nothing": ([mention("a", LEVEE), mention("b", LONG)], ["a", "b"]),
    "a long text printed twice": (
        [mention("a", LONG), mention("b", LONG.replace("Good morning.", ""), 3)], ["a b"],
    ),
    "two versions of a release": (
        [
            mention("a", LONG, kind=QuotationKind.WHOLE),
            mention("a", LONG.replace("Tuesday", "Monday"), kind=QuotationKind.WHOLE),
        ],
        ["a a"],
    ),
    "a daily greeting": (
        [mention(name, GREETING, day, turn=True) for name, day in (("a", 0), ("b", 1))], ["a", "b"],
    ),
    "a short direct quotation ties its parts": (
        [mention("a", GATE), mention("b", TOLD, 1), mention("c", f"{GATE}. {TOLD}.", 2)], ["a b c"],
    ),
    "halves of a sentence": (
        [
            mention("a", "I chose the small things,", sentence=SMALL),
            mention("a", "because people trip over them", sentence=SMALL),
            mention("b", "I chose the small things because people trip over them."),
        ],
        ["a a b"],
    ),
    "a fragment ties nothing": (
        [mention("a", GATE), mention("b", TOLD), mention("c", f"{GATE}, {TOLD}", kind=QuotationKind.FRAGMENT)],
        ["a c", "b"],
    ),
    "a surname in another document": ([mention("a", LEVEE), mention("b", LEVEE, 1, **OKAFOR)], ["a b"]),
    "a surname with few words": (
        [mention("a", "a cruel policy"), mention("b", "a cruel policy", 1, **OKAFOR)], ["a", "b"],
    ),
    "a surname with few words in its story": (
        [mention("a", "a cruel policy", story="s"), mention("b", "a cruel policy", 1, story="s", **OKAFOR)], ["a b"],
    ),
    "a full name with few words": (
        [mention("a", CRUEL), mention("b", "a cruel policy", 1, **unknown("ruth okafor"))], ["a b"],
    ),
    "two unknown of one name with few words": (
        [
            mention("a", CRUEL, **unknown("ruth okafor", "a")),
            mention("b", "a cruel policy", 1, **unknown("ruth okafor")),
        ],
        ["a", "b"],
    ),
    "two unknown of one name and office with few words": (
        [
            mention("a", CRUEL, office="senator", **unknown("ruth okafor", "a")),
            mention("b", "a cruel policy", 1, office="senator", **unknown("ruth okafor")),
        ],
        ["a b"],
    ),
    "a first name cut short": ([mention("a", LEVEE), mention("b", LEVEE, **unknown("ru okafor"))], ["a b"]),
    "another first name": ([mention("a", LEVEE), mention("b", LEVEE, **unknown("lena okafor"))], ["a", "b"]),
    "two people of the roster": (
        [mention("a", LEVEE), mention("b", LEVEE, speaker="person:lena", name="lena okafor")], ["a", "b"],
    ),
    "a surname does not tie two people of the roster": (
        [
            mention("a", LEVEE), mention("b", LEVEE, 1, **OKAFOR),
            mention("c", LEVEE, 2, speaker="person:lena", name="lena okafor"),
        ],
        ["a b", "c"],
    ),
    "a full name of another place": (
        [mention("a", LEVEE, speaker="name:bo marsh|alder", name="bo marsh"),
         mention("b", LEVEE, speaker="name:bo marsh|birch", name="bo marsh")],
        ["a b"],
    ),
    "a key that a person has parted": (
        [mention("a", LEVEE, speaker="name:bo marsh|alder", name="bo marsh"),
         mention("b", LEVEE, speaker="name:bo marsh|alder|0123", name="bo marsh")],
        ["a", "b"],
    ),
    "an early fragment ties nothing": (
        [
            mention("a", "county engineers knew the gate was badly stuck", kind=QuotationKind.FRAGMENT),
            mention("b", f"{GATE} and nobody came", 20), mention("c", f"Friends, {GATE} and everybody slept", 40),
        ],
        ["a b", "c"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_groups(name: str) -> None:
    """The same words near in time are one statement; anything doubtful stays apart."""
    mentions, expected = CASES[name]
    assert sorted(documents(group(mentions))) == sorted(expected)
    assert documents(group(mentions[::-1])) == documents(group(mentions))


def test_a_repeat_names_the_earlier_statement() -> None:
    """Within what is derived together a repeat is linked to what it repeats."""
    first, second = group([mention("a", LEVEE, own_office=True), mention("b", LEVEE, 7, own_office=True)])
    assert (first.repeat_of, second.repeat_of) == (None, statement_id(first))


def test_a_whole_text_holds_what_others_quote_of_it() -> None:
    """The release is where the words come from: the place is exact, and it is the primary source."""
    whole = mention("release", LONG, kind=QuotationKind.WHOLE, own_office=True)
    report = mention("news", "The county knew the gate was stuck on Sunday and told us on Tuesday", 1)
    found = {each.mentions[0].document: each for each in group([report, whole])}
    (held,) = found["news"].held
    assert LONG[held.start : held.end] == LEVEE
    assert (held.mention, found["news"].primary) == (whole.id, whole.id)
    assert related(report, whole)
    assert related(whole, report)


def test_the_primary_is_the_earliest_of_the_own_office() -> None:
    """A report may come first; the primary source is the office's."""
    (found,) = group([mention("news", LEVEE), mention("release", LEVEE, 1, own_office=True)])
    assert found.primary == mention("release", LEVEE).id


def test_the_id_stays_when_more_comes() -> None:
    """Later reports change nothing of a statement's id."""
    (alone,) = group([mention("a", LEVEE)])
    (more,) = group([mention("a", LEVEE), mention("b", LEVEE, 3)])
    assert statement_id(alone) == statement_id(more)


TEXTS = [
    LEVEE, LEVEE.lower(), "The county knew the gate was stuck on Sunday", "cruel", "a cruel and stupid plan", EDITED,
    "Thank you.", "We need dry socks, strong backs and a great deal of patience.", "dry socks", LONG, BRACKETED,
    f"{LEVEE} We need dry socks, strong backs and a great deal of patience.", "The county knew ... strong backs",
    LONG.replace("Tuesday", "Monday"), "because people trip over them", SMALL, CRUEL,
]  # fmt: skip
KINDS = [
    QuotationKind.DIRECT,
    QuotationKind.DIRECT,
    QuotationKind.FRAGMENT,
    QuotationKind.INDIRECT,
    QuotationKind.WHOLE,
]


LENA = {"speaker": "name:lena okafor|birch", "name": "lena okafor"}


@st.composite
def mentions(draw: st.DrawFn) -> list[Mention]:
    """Some mentions of namesakes in some documents, each wording of a speaker once in a document."""
    documents: list[dict[str, Any]] = [
        {"day": draw(st.sampled_from([0, 1, 3, 12, 17, 29, 33, 60])), "own_office": draw(st.booleans()),
         "story": draw(st.sampled_from([None, None, "s", "t"]))}
        for _ in range(draw(st.integers(1, 6)))
    ]  # fmt: skip
    found: dict[str, Mention] = {}
    for _ in range(draw(st.integers(1, 12))):
        number = draw(st.integers(0, len(documents) - 1))
        each = mention(
            f"d{number}", draw(st.sampled_from(TEXTS)), **documents[number], kind=draw(st.sampled_from(KINDS)),
            turn=draw(st.sampled_from([False, False, False, True])),
            sentence=draw(st.sampled_from([None, None, SMALL])),
            versions=draw(st.sampled_from([frozenset(), V1, V2, V1 | V2])),
            office=draw(st.sampled_from([None, "mayor"])),
            **draw(st.sampled_from([{}, {}, unknown("okafor", f"d{number}"), LENA, unknown("l okafor", f"d{number}")])),
        )  # fmt: skip
        found[each.id] = each
    return list(found.values())


@settings(max_examples=300, deadline=None)
@given(mentions(), st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(given_ones: list[Mention], random: Any) -> None:
    """Groups are a function of the set of mentions: each is in one, and none spans more than the window."""
    found = group(given_ones)
    shuffled = list(given_ones)
    random.shuffle(shuffled)
    assert group(shuffled) == found
    assert sorted(each.id for one in found for each in one.mentions) == sorted(each.id for each in given_ones)
    by_id = {each.id: each for each in given_ones}
    for one in found:
        assert (one.mentions[-1].day - one.mentions[0].day).days <= 30
        assert list(one.mentions) == sorted(one.mentions, key=order)
        assert len({holds(each) for each in one.mentions}) == 1
        for held in one.held:
            assert holds(by_id[held.mention])
            assert 0 <= held.start < held.end <= len(by_id[held.mention].words)
        assert one.primary is None or by_id[one.primary].own_office
        assert one.primary is None or one.primary in {
            *(each.id for each in one.mentions),
            *(h.mention for h in one.held),
        }


@settings(max_examples=300, deadline=None)
@given(mentions())
def test_groups_of_components(given_ones: list[Mention]) -> None:
    """What is not related has no say: grouping each closed part alone gives the groups of the whole."""
    left, parts = {each.id: each for each in given_ones}, []
    while left:
        _, first = left.popitem()
        part, edge = [first], [first]
        while edge:
            near = [each for each in left.values() if related(edge[0], each)]
            assert near == [each for each in left.values() if related(each, edge[0])]
            edge = edge[1:] + near
            part += near
            for each in near:
                del left[each.id]
        parts.append(part)
    apart = [each for part in parts for each in group(part)]
    assert sorted(apart, key=lambda one: order(one.mentions[0])) == sorted(
        group(given_ones), key=lambda one: order(one.mentions[0])
    )
