import os

from ocrsite.cores import usable_cores


def test_workers_are_as_many_as_the_cores_this_process_may_use() -> None:
    assert 1 <= usable_cores() <= len(os.sched_getaffinity(0))
