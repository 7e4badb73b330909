"""Telling people that a source fares badly, once when it begins and once when it is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from archive import clock
from archive.catalog import SourceEntry
from archive.derive.health import BAD, SourceState
from archive.models import Alert
from archive.query.health import Health, health
from archive.sending import Delivery, Message, send
from archive.settings import Receivers
from archive.store import Archive
from archive.store.engine import writing
from archive.store.rows import upsert
from archive.text import digest

__all__ = ["Delivery", "News", "deliver", "pending", "tell"]

# One run that failed may be a cable; the second one in a row is news.
FAILED_RUNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """That a source is in another state than was told last; `since` is when that was first noticed."""

    source: str
    title: str
    state: str
    before: str | None
    words: str
    since: datetime

    @property
    def sentence(self) -> str:
        """The news in one line."""
        told = f"{self.source} ({self.title}): {self.state}"
        return f"{told}: {self.words}" if self.words else told


def pending(connection: Connection, catalog: Mapping[str, SourceEntry], now: datetime) -> list[News]:
    """What has not been told yet: sources that fare badly, and those that were told of and are well again."""
    told = {row.source_id: row for row in connection.execute(select(Alert.__table__))}
    found = []
    for each in health(connection, catalog, now):
        before = told.get(each.source)
        if _is_bad(each):
            if before is None or before.state != each.state:
                found.append(_news(each, before.state if before else None, now))
        elif before is not None and each.state == SourceState.OK:
            found.append(_news(each, before.state, now))
    return found


def _is_bad(each: Health) -> bool:
    if each.state == SourceState.FAILING:
        return each.failed_runs >= FAILED_RUNS
    return each.state in BAD


def _news(each: Health, before: str | None, now: datetime) -> News:
    words = each.reason or ("well again" if before else "")
    return News(source=each.source, title=each.title, state=each.state, before=before, words=words, since=now)


def tell(archive: Archive, catalog: Mapping[str, SourceEntry], alerts: Receivers) -> list[News]:
    """Deliver what is pending to all who are to be told, then remember it; gives what was told.

    Raises Delivery where somebody could not be reached: nothing is remembered then, and all is told again next time.
    """
    if alerts.nobody:
        return []
    with archive.read() as connection:
        news = pending(connection, catalog, clock.now())
    if news:
        deliver(alerts, news)
        with writing(archive.engine) as connection:
            _remember(connection, news)
    return news


def _remember(connection: Connection, news: Sequence[News]) -> None:
    for each in news:
        if each.state == SourceState.OK:
            connection.execute(delete(Alert).where(Alert.source_id == each.source))
            continue
        values = {"state": each.state, "words": each.words, "since": each.since, "told_at": clock.now()}
        statement = upsert(connection, Alert).values(source_id=each.source, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["source_id"], set_=values))


def deliver(alerts: Receivers, news: Sequence[News]) -> None:
    """Write, post and send. Raises Delivery naming who could not be reached, after all others were."""
    message = _message(news)
    found = {name: send(alerts, name, message) for name in alerts.named}
    failed = [f"alerts.{name}: {why}" for name, why in found.items() if why is not None]
    if failed:
        raise Delivery(f"could not tell everybody ({'; '.join(failed)}); they are told after the next crawl")


def _message(news: Sequence[News]) -> Message:
    sentences = [each.sentence for each in news]
    told = [asdict(each) for each in news]
    more = "`archive sources` shows all of them, `archive runs --failing` what the last crawls met.\n"
    return Message(
        id=digest("\n".join((news[0].since.isoformat(), *sentences)))[:20],
        subject=sentences[0] if len(news) == 1 else f"{len(news)} sources: {', '.join(each.source for each in news)}",
        text="\n\n".join([*sentences, more]),
        lines=told,
        body={"sources": told},
    )
