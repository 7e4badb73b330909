"""The deep module: everything that touches tables and WARC files, behind `Archive` and `Run`."""
