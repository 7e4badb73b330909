"""`archive` at another time of day: `python -m tests.watches.crawl_at 2025-03-06T12:00:00Z crawl SOURCE...`."""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta

from archive import clock
from archive.cli import main

if __name__ == "__main__":
    at, began = datetime.fromisoformat(sys.argv[1]), time.monotonic()
    with clock.running_on(lambda: at + timedelta(seconds=time.monotonic() - began)):
        raise SystemExit(main(sys.argv[2:]))
