"""What is told after a crawl: how sources fare, and what watches look for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from archive import Archive
from archive.alerts import tell as tell_alerts
from archive.catalog import SourceEntry
from archive.sending import Delivery
from archive.settings import Settings
from archive.watches import begin
from archive.watches import tell as tell_watches

__all__ = ["announce", "prepare_watches"]


def prepare_watches(archive: Archive, settings: Settings) -> None:
    """Enter the watches of the settings before a crawl, so that they tell what it brings."""
    begin(archive, settings.watches)


def announce(
    archive: Archive, catalog: Mapping[str, SourceEntry], settings: Settings, say: Callable[[str], None]
) -> None:
    """Tell what has not been told yet; says what was, and who could not be reached."""
    try:
        for news in tell_alerts(archive, catalog, settings.alerts):
            say(f"told: {news.sentence}")
    except Delivery as error:
        say(str(error))
    try:
        if sent := tell_watches(archive, settings.watches):
            say(f"told: {sent} message{'s' if sent > 1 else ''} of watches")
    except Delivery as error:
        say(str(error))
