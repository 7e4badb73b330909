"""A period as one page of HTML that needs nothing beside it: no script, no network, no second file."""

from archive.report.gathering import Report, gather
from archive.report.rendering import render, write

__all__ = ["Report", "gather", "render", "write"]
