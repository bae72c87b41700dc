"""The second library of the gold set: typed records among made-up ones, as files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import yaml

_MAKER = Path(__file__).parents[1] / "benchmarks" / "library_maker.py"
MADE_UP = 2_000
TYPED = Path(__file__).with_name("gold_library.yaml")


def make_gold_library(folder: Path) -> None:
    """Write both into a folder."""
    subprocess.run([sys.executable, str(_MAKER), str(folder), "--records", str(MADE_UP)], check=True)
    for kind, records in yaml.load(TYPED.read_text(encoding="utf-8"), yaml.CBaseLoader).items():
        # What is JSON is YAML.
        documents = [json.dumps({"kind": kind, **record}, ensure_ascii=False) for record in records]
        (folder / f"typed-{kind}.yaml").write_text("\n---\n".join(documents), encoding="utf-8")
