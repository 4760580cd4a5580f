"""Changes as they come in from a browser or a program."""

import pytest

from documents.errors import OperationUnclear, TooManyOperations
from documents.ocr.correcting.operations import (
    MOST_OPERATIONS,
    DeleteLine,
    DeleteWords,
    InsertLine,
    InsertWord,
    JoinLines,
    JoinWords,
    MoveLine,
    Operation,
    PlaceWord,
    ReplaceWord,
    RetypeLine,
    SplitLine,
    SplitWord,
    parse,
)
from documents.ocr.elements import Box


@pytest.mark.parametrize(
    ("data", "operation"),
    [
        ({"do": "replace", "line": 1, "word": 2, "text": "so"}, ReplaceWord(1, 2, "so")),
        ({"do": "split", "line": 1, "word": 2, "at": 3}, SplitWord(1, 2, 3)),
        ({"do": "join", "line": 1, "word": 2}, JoinWords(1, 2)),
        ({"do": "insert", "line": 1, "word": 2, "text": "so"}, InsertWord(1, 2, "so")),
        (
            {"do": "insert", "line": 1, "word": 2, "text": "so", "box": [1, 2, 3, 4]},
            InsertWord(1, 2, "so", Box(1, 2, 3, 4)),
        ),
        ({"do": "delete", "line": 1, "word": 2}, DeleteWords(1, 2)),
        ({"do": "delete", "line": 1, "word": 2, "count": 3}, DeleteWords(1, 2, 3)),
        ({"do": "place", "line": 1, "word": 2, "box": [1, 2, 3, 4]}, PlaceWord(1, 2, Box(1, 2, 3, 4))),
        ({"do": "retype", "line": 1, "text": "so be it"}, RetypeLine(1, "so be it")),
        ({"do": "split-line", "line": 1, "word": 2}, SplitLine(1, 2)),
        ({"do": "join-lines", "line": 1}, JoinLines(1)),
        (
            {"do": "insert-line", "line": 1, "text": "so", "box": [1, 2, 3, 4]},
            InsertLine(1, "so", Box(1, 2, 3, 4)),
        ),
        ({"do": "delete-line", "line": 1}, DeleteLine(1)),
        ({"do": "move-line", "line": 1, "block": 0, "at": 2}, MoveLine(1, 0, 2)),
    ],
    ids=str,
)
def test_each_change_has_a_form(data: object, operation: Operation) -> None:
    assert parse([data]) == (operation,)


@pytest.mark.parametrize(
    ("item", "part"),
    [
        ("replace", "do"),
        ({}, "do"),
        ({"do": "burn"}, "do"),
        ({"do": ["replace"]}, "do"),
        ({"do": "join", "line": 1}, "word"),
        ({"do": "join", "line": -1, "word": 1}, "line"),
        ({"do": "join", "line": True, "word": 1}, "line"),
        ({"do": "join", "line": "1", "word": 1}, "line"),
        ({"do": "join", "line": 1.0, "word": 1}, "line"),
        ({"do": "join", "line": 1, "word": 1, "why": "so"}, "why"),
        ({"do": "replace", "line": 1, "word": 1, "text": 5}, "text"),
        ({"do": "place", "line": 1, "word": 1}, "box"),
        ({"do": "place", "line": 1, "word": 1, "box": [1, 2, 3]}, "box"),
        ({"do": "place", "line": 1, "word": 1, "box": [1, 2, 3, "4"]}, "box"),
        ({"do": "place", "line": 1, "word": 1, "box": [5, 2, 5, 4]}, "box"),
        ({"do": "insert", "line": 1, "word": 1, "text": "so", "box": None}, "box"),
    ],
    ids=str,
)
def test_what_is_wrong_in_a_change_is_named(item: object, part: str) -> None:
    with pytest.raises(OperationUnclear) as caught:
        parse([{"do": "delete-line", "line": 0}, item])
    assert caught.value.params == {"number": 2, "part": part}


@pytest.mark.parametrize("data", [None, {}, "replace", 5])
def test_changes_come_as_a_list(data: object) -> None:
    with pytest.raises(OperationUnclear) as caught:
        parse(data)
    assert caught.value.params["part"] == "changes"  # as it is called in what was sent


def test_there_is_a_limit_to_what_comes_at_once() -> None:
    change = {"do": "delete-line", "line": 0}
    assert len(parse([change] * MOST_OPERATIONS)) == MOST_OPERATIONS
    with pytest.raises(TooManyOperations):
        parse([change] * (MOST_OPERATIONS + 1))
