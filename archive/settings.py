"""The settings file of one installation: who is told when a source fares badly, and which searches are watched.

[alerts]
file = "alerts.jsonl"
webhook = "https://desk.example/hooks/archive"
email = { to = ["desk@example.org"], from = "archive@example.org", smtp = "localhost:25" }

[watch.lead-pipes]
words = '"lead pipes" OR "service lines"'
office = "mayor"
events = ["new", "carried", "edited", "removed"]
file = "lead-pipes.jsonl"
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.errors import UsageError
from archive.text import digest

__all__ = ["EVENTS", "Email", "Receivers", "Settings", "WatchSettings", "load_settings"]

DEFAULT = "on-the-record.toml"
RECEIVERS = ("file", "webhook", "email")
EVENTS = ("new", "carried", "edited", "removed")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
SEARCH: Mapping[str, tuple[str, ...] | None] = {
    "words": None, "speaker": None, "office": None, "jurisdiction": None, "source": None, "tag": None,
    "kind": ("direct", "fragment", "indirect", "whole"), "document_kind": ("press_release", "article", "transcript"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """Where letters go and by which server (`host:port`); `password_from` names an environment variable."""

    to: tuple[str, ...]
    sender: str
    smtp: str
    user: str | None = None
    password_from: str | None = None
    starttls: bool = False

    @property
    def server(self) -> tuple[str, int]:
        """Host, of version 6 without its brackets, and port (25 where none is given). Raises ValueError for neither."""
        said = urlsplit(f"//{self.smtp}")
        if not said.hostname or said.netloc != self.smtp or "@" in self.smtp:
            raise ValueError(f"{self.smtp!r} is no host:port")
        return said.hostname, said.port or 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivers:
    """Who is told: a file of JSON lines, an address that takes JSON by POST, people by e-mail."""

    file: Path | None = None
    webhook: str | None = None
    email: Email | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """Which of `file`, `webhook` and `email` there are."""
        return tuple(name for name in RECEIVERS if getattr(self, name) is not None)

    @property
    def nobody(self) -> bool:
        """Whether there is nobody to tell."""
        return not self.named


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSettings:
    """A saved search of statements, what is told of its answers, and to whom; its keys mean what a search's do."""

    name: str
    events: tuple[str, ...] = EVENTS
    to: Receivers = field(default_factory=Receivers)
    words: str = ""
    speaker: str | None = None
    office: str | None = None
    jurisdiction: str | None = None
    source: str | None = None
    tag: str | None = None
    kind: str | None = None
    document_kind: str | None = None

    @property
    def search(self) -> dict[str, str]:
        """The parts of the search that are given, by their keys."""
        return {name: given for name in SEARCH if (given := getattr(self, name))}

    @property
    def digest(self) -> str:
        """What makes it this watch, whatever its name and whoever is told: its search and events."""
        return digest("\n".join(str(getattr(self, name) or "") for name in (*SEARCH, "events")))[:20]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the settings file says."""

    alerts: Receivers = field(default_factory=Receivers)
    watches: tuple[WatchSettings, ...] = ()
    file: Path | None = None


def load_settings(path: str | Path | None = None) -> Settings:
    """Read the given file, else that of ARCHIVE_SETTINGS, else `on-the-record.toml` here, where there is one.

    Raises UsageError naming file and key for whatever is wrong.
    """
    named = path or os.environ.get("ARCHIVE_SETTINGS")
    file = Path(named or DEFAULT)
    if not file.exists():
        if named:
            raise UsageError(f"{file}: no such settings file; look at ARCHIVE_SETTINGS")
        return Settings()
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{file}: not a settings file in TOML: {error}") from None
    reader = _Reader(file)
    reader.known(table, ("alerts", "watch"), "")
    alerts = reader.table(table, "alerts")
    reader.known(alerts, RECEIVERS, "alerts.")
    told = reader.receivers(alerts, "alerts")
    watches = reader.table(table, "watch")
    return Settings(
        alerts=told,
        watches=tuple(reader.watch(name, reader.table(watches, name, "watch."), told) for name in watches),
        file=file,
    )


class _Reader:
    def __init__(self, file: Path) -> None:
        self.file = file

    def wrong(self, key: str, what: str) -> UsageError:
        return UsageError(f"{self.file}: key {key}: {what}")

    def known(self, given: Iterable[str], allowed: Iterable[str], within: str) -> None:
        for key in given:
            if key not in allowed:
                near = difflib.get_close_matches(key, list(allowed), n=1)
                raise self.wrong(within + key, f"unknown; did you mean {near[0]}?" if near else "unknown")

    def table(self, given: Mapping[str, Any], key: str, within: str = "") -> Mapping[str, Any]:
        value = given.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(within + key, "is a table")
        return value

    def watch(self, name: str, table: Mapping[str, Any], alerts: Receivers) -> WatchSettings:
        """A watch; without receivers of its own those of the alerts are told."""
        key = f"watch.{name}"
        if not re.fullmatch(r"[\w-]{1,80}", name):
            raise self.wrong(key, "a watch is named by letters, digits, - and _")
        self.known(table, (*SEARCH, "events", *RECEIVERS), f"{key}.")
        search = {part: self.part(f"{key}.{part}", table[part], SEARCH[part]) for part in SEARCH if part in table}
        if not search:
            raise self.wrong(key, f"what is watched? give one of {', '.join(SEARCH)}")
        own = self.receivers(table, key)
        to = alerts if own.nobody else own
        if to.nobody:
            raise self.wrong(key, "nobody is told; give a file, webhook or email here or under alerts")
        return WatchSettings(name=name, events=self.events(key, table), to=to, **search)

    def events(self, key: str, table: Mapping[str, Any]) -> tuple[str, ...]:
        """The events in their own order, all where none are named."""
        given = table.get("events", EVENTS)
        if not isinstance(given, (list, tuple)) or not given or not all(each in EVENTS for each in given):
            raise self.wrong(f"{key}.events", f"{given!r} is no list of some of {', '.join(EVENTS)}")
        return tuple(event for event in EVENTS if event in given)

    def part(self, key: str, value: object, allowed: tuple[str, ...] | None) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, f"{value!r} is no text")
        if allowed and value not in allowed:
            raise self.wrong(key, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def receivers(self, table: Mapping[str, Any], within: str) -> Receivers:
        webhook = table.get("webhook")
        if webhook is not None and not str(webhook).startswith(("http://", "https://")):
            raise self.wrong(f"{within}.webhook", f"{webhook!r} is no http or https address")
        email = self.table(table, "email", f"{within}.") if "email" in table else None
        file = self.line(table, "file", within) if "file" in table else None
        return Receivers(
            file=None if file is None else self.file.parent / file,
            webhook=webhook,
            email=None if email is None else self.email(email, f"{within}.email"),
        )

    def email(self, table: Mapping[str, Any], within: str) -> Email:
        self.known(table, ("to", "from", "smtp", "user", "password_from", "starttls"), f"{within}.")
        for key in ("to", "from", "smtp"):
            if not table.get(key):
                raise self.wrong(f"{within}.{key}", "missing")
        to = table["to"] if isinstance(table["to"], list) else [table["to"]]
        for each in to:
            self.line({"to": each}, "to", within)
        starttls = table.get("starttls", False)
        if not isinstance(starttls, bool):
            raise self.wrong(f"{within}.starttls", f"{starttls!r} is neither true nor false")
        user, password_from = (
            self.line(table, key, within) if key in table else None for key in ("user", "password_from")
        )
        return Email(
            to=tuple(to), sender=self.line(table, "from", within), smtp=self.host(table, within), user=user,
            password_from=password_from, starttls=starttls,
        )  # fmt: skip

    def host(self, table: Mapping[str, Any], within: str) -> str:
        smtp = self.line(table, "smtp", within)
        try:
            Email(to=(), sender="", smtp=smtp).server[0].encode("idna")
        except ValueError:
            raise self.wrong(f"{within}.smtp", f"{smtp!r} is no host:port, as localhost:25") from None
        return smtp

    def line(self, table: Mapping[str, Any], key: str, within: str) -> str:
        """A text on one line: what is wrong with it is told here, not when somebody has to be told something."""
        value = table[key]
        if not isinstance(value, str) or not value.strip() or _CONTROL.search(value):
            raise self.wrong(f"{within}.{key}", f"{value!r} is no text on one line")
        return value
