"""Text as it is written into a YAML file."""

from __future__ import annotations

import json

# The lines and marks that YAML takes for more than text, and JSON does not, are written as escapes.
_ESCAPES = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)}


def quoted(text: str) -> str:
    """Return a text in double quotation marks: a text of JSON, which is one of YAML too."""
    return json.dumps(text, ensure_ascii=False).translate(_ESCAPES)
