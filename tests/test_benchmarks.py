"""What the benchmarks measure on: made-up libraries are the same every time, and sound."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing.library.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable

BENCHMARKS = Path(__file__).parent / "benchmarks"
RECORDS = 40


@pytest.fixture(params=["library_maker.py", "large_library.py"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Path]:
    """Return what makes a library, in a process of its own, and says where it is."""

    def make(name: str) -> Path:
        folder = tmp_path / name
        command = [sys.executable, str(BENCHMARKS / request.param), str(folder), "--records", str(RECORDS)]
        subprocess.run(command, check=True)
        return folder

    return make


def _texts(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")}


def test_a_library_is_made_the_same_every_time(made: Callable[[str], Path]) -> None:
    first = _texts(made("first"))
    assert len(first) == RECORDS + 1
    assert _texts(made("second")) == first


def test_a_made_library_has_no_problems(made: Callable[[str], Path], tmp_path: Path) -> None:
    with Library(made("library"), cache=tmp_path / "cache") as library:
        library.update()
        assert library.counts().records == RECORDS
        assert library.problems() == []
