"""Says in one line where words on a page come from, to be pasted into somebody else's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection

    from briefing.library.library import Library
    from briefing.records.record import Record


def reference(record: Record, library: Library, anchors: Collection[str] = (), words: str = "") -> str:
    """Return a reference such as `Title [id], ¶3, “the words”`.

    `anchors` are those of the paragraph that is meant: a claim's leads to the source that it cites, with the
    paragraph and the quoted words; `p3` of a source is its third paragraph. `words` are the selected ones.
    """
    parts = [f"{record.title} [{record.id}]"]
    quoted = one_line(words)
    claim = next((each for each in record.all_claims() if f"claim-{each.id}" in anchors), None)
    if claim is not None and claim.source:
        source = library.card(claim.source)
        if quoted:
            parts.append(f"“{quoted}”")
        title = source.title if source else claim.source
        parts.append(f"citing {title} [{claim.source}]")
        parts += _place(claim.paragraphs, claim.quote)
    else:
        paragraph = next((name[1:] for name in sorted(anchors) if name[:1] == "p" and name[1:].isdecimal()), "")
        parts += _place(paragraph, quoted)
    return one_line(", ".join(parts))


def _place(paragraphs: str, words: str) -> list[str]:
    return [*([f"¶{paragraphs}"] if paragraphs else []), *([f"“{words}”"] if words else [])]
