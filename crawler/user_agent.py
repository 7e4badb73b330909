"""How we call ourselves: one name, with a way to reach whoever runs this archive."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["user_agent"]


def user_agent(contact: str) -> str:
    """Product, version and whom to write to."""
    try:
        own = version("on-the-record")
    except PackageNotFoundError:
        own = "unreleased"
    return f"OnTheRecord/{own} (archive of public statements{'; ' + contact if contact else ''})"
