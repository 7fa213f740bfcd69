"""Importing the package is cheap: what is heavy loads when it is used."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import bilaterals

HEAVY = {"numpy", "pandas", "pandera", "pyarrow", "click", "tqdm", "selectolax"}

IMPORT_BEYOND_PANDAS = """
import time, pandas
start = time.perf_counter()
import bilaterals
print(time.perf_counter() - start)
"""


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def loaded_after(code: str) -> set[str]:
    return set(python(f"import sys\n{code}\nprint(*sys.modules)").split())


def test_importing_costs_under_50_ms_beyond_pandas() -> None:
    costs = [float(python(IMPORT_BEYOND_PANDAS)) for _ in range(7)]
    assert statistics.median(costs) < 0.050


def test_importing_loads_nothing_heavy() -> None:
    assert not loaded_after("import bilaterals") & HEAVY


def test_the_version_loads_nothing_heavy() -> None:
    assert not loaded_after("import bilaterals\nassert bilaterals.__version__") & HEAVY


def test_help_loads_click_and_nothing_else_that_is_heavy() -> None:
    code = "from bilaterals.cli import main\nmain(['--help'], standalone_mode=False)"
    assert loaded_after(code) & HEAVY == {"click"}


def test_loading_events_does_not_load_the_validator() -> None:
    code = "import bilaterals\ntry:\n    bilaterals.load_events()\nexcept LookupError:\n    pass"
    assert "pandera" not in loaded_after(code)


def test_every_public_name_is_there() -> None:
    for name in bilaterals.__all__:
        assert getattr(bilaterals, name) is not None
        assert name in dir(bilaterals)


def test_type_checkers_see_every_public_name() -> None:
    tree = ast.parse(Path(bilaterals.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    imported = {
        alias.asname or alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert imported | {"__version__"} == set(bilaterals.__all__)


def test_a_public_name_stays_what_it_is_when_modules_are_imported() -> None:
    code = """
import bilaterals, bilaterals.extract, bilaterals.load, bilaterals.panel, bilaterals.validate
print(*(name for name in bilaterals.__all__ if type(getattr(bilaterals, name)).__name__ == "module"))
"""
    assert python(code).split() == []


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    assert not hasattr(bilaterals, "load_event")
