from __future__ import annotations

import inspect

import pytest

from briefing.document.clearance import ClearedShelf
from briefing.document.obstacles import WatchedShelf
from briefing.document.shelf import Shelf
from briefing.library.library import Library

QUESTIONS = [name for name in vars(Shelf) if not name.startswith("_")]


@pytest.mark.parametrize("shelf", [Library, ClearedShelf, WatchedShelf])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_shelf_takes_each_question_as_it_is_asked(shelf: type, question: str) -> None:
    asked, taken = vars(Shelf)[question], vars(shelf)[question]
    assert isinstance(taken, property) is isinstance(asked, property)
    if not isinstance(asked, property):
        needed = [each for each in inspect.signature(taken).parameters.values() if each.default is each.empty]
        assert len(needed) == len(inspect.signature(asked).parameters)
