"""What a house's words of likelihood mean, for the reader of a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document.blocks import Block, Heading, Table, Text
from briefing.document.text import one_line
from briefing.document.wording import ENGLISH, Wording
from briefing.records.vocabularies import YARDSTICK_NAMES, YARDSTICK_RANGES, YARDSTICKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.records.record import Record


def likelihoods(records: Iterable[Record]) -> tuple[str, ...]:
    """Return the words of likelihood that the claims of records use, each once."""
    return tuple(dict.fromkeys(c.likelihood for record in records for c in record.all_claims() if c.likelihood))


def yardstick(name: str, words: Sequence[str], wording: Wording = ENGLISH) -> tuple[Block, ...]:
    """Return a table of the scale, or nothing where no word of likelihood is used."""
    if not words:
        return ()
    say = wording.say
    rows = tuple(
        ((Text(", ".join(map(say, said.split(", ")))),), (Text(say("{low}–{high} %", low=low, high=high)),))
        for said, low, high in YARDSTICK_RANGES[name]
    )
    return (
        Heading(2, (Text(say("Words of likelihood")),)),
        Table(
            head=((Text(say("Words")),), (Text(say("Chance")),)),
            rows=rows,
            align=("left", "right"),
            caption=say("By {yardstick}.", yardstick=say(YARDSTICK_NAMES[name])),
        ),
    )


def strangers(name: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return the words that the scale does not have."""
    return tuple(one_line(word) for word in words if word not in YARDSTICKS[name])
