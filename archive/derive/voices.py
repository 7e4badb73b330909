"""Speaker keys: what makes two speakers one, and which of them may be one person after all.

A report that says only "Johnson" and another that says "Capt. Ron Johnson" of a known place speak of two people as far
as either tells. That both carry the same sentence in the same days tells more: such mentions may share a statement
(`may_be_one`), and stay two speakers.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Protocol

__all__ = ["certainty", "fold", "is_known", "is_named_in_full", "may_be_one", "name_in", "namesakes", "speaker_key"]

# How many parts a key of each kind has before a decision adds to it.
_PARTS = {"person": 1, "name": 2, "document": 2}
_SHORTENED = 2  # letters of a first name that stand for it: "Ed" for "Edward"


class Named(Protocol):
    """What a speaker key is made of: a resolved speaker."""

    @property
    def name(self) -> str | None: ...
    @property
    def person(self) -> str | None: ...
    @property
    def speaker_class(self) -> str: ...
    @property
    def jurisdiction(self) -> str | None: ...
    @property
    def reason(self) -> str | None: ...


def fold(name: str) -> str:
    """A name as it is compared: no case, accents, signs, initials or suffixes."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"[^\W\d_]+", re.sub(r"['’‘]", "", "".join(c for c in plain if not unicodedata.combining(c))))
    kept = [word for word in words if len(word) > 1 and word not in ("jr", "sr", "ii", "iii", "iv", "the")]
    return " ".join(kept or words)


def speaker_key(speaker: Named, document: str) -> str:
    """What makes two speakers one: the roster's person; else name and jurisdiction; else name and document.

    A private person, an ambiguous name and a person's bare surname mean somebody within their document only.
    `document` is its public id. A body without a jurisdiction is keyed per document as well: "the company" is another
    one elsewhere.
    """
    if speaker.person:
        return f"person:{speaker.person}"
    name = fold(speaker.name or "")
    kind = str(speaker.speaker_class)
    alone = kind == "private" or speaker.reason is not None or (kind != "organisation" and " " not in name)
    if speaker.jurisdiction and name and not alone:
        return f"name:{name}|{speaker.jurisdiction}"
    return f"document:{document}|{name}"


def certainty(key: str) -> int:
    """How well a key tells its speaker from others: 2 by the roster, 1 by name and place, 0 within a document only."""
    return 2 if key.startswith("person:") else 1 if key.startswith("name:") else 0


def is_known(key: str) -> bool:
    """Whether a key tells its speaker from others in all documents."""
    return certainty(key) > 0


def name_in(key: str) -> str | None:
    """The folded name that a key holds; None for a person of the roster, whose key is an id."""
    kind, _, rest = key.partition(":")
    if kind == "name":
        return rest.split("|")[0]
    return rest.split("|")[1] if kind == "document" else None


def namesakes(key: str, name: str) -> str:
    """What all speakers have in common who may be one: the last word of the folded name, else the key."""
    return name.rsplit(" ", 1)[-1] or key


def may_be_one(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """Whether two speakers, each a key and a folded name, may be one.

    Two people of the roster are not, nor are those whom somebody has decided to be two. A full name may be the same one
    of another place: places are at times the page's, not the speaker's. Where one is known in a document only, a
    surname is enough, or a first name cut short.
    """
    (key, name), (other, called) = a, b
    if key == other:
        return True
    if certainty(key) == certainty(other) == 2 or _were_parted(key, other):
        return False
    if name == called:
        return " " in name or min(certainty(key), certainty(other)) == 0
    return min(certainty(key), certainty(other)) == 0 and _agree(name.split(), called.split())


def _were_parted(key: str, other: str) -> bool:
    """Whether a decision made two keys of one: it hangs a digest on the key of who is somebody else."""
    one, two = ("|".join(each.split("|")[: _PARTS[each.partition(":")[0]]]) for each in (key, other))
    return one == two


def is_named_in_full(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """Whether two speakers have one full name, and one of them at most is known by more than that."""
    (key, name), (other, called) = a, b
    return name == called and " " in name and min(certainty(key), certainty(other)) == 0


def _agree(name: list[str], other: list[str]) -> bool:
    if not name or not other or name[-1] != other[-1]:
        return False
    if 1 in (len(name), len(other)):
        return True
    short, long = sorted((name[0], other[0]), key=len)
    return len(short) >= _SHORTENED and long.startswith(short)
