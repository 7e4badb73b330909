"""What a watch tells: one event, what it says to people and to programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from archive.sending import Message
from archive.text import digest

__all__ = ["Event", "Told", "batch_of", "event_id", "message"]

SHOWN = 400  # characters of the words in a letter
_HEADS = {"new": "new", "carried": "carried by news", "edited": "edited", "removed": "removed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A statement that an event is about; `before` are its words in the version before, where an edit changed them.

    `words` are empty where the new version does not have the statement any more.
    """

    statement: str
    speaker: str
    office: str | None
    jurisdiction: str | None
    words: str
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to statements that a watch looks for, in one document.

    `published` is what the document says of itself, `seen` the time of the capture that showed it. `id` is the same
    whenever the event is sent.
    """

    id: str
    kind: str
    watch: str
    document: str
    version: str | None
    source: str
    document_kind: str
    title: str | None
    url: str
    published: datetime | date | None
    seen: datetime
    statements: Sequence[Told]
    variation: str | None = None

    @property
    def details(self) -> dict[str, Any]:
        """The event as JSON can hold it; times in UTC."""
        times = {"published": _iso(self.published), "seen": _iso(self.seen)}
        return {**asdict(self), "statements": [asdict(each) for each in self.statements], **times}


def event_id(kind: str, *subject: str) -> str:
    """The id of an event of a kind: a digest of what it happened to."""
    return digest("\n".join((kind, *subject)))[:20]


def batch_of(watch: str, events: Sequence[Event]) -> str:
    """The id of events that are sent as one message."""
    return digest("\n".join((watch, *(each.id for each in events))))[:20]


def _iso(at: datetime | date | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None


def message(batch: str, watch: str, events: Sequence[Mapping[str, Any]]) -> Message:
    """The message that tells a batch, from the details of its events."""
    heads = [_head(each) for each in events]
    subject = f"{watch}: {heads[0]}" if len(events) == 1 else f"{watch}: {len(events)} events, first {heads[0]}"
    more = "`archive show` and `archive trace` take the ids; `archive watch` shows what is watched and was told.\n"
    text = "\n\n".join([*(_paragraph(head, each) for head, each in zip(heads, events, strict=True)), more])
    return Message(id=batch, subject=subject, text=text, lines=events, body={"watch": watch, "events": events})


def _head(event: Mapping[str, Any]) -> str:
    speakers = list(dict.fromkeys(each["speaker"] for each in event["statements"]))
    more = f" and {len(speakers) - 1} more" if len(speakers) > 1 else ""
    who = f"{speakers[0]}{more}, " if speakers else ""
    return f"{_HEADS[event['kind']]}: {who}{event['title'] or event['url']}"


def _paragraph(head: str, event: Mapping[str, Any]) -> str:
    published = event["published"] or "on no day that it says"
    lines = [head, *(line for each in event["statements"] for line in _said(each))]
    lines += [
        f"  {event['source']}; published {published}, seen {event['seen']}",
        f"  {event['url']}",
        f"  document {event['document']}",
    ]
    return "\n".join(lines)


def _said(told: Mapping[str, Any]) -> list[str]:
    seat = ", ".join(part for part in (told["office"], told["jurisdiction"]) if part)
    head = f"  {told['speaker']}{f' ({seat})' if seat else ''}, statement {told['statement']}:"
    if told["before"] is None:
        return [head, f"    {_cut(told['words'])}"]
    now = f"    now: {_cut(told['words'])}" if told["words"] else "    now: not there any more"
    return [head, f"    was: {_cut(told['before'])}", now]


def _cut(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= SHOWN else f"{plain[:SHOWN]}..."
