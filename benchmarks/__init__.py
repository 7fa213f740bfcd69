"""Speed and memory: ``make bench``. A module ``bench_*`` measures one thing, `benchmarks.run` all of them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; ``goal`` says in words what it should be, and ``holds`` whether it is."""

    name: str
    value: float | None
    unit: str
    goal: str | None = None
    holds: bool | None = None

    @classmethod
    def at_most(cls, name: str, value: float | None, unit: str, most: float) -> Figure:
        """Make a figure that should not be above a number; None, for what did not end in time, is above."""
        return cls(name, value, unit, f"at most {most:g}", value is not None and value <= most)

    @classmethod
    def at_least(cls, name: str, value: float, unit: str, least: float) -> Figure:
        """Make a figure that should not be below a number."""
        return cls(name, value, unit, f"at least {least:g}", value >= least)


def child(*arguments: str, timeout: float | None = None, env: dict[str, str] | None = None) -> str | None:
    """Run Python in a process of its own and return what it prints; None when it does not end in time."""
    try:
        done = subprocess.run(
            [sys.executable, *arguments],
            capture_output=True,
            text=True,
            timeout=timeout,
            env=env,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)[:200]}\n{done.stderr[-2000:]}")
    return done.stdout
