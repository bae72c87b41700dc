"""A row of the context column, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from briefing.app.session import Address

RowType = Literal["heading", "record", "moment", "citation", "more", "empty"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a group's heading, or something that leads to a record.

    `kind` is the record's, `detail` the muted line below the text. `group` is the heading that it stands under.
    `first` and `last` say where it is in its group: a timeline is drawn as one line.
    """

    type: RowType
    text: str
    group: str
    detail: str = ""
    kind: str = ""
    address: Address | None = None
    stale: bool = False
    first: bool = False
    last: bool = False
