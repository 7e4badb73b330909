"""The figures of docs/benchmarks.md: `python -m tests.bench [crawl|versions]`."""
