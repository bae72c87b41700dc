from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from briefing.document.commonmark import to_markdown
from briefing.document.html_page import to_page
from briefing.document.templates import TEMPLATES
from briefing.errors import MarkingError, PrintError
from briefing.printing.encode import encode
from briefing.printing.order import Order, document_for
from briefing.printing.typeset import Typesetter
from briefing.records.markings import rank
from tests.document.fake_library import as_library
from tests.printing.marked_library import LABELS, Maker, above, everything_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from briefing.document.blocks import Document
    from briefing.library.library import Library


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as setter:
        yield setter


def texts_of(document: Document) -> list[tuple[str, str]]:
    """Return what a document becomes, whatever it is drawn as."""
    return [("json", encode(document, paper="a4")), ("html", to_page(document)), ("markdown", to_markdown(document))]


def printable(template: str, ids: list[str], library: Library) -> tuple[str, ...]:
    """Return ids that a template can be ordered for: all, else those of the records that it takes."""
    for chosen in (tuple(ids), *((each,) for each in ids)):
        try:
            document_for(Order(chosen, template), library)
        except PrintError:
            continue
        return chosen
    return ()


@pytest.mark.parametrize("template", [template.name for template in TEMPLATES])
def test_nothing_above_the_marking_of_a_paper_is_anywhere_in_it(template: str, typesetter: Typesetter) -> None:
    printed = 0

    # Nothing is made smaller: a library that fails is small already, and each is printed.
    @settings(max_examples=200, phases=(Phase.generate,))
    @given(st.randoms(use_true_random=False))
    def in_a_library(random: Random) -> None:
        nonlocal printed
        made = Maker(random).library()
        library = as_library(made)
        ids = random.sample([record.id for record in made.records], k=random.randint(1, 3))
        chosen = printable(template, ids, library)
        if not chosen:
            return
        whole = document_for(Order(chosen, template), library)
        highest = rank(whole.marking)
        assert above(highest, texts_of(whole)) == []
        asked = random.randrange(len(LABELS))
        order = Order(chosen, template, marking=LABELS[asked], leave_out_higher=True)
        if asked < highest:
            with pytest.raises(MarkingError):
                document_for(Order(chosen, template, marking=LABELS[asked]), library)
        try:
            document = document_for(order, library)
        except MarkingError:
            assert all(rank(record.marking) > asked for record in made.records if record.id in chosen)
            return
        assert document.marking == LABELS[asked]
        assert bool(document.left_out) is (asked < highest)
        assert above(asked, texts_of(document)) == []
        assert above(asked, everything_in(typesetter.pdf(document, template=template))) == []
        printed += 1

    in_a_library()
    assert printed > 50
