"""The read-only web page: HTML for people, and the room's JSON, CSV and Atom beside it.

Everything is asked of `archive.query` over a read-only connection; GET and HEAD are all that is answered.
"""

from archive.web.app import application

__all__ = ["application"]
