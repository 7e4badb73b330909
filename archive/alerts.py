"""Telling people that a source fares badly, once when it begins and once when it is over."""

from __future__ import annotations

import os
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from email.message import EmailMessage

import orjson
import urllib3
from sqlalchemy import Connection, delete, select

from archive import clock
from archive.catalog import SourceEntry
from archive.derive.health import BAD, SourceState
from archive.errors import ArchiveError, UsageError
from archive.models import Alert
from archive.query.health import Health, health
from archive.settings import Alerts, Email
from archive.store import Archive
from archive.store.engine import writing
from archive.store.rows import upsert

__all__ = ["Delivery", "News", "deliver", "pending", "tell"]

SECONDS = 20
# One run that failed may be a cable; the second one in a row is news.
FAILED_RUNS = 2


class Delivery(ArchiveError):
    """Somebody who was to be told could not be reached; they are told with the next crawl."""

    exit_status = 2


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


def tell(archive: Archive, catalog: Mapping[str, SourceEntry], alerts: Alerts) -> list[News]:
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


def deliver(alerts: Alerts, news: Sequence[News]) -> None:
    """Write, post and send. Raises Delivery naming who could not be reached, after all others were."""
    failed = []
    for name, send in (("file", _write), ("webhook", _post), ("email", _mail)):
        if getattr(alerts, name) is None:
            continue
        try:
            send(alerts, news)
        except (OSError, urllib3.exceptions.HTTPError, smtplib.SMTPException) as error:
            failed.append(f"alerts.{name}: {error}")
    if failed:
        raise Delivery(f"could not tell everybody ({'; '.join(failed)}); they are told after the next crawl")


def _lines(news: Sequence[News]) -> bytes:
    return b"".join(orjson.dumps(asdict(each), option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z) for each in news)


def _write(alerts: Alerts, news: Sequence[News]) -> None:
    assert alerts.file is not None, "only called where there is one"
    alerts.file.parent.mkdir(parents=True, exist_ok=True)
    with alerts.file.open("ab") as file:
        file.write(_lines(news))


def _post(alerts: Alerts, news: Sequence[News]) -> None:
    """One JSON object: `text`, which chat services show, and `sources`, for programs."""
    body = {"text": "\n".join(each.sentence for each in news), "sources": [asdict(each) for each in news]}
    answer = urllib3.request(
        "POST", str(alerts.webhook), body=orjson.dumps(body, option=orjson.OPT_UTC_Z),
        headers={"Content-Type": "application/json"}, timeout=SECONDS, retries=urllib3.Retry(2, redirect=0),
    )  # fmt: skip
    if answer.status >= 300:
        raise OSError(f"answered {answer.status}")


def _mail(alerts: Alerts, news: Sequence[News]) -> None:
    email = alerts.email
    assert email is not None, "only called where there is one"
    host, _, port = email.smtp.partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=SECONDS) as server:
        if email.starttls:
            server.starttls()
        if email.user:
            server.login(email.user, _password(email))
        server.send_message(_letter(email, news))


def _password(email: Email) -> str:
    name = email.password_from or ""
    if name not in os.environ:
        raise UsageError(f"alerts.email.password_from: the environment variable {name or '(none named)'} is not set")
    return os.environ[name]


def _letter(email: Email, news: Sequence[News]) -> EmailMessage:
    letter = EmailMessage()
    subject = news[0].sentence if len(news) == 1 else f"{len(news)} sources: " + ", ".join(each.source for each in news)
    letter["Subject"] = " ".join(f"On the Record: {subject}".split())[:200]
    letter["From"], letter["To"] = email.sender, ", ".join(email.to)
    more = "\n\n`archive sources` shows all of them, `archive runs --failing` what the last crawls met.\n"
    letter.set_content("\n\n".join(each.sentence for each in news) + more)
    return letter
