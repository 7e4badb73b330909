"""`python -m archive.cli`, for where no script is installed."""

import sys

from archive.cli import main

if __name__ == "__main__":
    sys.exit(main())
