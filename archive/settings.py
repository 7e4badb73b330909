"""The settings file of one installation: who is told when a source fares badly.

[alerts]
file = "alerts.jsonl"
webhook = "https://desk.example/hooks/archive"
email = { to = ["desk@example.org"], from = "archive@example.org", smtp = "localhost:25" }
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.errors import UsageError

__all__ = ["Alerts", "Email", "Settings", "load_settings"]

DEFAULT = "on-the-record.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """Where letters go and by which server (`host:port`); `password_from` names an environment variable."""

    to: tuple[str, ...]
    sender: str
    smtp: str
    user: str | None = None
    password_from: str | None = None
    starttls: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """Who is told: a file of JSON lines, an address that takes JSON by POST, people by e-mail."""

    file: Path | None = None
    webhook: str | None = None
    email: Email | None = None

    @property
    def nobody(self) -> bool:
        """Whether there is nobody to tell."""
        return self.file is None and self.webhook is None and self.email is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the settings file says."""

    alerts: Alerts = field(default_factory=Alerts)
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
    reader.known(table, ("alerts",), "")
    return Settings(alerts=reader.alerts(reader.table(table, "alerts")), file=file)


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

    def table(self, given: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = given.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, "is a table")
        return value

    def alerts(self, table: Mapping[str, Any]) -> Alerts:
        self.known(table, ("file", "webhook", "email"), "alerts.")
        webhook = table.get("webhook")
        if webhook is not None and not str(webhook).startswith(("http://", "https://")):
            raise self.wrong("alerts.webhook", f"{webhook!r} is no http or https address")
        email = self.table(table, "email") if "email" in table else None
        file = table.get("file")
        return Alerts(
            file=None if file is None else self.file.parent / str(file),
            webhook=webhook,
            email=None if email is None else self.email(email),
        )

    def email(self, table: Mapping[str, Any]) -> Email:
        self.known(table, ("to", "from", "smtp", "user", "password_from", "starttls"), "alerts.email.")
        for key in ("to", "from", "smtp"):
            if not table.get(key):
                raise self.wrong(f"alerts.email.{key}", "missing")
        to = (table["to"],) if isinstance(table["to"], str) else tuple(table["to"])
        return Email(
            to=to, sender=table["from"], smtp=table["smtp"], user=table.get("user"),
            password_from=table.get("password_from"), starttls=bool(table.get("starttls", False)),
        )  # fmt: skip
