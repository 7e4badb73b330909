"""What a real page shows beside its text, different at every visit: tokens, counters, the day, obfuscated addresses."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from markupsafe import Markup

__all__ = ["Furniture"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Furniture:
    """One visit's furniture. The same `dice` and time give the same page again."""

    dice: random.Random = field(default_factory=random.Random)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def token(self) -> str:
        """A form token, 40 hexadecimal digits."""
        return f"{self.dice.getrandbits(160):040x}"

    @property
    def build(self) -> str:
        """A number that a site adds to its style sheets and scripts."""
        return f"{self.dice.randrange(10**9):09d}"

    @property
    def views(self) -> str:
        """How often a page says it was seen."""
        return f"{self.dice.randrange(40, 90_000):,}"

    @property
    def degrees(self) -> int:
        """The weather."""
        return self.dice.randrange(18, 61)

    def email(self, address: str) -> Markup:
        """An address as Cloudflare hides it: every byte XORed with a key of this visit."""
        key = self.dice.randrange(1, 255)
        hidden = bytes([key, *(byte ^ key for byte in address.encode())]).hex()
        return Markup(
            '<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="{}">[email&#160;protected]</a>'
        ).format(hidden)

    def shuffled(self, items: Sequence[T], at_most: int | None = None) -> list[T]:
        """The items in another order, or some of them."""
        return self.dice.sample(items, len(items) if at_most is None else min(at_most, len(items)))
