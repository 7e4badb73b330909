"""What the archive's terms are called on a page, and texts cut to what may be shown of them. Pure."""

from __future__ import annotations

__all__ = ["EXCERPT", "LONG", "SAID", "excerpt", "one_line"]

LONG = 12  # characters that a word may have at the mean: some languages put no spaces between words
EXCERPT = 60  # words of a publisher's text that are shown in one piece
# The archive's own words, each with the sentence that a reader needs.
SAID = {
    "kind": {
        "direct": "a full quoted span",
        "fragment": "a few quoted words inside the writer's sentence",
        "indirect": "told in the writer's words, after “said that” or the like",
        "whole": "the release itself is the statement",
    },
    "variation": {
        "verbatim": "the same words",
        "bracketed": "words added or changed in square brackets",
        "elided": "words left out, and marked so",
        "fragment": "a few of the words",
        "reworded": "other words",
    },
    "primary": {
        "found": "The speaker's own office published these words.",
        "absent_while_watched": "A source of the speaker's office was watched in these days and did not carry them.",
        "not_watched": "No source of the speaker's office was watched in these days, so nobody can say.",
        "not_applicable": "None is to be expected: the speaker has no office that publishes.",
    },
    "office_basis": {
        "confirmed": "the day lies within a term that is known",
        "open": "an end of the term is unknown",
        "printed": "the page says so",
    },
    "document_kind": {"press_release": "press release", "article": "article", "transcript": "transcript"},
    "obtained": {
        "live": "captured live", "backfill": "captured later", "import": "imported from an older capture",
        "handed_in": "a text handed in",
    },
    "removal": {
        "suspected": "It was not found at its address when last asked for; that may pass.",
        "confirmed": "It is gone from its address: not found at least three times over at least 14 days.",
        "restored": "It was gone from its address for a time, and came back.",
    },
    "state": {
        "ok": "new documents come as expected", "silent": "nothing new for longer than ever before",
        "failing": "the last runs failed", "quarantined": "a run is held for a person to look at",
        "unwatched": "nobody has looked lately", "never_run": "nobody has crawled it yet",
        "candidate": "nobody has seen it work", "closed": "nothing new is to come",
    },
}  # fmt: skip


def one_line(text: str | None, longest: int = 120) -> str:
    """A text in one line of at most so many characters, cut at a word."""
    line = " ".join((text or "").split())
    if len(line) <= longest:
        return line
    return line[: longest + 1].rsplit(" ", 1)[0][:longest].rstrip(" ,;:") + " …"


def excerpt(text: str, most: int = EXCERPT) -> str:
    """The beginning of a text, at most so many words."""
    found = text.split()
    if len(found) <= most and len(text) <= most * LONG:
        return text
    return " ".join(found[:most])[: most * LONG].rstrip() + " …"
