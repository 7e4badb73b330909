"""Saved searches that tell: what a crawl saw of new, carried, edited and removed statements, each told once."""

from archive.watches.events import Event, Told
from archive.watches.telling import begin, rehearse, tell, trial

__all__ = ["Event", "Told", "begin", "rehearse", "tell", "trial"]
