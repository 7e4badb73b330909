"""The fenced blocks of the documentation, and the commands in them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DOCS", "ROOT", "Block", "Step", "blocks", "sections", "texts"]

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
_FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SEPARATORS = {"|", "||", "&&", ";", "&"}
_WRAPPERS = {"sudo", "time", "exec", "env", "nice"}


@dataclass(frozen=True)
class Step:
    """One command line and what the documentation says it prints."""

    line: str
    output: tuple[str, ...] = ()

    def commands(self) -> Iterator[list[str]]:
        """The programs of the line with their arguments, without redirections and variables set in front."""
        lexer = shlex.shlex(self.line, posix=True, punctuation_chars="|&;<>")
        lexer.whitespace_split = True
        current: list[str] = []
        words = iter([*lexer, ";"])
        for word in words:
            if word in _SEPARATORS:
                if current:
                    yield _program(current)
                current = []
            elif set(word) <= set("<>"):
                next(words, None)
            else:
                current.append(word)


def _program(words: list[str]) -> list[str]:
    while len(words) > 1 and (re.fullmatch(r"\w+=.*", words[0]) or words[0] in _WRAPPERS):
        words = words[1:]
    return [words[0].rsplit("/", 1)[-1], *words[1:]]


@dataclass(frozen=True)
class Block:
    """One fenced block: `words` are those after the language, such as `run` or `needs-data`."""

    file: Path
    line: int
    language: str
    words: tuple[str, ...]
    body: str

    @property
    def name(self) -> str:
        """Where it stands, as the name of a test."""
        return f"{self.file.name}:{self.line}"

    def steps(self) -> list[Step]:
        """The command lines of a `console` or `sh` block."""
        body = self.body.replace("\\\n", " ")
        if self.language == "sh":
            lines = (line.strip() for line in body.splitlines())
            return [Step(line) for line in lines if line and not line.startswith("#")]
        parts = re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]
        split = (part.splitlines() for part in parts)
        return [Step(first.split("  # ")[0].strip(), tuple(rest)) for first, *rest in split]


def texts() -> dict[Path, str]:
    """The documentation: README.md and docs/*.md."""
    files = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
    return {path: path.read_text(encoding="utf-8") for path in files if path.exists()}


def blocks(*languages: str) -> list[Block]:
    """All fenced blocks in these languages."""
    return [
        Block(path, text.count("\n", 0, match.start()) + 1, match[1], tuple(match[2].split()), match[3])
        for path, text in texts().items()
        for match in _FENCE.finditer(text)
        if match[1] in languages
    ]


def sections(path: Path) -> dict[str, str]:
    """The third-level headings of a file with the text below each."""
    parts = re.split(r"^#{2,3} (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))
