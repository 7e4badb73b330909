"""What a feed or a table is of: any search, a speaker or a place, with the page that shows the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.datastructures import QueryParams
from starlette.requests import Request

from archive import query
from archive.errors import UnknownRecord
from archive.query.ids import SHORTEST
from archive.roster import load_roster
from archive.store.engine import renew
from archive.web.addressing import is_id
from archive.web.asking import PARAMETERS, Asking, asked, written
from archive.web.atlas import counts
from archive.web.elsewhere import Elsewhere
from archive.web.reading import LIMIT_SECONDS

__all__ = ["Subject", "of_place", "of_search", "of_speaker", "speaker_id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A question, what it is called, and the path of its page, to which an ending is appended."""

    asking: Asking
    title: str
    path: str

    def address(self, ending: str = "") -> str:
        """The path and question of the page, or of the same in another form."""
        named = {"speaker": None} if self.path.startswith("/speaker/") else {}
        if self.path.startswith("/place/"):
            named = {"jurisdiction": None}
        return self.asking.address(f"{self.path}{ending}", **named)


def of_search(request: Request, _: Connection) -> Subject:
    """The statements or documents that answer a search."""
    asking = _asked(request.query_params)
    shown = ", ".join(f"{name} {value}" if name != "q" else value for name, value in asking.given.items())
    return Subject(asking=asking, title=shown or f"all {asking.where}", path="/search")


def of_speaker(request: Request, connection: Connection) -> Subject:
    """What one speaker said; UnknownRecord for private people, Elsewhere for an id that retired."""
    given = request.path_params["speaker"]
    own = speaker_id(connection, given)
    if own != given:
        ending = request.url.path.rpartition(".")[2]
        raise Elsewhere(f"/speaker/{quote(own)}.{ending}", for_good=query.is_retired(connection, given))
    asking = replace(_asked(request.query_params, without="speaker"), speaker=own)
    name = query.person(connection, own, limit=0).name
    return Subject(asking=asking, title=f"what {name} said", path=f"/speaker/{quote(own)}")


def of_place(request: Request, connection: Connection) -> Subject:
    """What was said for one place and those within it; UnknownRecord for a place that nobody knows."""
    division = request.path_params["division"]
    known = counts(request)
    renew(connection, LIMIT_SECONDS)
    name = query.place(connection, division, known).name
    asking = _asked(request.query_params, without="jurisdiction")
    asking = replace(asking, filters=replace(asking.filters, jurisdiction=division))
    return Subject(asking=asking, title=f"what was said for {name}", path=f"/place/{quote(division, safe='/:')}")


def _asked(parameters: QueryParams, without: str = "") -> Asking:
    names = [name for name in PARAMETERS if name not in ("page", without)]
    return asked(QueryParams(written(parameters, names)))


def speaker_id(connection: Connection, given: str) -> str:
    """The id of the one speaker whom an id means, of the roster's person where nobody quoted has it; no names.

    Raises UnknownRecord for nobody, and for private people, who have neither page nor feed.
    """
    # Of a name it would be told whether anybody who is called so is quoted, private people too.
    if not _is_known(connection, given):
        raise _unknown(given)
    facts = query.person(connection, given, limit=0)
    own = facts.speaker_id or facts.person or ""
    begins = len(given) >= SHORTEST and own.startswith(given.lower())
    if not (given == facts.person or begins or query.is_retired(connection, given)):
        raise _unknown(given)
    return own


def _is_known(connection: Connection, given: str) -> bool:
    """Whether this is written as the archive's ids are, or is one of the roster's, of today or of the last rebuild."""
    return is_id(given) or given in load_roster().people or query.speaker_of_id(connection, given) is not None


def _unknown(given: str) -> UnknownRecord:
    return UnknownRecord(f"no speaker has the id {given!r}; search for speakers by their names")
