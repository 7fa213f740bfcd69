"""A build that is killed, at any moment, leaves the last version whole, and the next build finishes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bilaterals.release.writing import sha256_of
from tests.release.conftest import CALL, TALKS, BuildIt, WriteText

ROOT = Path(__file__).parents[2]
# The child says at each step of the build where it is, and waits at the one where it shall be killed.
CHILD = """
import sys, time
from bilaterals.release import build as whole
import importlib
steps = importlib.import_module("bilaterals.release.build")
from tests.release.extractor import extract

raw, out, moment = sys.argv[1:]

def wait(name):
    if name == moment:
        print("here", flush=True)
        time.sleep(60)

def before(module, name):
    original = getattr(module, name)
    def stop(*given, **named):
        wait(name)
        return original(*given, **named)
    setattr(module, name, stop)

for name in ("describe", "_flush", "_sync"):
    before(steps, name)
whole(raw, out, extract=extract, progress=lambda stage, count: wait(f"{stage} {count}"))
"""
MOMENTS = ["read 2", "link 1", "write 1", "write 9", "describe", "_flush", "_sync"]


def is_whole(folder: Path) -> bool:
    sums = [line.split("  ") for line in (folder / "SHA256SUMS").read_text().splitlines()]
    return all(sha256_of(folder / name) == digest for digest, name in sums) and len(sums) > 25


def start(raw: Path, out: Path, moment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(raw), str(out), moment], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_killed_at_a_step(moment: str, build_it: BuildIt, write_text: WriteText, raw: Path, out: Path) -> None:
    write_text("a", TALKS)
    last = build_it()
    write_text("b", CALL)
    child = start(raw, out, moment)
    assert child.stdout is not None and child.stdout.readline() == "here\n"
    assert [path for path in out.iterdir() if path.name.startswith(".staging-")]
    child.send_signal(signal.SIGKILL)
    child.wait()
    versions = [path for path in out.iterdir() if not path.name.startswith(".")]
    assert versions == [last.folder] and is_whole(last.folder)
    again = build_it()
    assert again.changed and is_whole(again.folder)
    assert {path.name for path in out.iterdir()} == {last.version, again.version}


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_killed_at_any_time(build_it: BuildIt, write_text: WriteText, raw: Path, out: Path) -> None:
    write_text("a", TALKS)
    last = build_it()
    for number, delay in enumerate((0.7, 1.0, 1.3)):
        write_text(f"b{number}", CALL.replace("2025-02-03", f"2025-02-1{number}"))
        child = start(raw, out, "never")
        time.sleep(delay)
        child.kill()
        child.wait()
        versions = [path for path in out.iterdir() if not path.name.startswith(".")]
        assert last.folder in versions and all(is_whole(folder) for folder in versions)
    assert is_whole(build_it().folder)


def test_a_build_that_runs_keeps_its_staging_folder(build_it: BuildIt, write_text: WriteText, out: Path) -> None:
    write_text("a", TALKS)
    running = out / f".staging-{os.getppid()}-other"
    running.mkdir(parents=True)
    build_it()
    assert running.is_dir()
