"""Numbers in addresses are numbers, or not there."""

import pytest
from django.http import QueryDict

from documents.views.numbers import key, keys, whole


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "²", "١", " 1", "1\n"])
def test_what_is_no_number_is_not_there(text: str) -> None:
    query = QueryDict(mutable=True)
    query["n"] = text
    assert (whole(query, "n", 7), key(query, "n"), keys(query, "n")) == (7, None, [])


def test_a_whole_number_has_six_digits_at_most() -> None:
    query = QueryDict("a=999999&b=1000000")
    assert (whole(query, "a", 7), whole(query, "b", 7), whole(query, "c", 7)) == (999999, 7, 7)


def test_a_key_may_be_long() -> None:
    query = QueryDict("n=1&n=4000000000&n=x")
    assert (key(query, "n"), keys(query, "n")) == (4_000_000_000, [1, 4_000_000_000])
    assert key(QueryDict("n=" + "9" * 19), "n") is None
