"""The README keeps its word: its Python runs on the published version and prints what it shows."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"```python\n(?P<code>.*?)```(?:\n```text\n(?P<shown>.*?)```)?", re.DOTALL)


def test_the_python_of_the_readme_prints_what_it_shows() -> None:
    names: dict[str, Any] = {}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = 0
    for block in BLOCK.finditer(readme):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(block["code"], names)
        if block["shown"]:
            shown += 1
            found = [line.split() for line in printed.getvalue().splitlines()]
            assert found == [line.split() for line in block["shown"].splitlines()]
    assert shown >= 2
    told = re.search(r"# (\d+) meetings since 2018.*?# (\d+) agreements on youth.*?# ([\d-]+)\n", readme, re.DOTALL)
    assert told is not None
    assert told.groups() == (str(len(names["ministers"])), str(len(names["youth"])), f"{names['last']:%Y-%m-%d}")
