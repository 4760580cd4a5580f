"""What a bulk change is called, and what came of it."""

import pytest

from documents.models import BulkAction
from documents.words.bulk import called, came_of


@pytest.mark.parametrize(
    ("tags", "name", "result"),
    [
        (["tax"], "Add the tag “tax”", "2 documents have the tag."),
        (["tax", "paid"], "Add the tags “tax”, “paid”", "2 documents have the tags."),
    ],
)
def test_one_tag_or_several_are_named_so(tags: list[str], name: str, result: str) -> None:
    action = BulkAction(kind=BulkAction.Kind.TAG, params={"tags": tags}, done=2)
    assert (called(action), came_of(action)) == (name, result)


def test_tags_that_were_taken_away_are_counted_alike() -> None:
    action = BulkAction(kind=BulkAction.Kind.UNTAG, params={"tags": ["tax", "paid"]}, done=1)
    assert came_of(action) == "1 document is without the tags."


@pytest.mark.parametrize("kind", BulkAction.Kind)
@pytest.mark.parametrize("tags", [[], ["tax"], ["tax", "paid"]])
def test_what_came_to_nothing_says_so_and_not_what_it_would_have_done(
    kind: BulkAction.Kind, tags: list[str]
) -> None:
    action = BulkAction(kind=kind, params={"tags": tags}, done=0)
    expected = "Nothing was packed." if kind == BulkAction.Kind.ZIP else "Nothing was changed."
    assert came_of(action) == expected
