"""Whether an edit says of itself that something was corrected: then it is `noted`, else `unannounced`. Pure."""

from __future__ import annotations

import re

__all__ = ["notice_of"]

# What opens a notice, and what it says; a text that merely speaks of corrections ("Department of Correction") has none.
_THIS = r"this\ (?:article|story|post|page|release|headline)"
_CORRECTED = r"(?:has\ been|was)\ (?:corrected|updated|clarified|amended)"
_NOTICE = re.compile(
    rf"""^\W*(?:corrections?|clarifications?|editor['’]?s?['’]?\ note|updated?|corrección|fe\ de\ erratas)
          \b\s*(?:\([^)]{{1,40}}\))?\s*(?:[:,—–-]|$)
        |\b(?:earlier|previous|prior|original)\ versions?\ of\ (?:this|the)\b
        |\b{_THIS}\ {_CORRECTED}\b
        |\bnota\ (?:del\ editor|de\ la\ redacción)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def notice_of(old: str, new: str) -> str | None:
    """The first paragraph of the new text that is a correction notice and did not stand in the old one."""
    before = {" ".join(line.split()) for line in old.splitlines()}
    for line in new.splitlines():
        words = " ".join(line.split())
        if words not in before and _NOTICE.search(words):
            return words
    return None
