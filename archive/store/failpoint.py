"""A place where a test may kill this process: how else would we know what a kill leaves behind?"""

from __future__ import annotations

import os
import signal
from collections import Counter

__all__ = ["failpoint"]

_passages: Counter[str] = Counter()


def failpoint(name: str) -> None:
    """Die by SIGKILL where ARCHIVE_FAILPOINT says so: `after-warc:3` is the third passage of `after-warc`."""
    asked, _, passage = os.environ.get("ARCHIVE_FAILPOINT", "").partition(":")
    if asked == name:
        _passages[name] += 1
        if _passages[name] >= int(passage or 1):
            os.kill(os.getpid(), signal.SIGKILL)
