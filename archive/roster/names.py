"""Names of people in the forms in which they are compared: accents, case, apostrophes, initials and nicknames aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["FullName", "fold", "given_roots", "parse_name", "split_name"]

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "v", "md", "phd", "esq", "dds", "cpa"})
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "hon", "the", "honorable", "sir", "dame"})
_PARTICLES = frozenset(
    {"de", "del", "della", "di", "da", "van", "von", "der", "den", "la", "le", "st", "du", "mac", "el"}
)
_INSIDE = re.compile(r"['’‘ʻʼ`´.]")
_QUOTED = re.compile(r"""["“”(]([^"“”()]+)["“”)]|(?:(?<=\s)|^)['‘’]([^'‘’]+)['‘’](?=\s)""")
_OUTSIDE = re.compile(r"[^a-z0-9]+")

# Names that stand for one another. A short form may belong to several, and then stands for any of them.
_NICKNAMES = """
abigail abby | abraham abe | albert al bert | alan al allan allen | alexander alex alec sandy | alexandra alex
sandra | alfred al fred | andrew andy drew | anthony tony | antonio tony | arthur art | barbara barb | benjamin ben
benny | bernard bernie | bernadette bernie | bradley brad | calvin cal | carolyn carol | catherine cathy kate katie
kathy cat | charles charlie chuck chas | christopher chris kit | christine chris christy tina | christina chris
christy tina | clarence clay | clifford cliff | cynthia cindy | daniel dan danny | david dave davey | deborah deb
debbie debra | dennis denny | donald don donnie | dorothy dot dottie | douglas doug | edward ed eddie ted ned |
edmund ed eddie jerry ned | edwin ed eddie | elizabeth liz beth betsy betty libby eliza lizzie | eugene gene | eric
erik | francis frank fran | franklin frank | frederick fred freddie rick | freddie fred | gabriel gabe | gerald
gerry jerry | jerome jerry | jeremiah jerry | gregory greg | harold hal harry | harrison harry | henry hank harry |
howard howie | isaac ike | jacob jake | jacqueline jackie | james jim jimmy jamie | janice jan | jeffrey jeff geoff
geoffrey | jennifer jenny jen jenn | jessica jess | john jack johnny jon | jonathan jon john | joseph joe joey |
joshua josh | judith judy | katherine kate kathy katie kathie kay | kathleen kathy kate katie | kenneth ken kenny |
kevin kev | kimberly kim | lawrence larry | leonard len lenny leo | leslie les | louis lou | lucille lucy | margaret
maggie meg peggy marge | martin marty | matthew matt | maximilian max | megan meg | melissa missy | michael mike
mickey mick | michelle shelly | mitchell mitch | nathan nate | nathaniel nate nat | nicholas nick nicky | oliver
ollie | pamela pam | patricia pat patty trish | patrick pat paddy | peter pete | philip phil phillip | priscilla
cilla | randall randy | raymond ray | rebecca becky | richard rick dick rich ricky richie | robert bob rob bobby
robbie bert | rodney rod | roger rog | ronald ron ronnie | rudolph rudy | russell russ | samuel sam sammy | samantha
sam | sandra sandy | sidney sid | stanley stan | stephen steve steven | steven steve | stephanie steph | stuart stu
stewart | susan sue suzanne | suzanne sue susie | sylvester sly | terrence terry terence | terence terry | theodore
ted teddy theo | theresa terry terri | thomas tom tommy | timothy tim timmy | tobias toby | valerie val | victor vic
| victoria vicky tori vicki | vincent vince | vincent vinny | virginia ginny | walter walt | wilbur will | william
bill will billy willy willie liam | zachary zach zack
"""


def fold(text: str) -> str:
    """Lower case without accents, apostrophes and dots; other marks become single blanks: `O'Malley` -> `omalley`."""
    lowered = text.lower()
    if not lowered.isascii():
        lowered = _INSIDE.sub("", lowered)
        lowered = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return _OUTSIDE.sub(" ", _INSIDE.sub("", lowered)).strip()


def _roots() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _NICKNAMES.split("|"):
        names = group.split()
        for name in names:
            found.setdefault(name, {name}).add(names[0])
    return {name: frozenset(roots) for name, roots in found.items()}


_ROOTS = _roots()


def given_roots(given: str) -> frozenset[str]:
    """The names that a folded given name may stand for, itself among them."""
    return _ROOTS.get(given) or frozenset((given,))


@dataclass(frozen=True, slots=True)
class FullName:
    """A name taken apart, all folded: the words in order without honorifics, suffixes and quoted nicknames."""

    words: tuple[str, ...]
    nicknames: tuple[str, ...] = ()

    @property
    def surname_only(self) -> bool:
        """Whether there is no given name: one word, or a particle with its word (`de Blasio`)."""
        return len(self.words) == 1 or (len(self.words) > 1 and all(word in _PARTICLES for word in self.words[:-1]))

    @property
    def given(self) -> str:
        """The first word."""
        return self.words[0]

    @property
    def surname(self) -> str:
        """The last word."""
        return self.words[-1]

    @property
    def middles(self) -> tuple[str, ...]:
        """The words between, initials among them."""
        return self.words[1:-1]

    def surnames(self) -> Iterator[str]:
        """Every ending of the name that may be printed alone: `lujan grisham`, `grisham`."""
        if self.surname_only:
            yield " ".join(self.words)
            return
        for at in range(1, len(self.words)):
            if len(self.words[at]) > 1:
                yield " ".join(self.words[at:])


@lru_cache(maxsize=65536)
def parse_name(text: str) -> FullName:
    """Take a printed name apart; nicknames in marks or parentheses are kept beside the words."""
    nicknames = tuple(fold(one or two) for one, two in _QUOTED.findall(text))
    found = fold(_QUOTED.sub(" ", text).split(",")[0]).split()
    while len(found) > 1 and found[0] in _HONORIFICS:
        found.pop(0)
    while len(found) > 1 and found[-1] in _SUFFIXES:
        found.pop()
    while len(found) > 2 and len(found[0]) + len(found[1]) == 2:
        found[:2] = [found[0] + found[1]]  # J. B. Pritzker is J.B. Pritzker
    if len(found) > 2 and len(found[0]) == 1:
        found.pop(0)  # T. Boone Pickens is Boone Pickens
    return FullName(tuple(found), nicknames)


def split_name(text: str) -> tuple[str, str]:
    """Given and family name as written: `Bill de Blasio` -> (`Bill`, `de Blasio`); suffixes stay outside both."""
    found = [word for word in _QUOTED.sub(" ", text).replace(",", " ").split() if word]
    while len(found) > 1 and fold(found[-1]) in _SUFFIXES:
        found.pop()
    at = len(found) - 1
    while at > 1 and fold(found[at - 1]) in _PARTICLES:
        at -= 1
    return " ".join(found[:at]), " ".join(found[at:])
