"""Setting up: make installs once, again when what decides the packages changes, and says what it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")

# Stands for Python: makes a venv of copies of itself, notes each call of pip, and has a version of its own.
FAKE_PYTHON = """#!/bin/sh
case "$*" in
    -V) echo "Python $FAKE_VERSION" ;;
    "-c "*) [ "$FAKE_VERSION" != 3.9.1 ] ;;
    "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
    "-m pip "*) echo "$*" >> pip.log ;;
esac
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("Makefile", "pyproject.toml", "hatch_build.py"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / "fake-python"
    python.write_text(FAKE_PYTHON, encoding="utf-8")
    python.chmod(0o755)
    return tmp_path


def make(project: Path, *arguments: str, version: str = "3.12.0") -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    for name in ("VENV", "PANDAS", "PYTHON"):
        inherited.pop(name, None)
    command = ["make", "setup", "PYTHON=./fake-python", *arguments]
    environment = inherited | {"FAKE_VERSION": version}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def installs(project: Path) -> list[str]:
    log = project / "pip.log"
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def test_packages_are_installed_once(project: Path) -> None:
    for _ in range(3):
        assert make(project).returncode == 0
    assert len(installs(project)) == 1
    assert "--editable .[dev]" in installs(project)[0]


def test_touching_pyproject_is_no_reason_to_install_again_but_changing_it_is(project: Path) -> None:
    make(project)
    (project / "pyproject.toml").touch()
    make(project)
    assert len(installs(project)) == 1
    with (project / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("# another line\n")
    make(project)
    assert len(installs(project)) == 2


def test_another_pandas_is_installed_beside(project: Path) -> None:
    make(project)
    for _ in range(2):
        make(project, "VENV=.venv-pandas22", "PANDAS=pandas==2.2.*")
    assert len(installs(project)) == 2
    assert installs(project)[1].endswith(" pandas==2.2.*")


def test_an_install_that_failed_is_tried_again(project: Path) -> None:
    python = project / "fake-python"
    python.write_text(FAKE_PYTHON.replace(">> pip.log ;;", ">> pip.log; exit 1 ;;"), encoding="utf-8")
    assert make(project).returncode != 0
    assert make(project).returncode != 0
    assert len(installs(project)) == 2


def test_an_old_python_is_refused_in_plain_words(project: Path) -> None:
    done = make(project, version="3.9.1")
    assert done.returncode != 0
    assert "bilaterals needs Python 3.11 or newer, and ./fake-python is Python 3.9.1" in done.stderr
    assert not (project / ".venv").exists()


def test_a_python_that_is_not_there_is_named(project: Path) -> None:
    done = make(project, "PYTHON=no-such-python")
    assert done.returncode != 0
    assert "there is no no-such-python; install Python 3.11 or newer" in done.stderr
