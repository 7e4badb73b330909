"""Run a command and measure it: time, CPU and memory of the process and of its children, sampled while it runs."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile

import psutil

__all__ = ["Measured", "run_measured"]

EVERY = 0.1  # seconds between two samples
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a command used. Seconds and megabytes (10^6 bytes); `rss_mb` are samples of the process itself."""

    seconds: float
    cpu_process: float
    cpu_children: float
    rss_mb: tuple[float, ...]
    all_peak_mb: float
    output: str

    @property
    def peak_mb(self) -> float:
        """The most that the process itself held."""
        return max(self.rss_mb, default=0.0)

    @property
    def growth_mb(self) -> float:
        """How much more the process held in the last tenth of the run than in the tenth after its middle."""
        tenth = max(1, len(self.rss_mb) // 10)
        middle, end = self.rss_mb[len(self.rss_mb) // 2 :][:tenth], self.rss_mb[-tenth - 1 : -1] or self.rss_mb
        return sum(end) / len(end) - sum(middle) / len(middle) if middle else 0.0


def run_measured(command: Sequence[str], environment: Mapping[str, str]) -> Measured:
    """Run to the end; raises CalledProcessError with what it wrote where it fails."""
    started = time.monotonic()
    samples = _Samples()
    with TemporaryFile("w+", encoding="utf-8") as written:
        process = subprocess.Popen(
            command, env=os.environ | dict(environment), stdout=written, stderr=subprocess.STDOUT
        )
        while process.poll() is None:
            samples.take(process.pid)
            time.sleep(EVERY)
        seconds = time.monotonic() - started
        written.seek(0)
        output = written.read()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command), output)
    own_cpu = samples.cpu.pop(process.pid, 0.0)
    return Measured(
        seconds=seconds,
        cpu_process=own_cpu,
        cpu_children=sum(samples.cpu.values()),
        rss_mb=tuple(samples.own),
        all_peak_mb=max(samples.everything, default=0.0),
        output=output,
    )


class _Samples:
    """Memory in megabytes over time, of the process and with its children; CPU seconds by process, as last seen."""

    def __init__(self) -> None:
        self.own: list[float] = []
        self.everything: list[float] = []
        self.cpu: dict[int, float] = {}

    def take(self, pid: int) -> None:
        held: dict[int, float] = {}
        try:
            process = psutil.Process(pid)
            for member in [process, *process.children(recursive=True)]:
                held[member.pid] = member.memory_info().rss / MEGABYTE
                used = member.cpu_times()
                self.cpu[member.pid] = used.user + used.system
        except psutil.NoSuchProcess:
            return  # one of them ended while it was looked at: the next sample has the others
        self.own.append(held[pid])
        self.everything.append(sum(held.values()))
