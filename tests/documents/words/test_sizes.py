"""Sizes of files are told in the units of the limit of an upload."""

import pytest
from django.utils.translation import override

from documents.words import file_size


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "0.0 KB"),
        (1, "1.0 KB"),
        (266_300, "266.3 KB"),
        (999_940, "999.9 KB"),
        (999_960, "1.0 MB"),
        (1_000_000, "1.0 MB"),
        (999_960_000, "1.0 GB"),
        (999_900_000, "999.9 MB"),
        (1_500_000_000, "1.5 GB"),
        (2_000_000_000_000, "2,000.0 GB"),
    ],
)
def test_a_size_is_in_units_of_a_thousand(count: int, told: str) -> None:
    with override("en"):
        assert file_size(count) == told.replace(" ", "\N{NO-BREAK SPACE}")
