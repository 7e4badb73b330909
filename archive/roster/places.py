"""Places as they are printed, and the divisions they may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.roster.names import fold
from archive.roster.values import Jurisdiction

__all__ = ["COUNTRY", "Place", "Places", "agrees"]

COUNTRY = "ocd-division/country:us"
# How newspapers shorten the states, beside the two letters of the post.
AP_STATES = """AL Ala|AZ Ariz|AR Ark|CA Calif Cal|CO Colo|CT Conn|DE Del|FL Fla|GA Ga|IL Ill|IN Ind|KS Kan Kans|KY Ky
|LA La|MD Md|MA Mass|MI Mich|MN Minn|MS Miss|MO Mo|MT Mont|NE Neb Nebr|NV Nev|NH N.H.|NJ N.J.|NM N.M.|NY N.Y.|NC N.C.
|ND N.D.|OK Okla|OR Ore|PA Pa Penn Penna|RI R.I.|SC S.C.|SD S.D.|TN Tenn|TX Tex|VT Vt|VA Va|WA Wash|WV W.Va.|WI Wis
|WY Wyo|DC D.C.|PR P.R."""
# Bodies of the federal government: who speaks for them speaks for the country.
_FEDERAL = """federal|U.S.|US|United States|White House|Pentagon|Justice Department|Department of Justice|DOJ|
State Department|Department of State|Treasury|Treasury Department|Defense Department|Department of Defense|
Homeland Security|Department of Homeland Security|DHS|FBI|F.B.I.|CIA|C.I.A.|NSA|CDC|NIH|NIAID|FDA|EPA|FEMA|
ICE|ATF|DEA|IRS|FCC|FAA|NTSB|TSA|HHS|HUD|National Security|National Weather Service|National Park Service|
Secret Service|Border Patrol|Federal Reserve|Supreme Court|Congress|Interior|Education Department|
Labor Department|Health and Human Services|Veterans Affairs|Surgeon General|
Centers for Disease Control and Prevention|National Institutes of Health|National Hurricane Center|
National Institute of Allergy and Infectious Diseases|Immigration and Customs Enforcement"""
FEDERAL = frozenset(fold(name) for name in _FEDERAL.split("|"))
_LEADING = re.compile(
    r"^(?:in|of|from|at|for)\s+|^(?:the\s+)?(?:city|town|village|borough|state|commonwealth)\s+of\s+|^the\s+", re.I
)
_PARTY = re.compile(r"^[DRI]-(.+)$")
_STATE_WORD = re.compile(r"\s+(?:state|commonwealth)$", re.I)
# Words with capitals that stand together, as names do: "St. Louis County", "Washington, D.C." in its two parts.
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][\w.'’\-]*(?: (?:of |de |del )?[A-ZÀ-Þ][\w.'’\-]*)*")
MOST_WORDS = 5  # of a place's name


@dataclass(frozen=True, slots=True)
class Place:
    """A printed place: its words, and the divisions it may mean; none where it is not known."""

    text: str
    ids: tuple[str, ...]


def agrees(jurisdiction: str, ids: Iterable[str]) -> bool:
    """Whether a jurisdiction is one of these divisions, lies in one or holds one."""
    return any(
        jurisdiction == other or jurisdiction.startswith(f"{other}/") or other.startswith(f"{jurisdiction}/")
        for other in ids
    )


class Places:
    """Every name of every division."""

    def __init__(self, jurisdictions: Mapping[str, Jurisdiction]) -> None:
        self._all = jurisdictions
        self._named: dict[str, list[str]] = {}
        self._first_words: set[str] = set()
        self._states: dict[str, str] = {}
        for division in jurisdictions.values():
            for name in (division.name, *division.aliases):
                self._add(fold(name.removesuffix(" (state)")), division.id)
            if division.kind in ("state", "territory", "district"):
                self._states[division.state] = division.id
                self._add(division.state.lower(), division.id)
        for line in AP_STATES.replace("\n", "").split("|"):
            code, *forms = line.split()
            for form in forms if code in self._states else ():
                self._add(fold(form), self._states[code])
        self._known: dict[str, Place] = {}
        self._may_begin = lru_cache(maxsize=65_536)(self._begins_a_name)

    def _add(self, name: str, division: str) -> None:
        self._first_words.add(name.partition(" ")[0])
        ids = self._named.setdefault(name, [])
        if division not in ids:
            ids.append(division)

    def find(self, text: str) -> Place:
        """What a printed place may mean."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = Place(text, tuple(self._find(text)))
        return found

    def _find(self, text: str) -> list[str]:
        cleaned = re.sub(r"['’]s$", "", text.strip(" ,;:()"))
        party = _PARTY.match(cleaned)
        if party:
            return self._find(party[1])
        direct = self._exact(cleaned)
        if direct:
            return direct
        whole, _, rest = cleaned.rpartition(",")
        if whole:
            towns, outer = self._find(whole), self._find(rest)
            inner = [town for town in towns if any(town.startswith(f"{state}/") for state in outer)]
            # "Mayor Jane Roe of Springfield, Democrat": what follows the comma is no place.
            return inner or ([] if outer else towns)
        shorter = _LEADING.sub("", cleaned)
        if shorter == cleaned:
            shorter = _STATE_WORD.sub("", cleaned)
        return self._find(shorter) if shorter and shorter != cleaned else []

    def _exact(self, text: str) -> list[str]:
        key = fold(text)
        if len(key) == 2 and not (text.isupper() or "." in text or text[:1].isupper()):
            return []
        if _STATE_WORD.search(text):
            states = [each for each in self._named.get(fold(_STATE_WORD.sub("", text)), ()) if "/state:" in each]
            states = [each for each in states if each.count("/") == 2]
            if states:
                return states
        return list(self._named.get(key, ())) or ([COUNTRY] if key in FEDERAL else [])

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The known places that a text names, in the order of their first mention, each as printed.

        A bare `Washington` is left out: more often than a place it means the government.
        """
        found: dict[str, None] = {}
        for run in _CAPITALISED.findall(text):
            words = run.split()
            at = 0
            while at < len(words):
                sizes = range(min(MOST_WORDS, len(words) - at), 0, -1) if self._may_begin(words[at]) else ()
                size = next((n for n in sizes if self._is_name(words, at, n)), 0)
                if size:
                    found[" ".join(words[at : at + size]).rstrip(".,;:")] = None
                at += size or 1
        return tuple(found)

    def _begins_a_name(self, word: str) -> bool:
        """Whether a name of a place can begin with this printed word; most words of a text cannot."""
        return fold(re.sub(r"['’]s$", "", word.rstrip(".,;:"))).partition(" ")[0] in self._first_words

    def _is_name(self, words: list[str], at: int, size: int) -> bool:
        key = fold(re.sub(r"['’]s$", "", " ".join(words[at : at + size]).rstrip(".,;:")))
        return len(key) > 3 and key != "washington" and key in self._named

    def leading(self, words: Sequence[str]) -> tuple[Place | None, int]:
        """The longest known place that these words begin with, and how many words it takes."""
        for count in range(min(MOST_WORDS, len(words)), 0, -1):
            text = " ".join(words[:count])
            if text[:1].isupper() or count > 1 or text.lower() == "federal":
                place = self.find(text)
                if place.ids and not text.endswith(","):
                    return place, count
        return None, 0

    def at_level(self, ids: Iterable[str], levels: frozenset[str]) -> tuple[str, ...]:
        """Those divisions that have an office of these levels."""
        return tuple(each for each in ids if self._all[each].kind in levels) if levels else tuple(ids)
