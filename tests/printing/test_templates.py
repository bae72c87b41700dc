from __future__ import annotations

import re

import pytest

from briefing.resources import resource

TEMPLATES = sorted(resource("templates").glob("*.typ"))


def code(text: str) -> str:
    """Return a template without its comments."""
    return re.sub(r"(?m)^\s*//.*$", "", text)


def test_there_are_templates() -> None:
    assert {"page.typ", "blocks.typ", "record.typ"} <= {path.name for path in TEMPLATES}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    "word", ["@preview", "@local", "import", "include", "eval", "read", "plugin", "image", "yaml", "csv"]
)
def test_a_template_neither_evaluates_nor_reads_nor_fetches(path, word) -> None:  # type: ignore[no-untyped-def]
    text = code(path.read_text(encoding="utf-8")).replace("application/yaml", "")
    assert not re.search(rf"(?<![\w-]){word}(?![\w-])", text)
