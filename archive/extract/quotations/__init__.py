"""Quotations: from a clean text to the words somebody said, each with its exact place and its speaker.

Rules find the spans, the names and the cues; a small linear model, trained on annotated news, ranks the mentions that
may have said a span. `weights.json` holds its weights, `train.py` makes them.
"""

from archive.extract.quotations.read import read_quotations

__all__ = ["read_quotations"]
