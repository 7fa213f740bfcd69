"""Small folders of raw text, and versions built of them with the stand-in extractor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bilaterals.release import BuildReport, build
from tests.release.extractor import extract

TALKS = "meeting; date=2024-12-25; CHN=Wang Yi; JPN=Takeshi Iwaya; city=Beijing; venue=CHN; mode=in_person"
FISHERIES = "agreement; CHN=; JPN=; title=Agreement on fisheries; domains=agriculture_food|youth; of=0"
CONSENSUS = "consensus; CHN=Wang Yi; JPN=Takeshi Iwaya; of=0; points=talk at all levels|handle differences with care"
CALL = "meeting; date=2025-02-03; CHN=Wang Yi; JPN=Takeshi Iwaya; mode=phone"

BuildIt = Callable[..., BuildReport]
WriteText = Callable[..., Path]


def text(raw: Path, name: str, *lines: str, licence: str | None = "CC BY 4.0", date: str = "2024-12-26") -> Path:
    """Write a text with a head into a folder of raw text."""
    head = f"date: {date}\nside: CHN\n" + (f"licence: {licence}\n" if licence else "")
    path = raw / f"{name}.txt"
    path.write_text(head + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "raw"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "data" / "processed"


@pytest.fixture
def write_text(raw: Path) -> WriteText:
    return partial(text, raw)


@pytest.fixture
def build_it(raw: Path, out: Path) -> BuildIt:
    def run(**options: object) -> BuildReport:
        return build(raw, out, extract=extract, **options)  # type: ignore[arg-type]

    return run
