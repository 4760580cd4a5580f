"""Real processes, because what is tried here is what the kernel does."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ocrsite import supervisor

_ROOT = Path(supervisor.__file__).parents[1]

pytestmark = pytest.mark.server

# A part that notes its own number, starts a child that would outlive it, and then does what it is told.
_PART = """
import os, pathlib, signal, subprocess, sys, time
folder, name, behaviour = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
if behaviour == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "600"])
with open(folder / name, "a") as notes:
    notes.write(f"{os.getpid()} {child.pid}\\n")
if behaviour == "frail":
    sys.exit(3)
time.sleep(600)
"""
_SUPERVISOR = """
import signal, sys
from pathlib import Path
from ocrsite.supervisor import Part, run
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may do so under nohup
folder, *parts = sys.argv[1:]
program = [sys.executable, "-c", Path(folder, "part.py").read_text(), folder]
run(
    [
        Part(
            name=name,
            command=[*program, name, behaviour],
            once=behaviour == "once",
            scratch=Path(folder, "tmp", name),
        )
        for name, behaviour in (part.split("=") for part in parts)
    ],
    grace=1,
)
"""


class Troupe:
    """A supervisor in a process of its own, over parts that tell their process numbers in ``folder``."""

    def __init__(self, folder: Path, parts: dict[str, str]) -> None:
        (folder / "part.py").write_text(_PART)
        self.folder = folder
        arguments = [f"{name}={behaviour}" for name, behaviour in parts.items()]
        self.errors = folder / "errors"
        with self.errors.open("w") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _SUPERVISOR, str(folder), *arguments], stderr=errors, cwd=_ROOT
            )

    def lives(self, name: str) -> list[tuple[int, int]]:
        """The numbers of the part's process and of its child, for each time that it was started."""
        notes = self.folder / name
        lines = notes.read_text().splitlines() if notes.exists() else []
        return [(int(part), int(child)) for part, child in map(str.split, lines)]

    def wait_for_life(self, name: str, number: int = 1) -> tuple[int, int]:
        wait_until(lambda: len(self.lives(name)) >= number)
        return self.lives(name)[number - 1]

    def end(self, signum: signal.Signals) -> tuple[int, str]:
        self.process.send_signal(signum)
        return self.process.wait(timeout=20), self.errors.read_text()


@pytest.fixture
def troupe(tmp_path: Path) -> Iterator[Callable[..., Troupe]]:
    started: list[Troupe] = []

    def start(**parts: str) -> Troupe:
        started.append(Troupe(tmp_path, parts))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.end(signal.SIGTERM)


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"  # a zombie whose new parent has not looked yet


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_every_part_and_its_children(
    troupe: Callable[..., Troupe], signum: signal.Signals
) -> None:
    running = troupe(one="calm", two="calm")
    pids = [*running.wait_for_life("one"), *running.wait_for_life("two")]
    assert all(map(is_alive, pids))
    assert running.end(signum) == (0, "")
    wait_until(lambda: not any(map(is_alive, pids)))


def test_a_part_that_will_not_end_is_killed(troupe: Callable[..., Troupe]) -> None:
    running = troupe(one="stubborn")
    pids = running.wait_for_life("one")
    assert running.end(signal.SIGTERM)[0] == 0
    wait_until(lambda: not any(map(is_alive, pids)))


def test_a_part_that_dies_is_started_again_and_its_children_are_not_left_behind(
    troupe: Callable[..., Troupe],
) -> None:
    running = troupe(one="calm", two="calm")
    part, child = running.wait_for_life("one")
    other, _child = running.wait_for_life("two")
    os.kill(part, signal.SIGKILL)
    assert is_alive(running.wait_for_life("one", 2)[0])
    wait_until(lambda: not is_alive(child))
    assert is_alive(other)
    assert running.end(signal.SIGTERM) == (0, "one was ended by SIGKILL; it starts again in 0.5 s.\n")


def test_pauses_grow_while_a_part_dies_at_once(troupe: Callable[..., Troupe]) -> None:
    running = troupe(one="frail")
    running.wait_for_life("one", 3)
    _status, errors = running.end(signal.SIGTERM)
    assert errors.splitlines()[:2] == [
        "one ended with status 3; it starts again in 0.5 s.",
        "one ended with status 3; it starts again in 1 s.",
    ]


def test_an_errand_is_run_once(troupe: Callable[..., Troupe]) -> None:
    running = troupe(errand="once", other="frail")
    errand, _child = running.wait_for_life("errand")
    os.kill(errand, signal.SIGKILL)
    running.wait_for_life("other", 3)
    assert len(running.lives("errand")) == 1
    assert "errand" not in running.end(signal.SIGTERM)[1]


def test_the_parts_end_when_the_supervisor_is_killed(troupe: Callable[..., Troupe]) -> None:
    running = troupe(one="calm", two="calm")
    parts = [running.wait_for_life(name)[0] for name in ("one", "two")]
    children = [running.wait_for_life(name)[1] for name in ("one", "two")]
    running.end(signal.SIGKILL)
    wait_until(lambda: not any(map(is_alive, parts)))
    for child in children:  # a real part ends its own children when it is asked to end
        os.kill(child, signal.SIGKILL)


def test_the_scratch_folder_is_emptied_at_each_start(troupe: Callable[..., Troupe]) -> None:
    running = troupe(one="calm")
    part, _child = running.wait_for_life("one")
    left = running.folder / "tmp" / "one" / "left.ppm"
    left.write_bytes(b"P6")
    os.kill(part, signal.SIGKILL)
    running.wait_for_life("one", 2)
    assert left.parent.is_dir()
    assert not left.exists()


def test_a_program_that_is_not_there_is_tried_again(tmp_path: Path) -> None:
    source = (
        "from ocrsite.supervisor import Part, run\n"
        f"run([Part(name='one', command=[{str(tmp_path / 'nothing')!r}])])"
    )
    process = subprocess.Popen([sys.executable, "-c", source], stderr=subprocess.PIPE, text=True, cwd=_ROOT)
    assert process.stderr
    assert process.stderr.readline().startswith("one could not be started (")
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == 0


def test_the_grace_leaves_room_within_ten_seconds() -> None:
    assert supervisor.GRACE < 10


def test_a_part_that_died_by_itself_just_before_the_end_is_buried_like_the_others() -> None:
    dead = subprocess.Popen(["true"], start_new_session=True)
    os.waitid(os.P_PID, dead.pid, os.WEXITED | os.WNOWAIT)
    supervisor._end([dead], grace=1)
    assert dead.returncode == 0
