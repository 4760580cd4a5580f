"""What a worker does besides reading."""

import pytest

from documents.errors import QueueDown
from documents.management.commands import work


@pytest.mark.parametrize("error", [QueueDown(), RuntimeError()], ids=repr)
def test_a_step_that_fails_does_not_starve_the_others(db: None, error: Exception) -> None:
    done = []

    def fail() -> None:
        raise error

    work._do_each([fail, lambda: done.append("next")])
    assert done == ["next"]
