"""What is installed works: a wheel, an sdist and an editable install, each without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import event, write_tables

ROOT = Path(__file__).parents[1]

# What a process without a network sees: every connection fails at once.
NO_NETWORK = """
import socket

def refused(*_, **__):
    raise OSError("the network is blocked")

socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refused
"""

LOAD = """
import bilaterals
from pathlib import Path
events = bilaterals.load_events("JPN", "CHN")
print(Path(bilaterals.__file__).parent)
print(*bilaterals.list_versions())
print(*events["title"])
"""


@pytest.fixture(scope="module")
def clean_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what is in the repository, and nothing that lies beside it; its data are two small versions."""
    copy = tmp_path_factory.mktemp("clone") / "bilaterals"
    for name in names_in_repository():
        if not name.startswith("data/processed/") and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    for version in ("2026.9.0", "2026.10.0"):
        rows = [event(1, "2018-05-09", title=f"Talks of {version}")]
        write_tables(copy / "data" / "processed" / version, rows)
    return copy


def names_in_repository() -> list[str]:
    """Return the files that git knows or would add; all files, where the tests run from an sdist."""
    if not (ROOT / ".git").exists():
        return [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if ".venv" not in str(path)]
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, check=True, capture_output=True, text=True).stdout.split("\0")
    return [name for name in names if name]


def build(source: Path, out: Path, kind: str) -> Path:
    """Build a wheel or an sdist with the backend that is installed."""
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        f"--{kind}",
        "--outdir",
        str(out),
        str(source),
    ]
    done = subprocess.run(command, capture_output=True, text=True, env=blocked(out))
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return built


def blocked(scratch: Path) -> dict[str, str]:
    """Return an environment whose Python processes have no network, and no data but the package's own."""
    site = scratch / "no-network"
    site.mkdir(parents=True, exist_ok=True)
    (site / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    drop = {"BILATERALS_DATA", "BILATERALS_URL", "PYTHONPATH", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in drop}
    return kept | {"PYTHONPATH": str(site), "XDG_CACHE_HOME": str(scratch / "cache"), "PIP_NO_INDEX": "1"}


class Environment:
    """An empty virtual environment that sees the packages of this one, but not its bilaterals."""

    def __init__(self, home: Path) -> None:
        self.home = home
        venv.create(home, with_pip=False, symlinks=True)
        (self.site,) = home.glob("lib/python*/site-packages")
        self.env = blocked(home)
        seen = home / "dependencies"
        seen.mkdir()
        for path in sys.path:
            for package in Path(path).iterdir() if path.endswith("site-packages") else ():
                if "bilaterals" not in package.name and package.suffix != ".pth":
                    (seen / package.name).exists() or (seen / package.name).symlink_to(package)
        (self.site / "dependencies.pth").write_text(f"{seen}\n", encoding="utf-8")

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [self.home / "bin" / command[0], *command[1:]],
            env=self.env, cwd=self.home, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def install(self, *what: str) -> None:
        self.run("python", "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", *what)


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return Environment(tmp_path / "venv")


@pytest.fixture(scope="module")
def sdist(clean_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(clean_copy, tmp_path_factory.mktemp("sdist"), "sdist")


@pytest.fixture(scope="module")
def wheel(clean_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(clean_copy, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def wheel_of_sdist(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    scratch = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(scratch, filter="data")
    (source,) = scratch.iterdir()
    return build(source, scratch / "out", "wheel")


def test_the_network_is_blocked_in_these_tests(environment: Environment) -> None:
    code = """
import urllib.request
try:
    urllib.request.urlopen("http://localhost:9")
except OSError as error:
    print(error)
"""
    assert "the network is blocked" in environment.run("python", "-c", code)


def test_this_environments_own_copy_is_not_seen(environment: Environment) -> None:
    code = "import importlib.util; print(importlib.util.find_spec('bilaterals'))"
    assert environment.run("python", "-c", code) == "None\n"


@pytest.mark.parametrize("kind", ["wheel", "wheel_of_sdist"])
def test_an_installed_wheel_loads_the_newest_version(
    environment: Environment, kind: str, request: pytest.FixtureRequest
) -> None:
    environment.install(str(request.getfixturevalue(kind)))
    home, versions, titles = environment.run("python", "-c", LOAD).splitlines()
    assert Path(home) == environment.site / "bilaterals"
    assert versions == "2026.10.0"
    assert titles == "Talks of 2026.10.0"


def test_an_installed_wheel_has_a_working_command(environment: Environment, wheel: Path) -> None:
    environment.install(str(wheel))
    assert environment.run("bilaterals", "show", "China", "Japan", "--csv").count("Talks of 2026.10.0") == 1
    assert "2026.9.0          published, not at hand" in environment.run("bilaterals", "versions")


def test_an_editable_install_loads_from_the_working_copy(environment: Environment, clean_copy: Path) -> None:
    environment.install("--no-build-isolation", "--editable", str(clean_copy))
    home, versions, titles = environment.run("python", "-c", LOAD).splitlines()
    assert Path(home) == clean_copy / "src" / "bilaterals"
    assert versions == "2026.10.0 2026.9.0"
    assert titles == "Talks of 2026.10.0"


def test_both_wheels_hold_the_same_files(wheel: Path, wheel_of_sdist: Path) -> None:
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(wheel_of_sdist) as other:
        assert contents(one) == contents(other)


def contents(archive: zipfile.ZipFile) -> dict[str, int]:
    return {entry.filename: entry.CRC for entry in archive.infolist() if not entry.filename.endswith("RECORD")}


def test_a_wheel_holds_the_newest_version_alone_and_the_hashes_of_all(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        registry = archive.read("bilaterals/_data/registry.csv").decode()
    assert "bilaterals/_data/2026.10.0/events.parquet" in names
    assert "bilaterals/py.typed" in names
    assert not [name for name in names if name.startswith("bilaterals/_data/2026.9.0")]
    assert [line.split(",")[0] for line in registry.splitlines()] == ["version", "2026.9.0", "2026.10.0"]


def test_a_wheel_holds_every_data_file_of_the_package(wheel: Path) -> None:
    package = ROOT / "src" / "bilaterals"
    own = {path.relative_to(package.parent).as_posix() for path in package.rglob("*") if path.is_file()}
    own = {name for name in own if "__pycache__" not in name}
    with zipfile.ZipFile(wheel) as archive:
        assert own - set(archive.namelist()) == set()


def test_an_sdist_holds_the_tests_and_no_older_version(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "tests/test_packaging.py"} <= names
    assert "data/processed/2026.10.0/events.parquet" in names
    assert {name for name in names if "2026.9.0" in name} == {"data/processed/2026.9.0/SHA256SUMS"}
