"""How many processors there are for us."""

import os
from contextlib import suppress
from pathlib import Path


def usable_cores() -> int:
    """The cores that this process may use: its affinity, and the quota of its container (cgroup v2)."""
    cores = len(os.sched_getaffinity(0))
    with suppress(OSError, ValueError):
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        cores = min(cores, max(1, int(quota) // int(period)))
    return cores
