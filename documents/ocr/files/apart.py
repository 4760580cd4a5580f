"""Processes of their own, for what a hostile PDF may crash, hang or blow up: how both sides begin and talk.

What they import counts at every start, so this imports the errors alone.
"""

import json
import os
import resource
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from documents.errors import OcrsiteError, by_code

_ROOT = Path(__file__).parents[3]

_PASSED = frozenset(
    ("PATH", "HOME", "LANG", "TMPDIR", "TZ", "TESSDATA_PREFIX", "GLIBC_TUNABLES", "LD_LIBRARY_PATH")
)
_PASSED_FAMILIES = ("LC_", "OMP_", "PYTHON")

LONGEST_MESSAGE = 1 << 16  # bytes of a question or an answer; a path has 4,096 at most

DAMAGED, TOO_MUCH = 3, 4
"""How a process ends that cannot read a page, or has not the memory, and answers with pixels else."""


def program(module: str, *arguments: int) -> list[str]:
    """The command that runs ``module``, to be started with `environment`."""
    return [sys.executable, "-P", "-m", module, *map(str, arguments)]


def environment() -> dict[str, str]:
    """What of ours programs and libraries need, none of the keys that this process has, and where this
    project's modules are, and others that we were told of, whatever the current folder is."""
    passed = {name: value for name, value in os.environ.items() if _is_passed(name)}
    told_of = filter(None, passed.get("PYTHONPATH", "").split(os.pathsep))
    return passed | {"PYTHONPATH": os.pathsep.join([str(_ROOT), *told_of])}


def _is_passed(name: str) -> bool:
    return name in _PASSED or name.startswith(_PASSED_FAMILIES)


def limit_memory(most: int, pid: int = 0) -> None:
    """Give the process ``pid``, or this one, ``most`` bytes of address space, or fewer where it may not have
    so many. Raises OSError for another process that is gone, or not ours."""
    _soft, hard = resource.prlimit(pid, resource.RLIMIT_AS)
    wanted = most if hard == resource.RLIM_INFINITY else min(hard, most)
    resource.prlimit(pid, resource.RLIMIT_AS, (wanted, wanted))


def limit_files(most: int) -> None:
    """Let this process make no file longer than ``most`` bytes, those in memory included: they are no part of
    its address space, and stay when it ends."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    wanted = most if hard == resource.RLIM_INFINITY else min(hard, most)
    resource.setrlimit(resource.RLIMIT_FSIZE, (wanted, wanted))


def answer(work: Callable[[Any], None], *, memory: int) -> None:
    """All that a process does that is asked once: ``work`` with the request on its standard input, in
    ``memory`` bytes of address space. On its standard output it tells the error, if there was one; it ends
    with TOO_MUCH where the memory was not enough."""
    limit_memory(memory)
    said: dict[str, object] = {}
    try:
        work(json.load(sys.stdin))
    except (OcrsiteError, OSError) as error:
        said = told(error)
    except MemoryError:
        sys.exit(TOO_MUCH)
    json.dump(said, sys.stdout)


def told(error: OcrsiteError | OSError) -> dict[str, object]:
    """An error as plain values, for `raise_told` on the other side."""
    if isinstance(error, OSError):
        name = error.filename and str(error.filename)  # may be a Path
        return {"errno": error.errno, "strerror": error.strerror, "filename": name}
    return {"error": error.code, "params": error.params}


def raise_told(answer: Mapping[str, Any]) -> None:
    """Raise the error that ``answer`` tells of, if it does."""
    if "errno" in answer:
        raise OSError(answer["errno"], answer["strerror"], answer["filename"])
    if "error" in answer:
        raise by_code(answer["error"])(**answer["params"])
