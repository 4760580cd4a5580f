"""Children that read pages: what happens to them, and what the next page gets."""

import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import dedent

import pytest
from PIL import Image

from documents.errors import EngineCrashed, EngineNonsense, EngineTimeout, LanguageMissing
from documents.ocr.children.parent import Children
from documents.ocr.children.serve import LONGEST_ANSWER
from tests.project import ROOT

MODULE = "tests.documents.ocr.children.obedient"
SMALL = Image.frombytes("RGB", (2, 1), bytes(range(6)))


@pytest.fixture
def children() -> Iterator[Children]:
    children = Children(MODULE, memory=2 << 30, at_rest=200 << 20)
    yield children
    children.end()


def pid(children: Children) -> int:
    found: int = children.ask({"do": "describe"}, timeout=20)["pid"]
    return found


def is_gone(process: int) -> bool:
    """Ended, and taken note of by its parent."""
    return not Path(f"/proc/{process}").exists()


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


@pytest.mark.parametrize(("mode", "channels"), [("L", 1), ("RGB", 3)])
def test_an_image_arrives_as_it_is(children: Children, mode: str, channels: int) -> None:
    image = Image.effect_noise((301, 17), 50).convert(mode)
    told = children.ask({"do": "describe"}, image, timeout=20)
    assert told["shape"] == [301, 17, channels]
    assert told["sum"] == sum(image.tobytes())


@pytest.mark.parametrize("redirection", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_an_image_arrives_where_the_standard_streams_are_closed(redirection: str, tmp_path: Path) -> None:
    """As a daemon's may be that uses the library."""
    script = f"""
        import sys
        from pathlib import Path
        from PIL import Image
        from documents.ocr.children.parent import Children
        children = Children("{MODULE}", memory=2 << 30, at_rest=200 << 20)
        told = children.ask({{"do": "describe"}}, Image.new("L", (2, 1), 7), timeout=20)
        Path(sys.argv[1]).write_text(str(told["bytes"]))
    """
    asked = [sys.executable, "-c", dedent(script), str(tmp_path / "told")]
    subprocess.run(["sh", "-c", f'exec "$@" {redirection}', "sh", *asked], cwd=ROOT, check=False)
    assert (tmp_path / "told").read_text() == "[7, 7]"


def test_colours_come_pixel_by_pixel(children: Children) -> None:
    assert children.ask({"do": "describe"}, SMALL, timeout=20)["bytes"] == [0, 1, 2, 3, 4, 5]


def test_nothing_is_left_of_a_larger_image(children: Children) -> None:
    children.ask({"do": "describe"}, Image.new("RGB", (4000, 4000), "red"), timeout=20)
    assert children.ask({"do": "describe"}, SMALL, timeout=20)["sum"] == sum(range(6))


def test_a_long_answer_arrives_whole(children: Children) -> None:
    assert (
        len(children.ask({"do": "write much", "letters": 5_000_000}, SMALL, timeout=20)["text"]) == 5_000_000
    )


def test_one_child_does_page_after_page(children: Children) -> None:
    assert pid(children) == pid(children)


def has_ended(process: int) -> bool:
    """A helper whose parent is gone may wait for the system to take note."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_helper_ends_with_a_child_that_leads_a_group(children: Children, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    with pytest.raises(EngineTimeout):
        children.ask({"do": "sleep", "begun": str(begun), "leads": True}, timeout=5)
    wait_until(lambda: has_ended(int(begun.read_text())))


def test_a_child_refuses_with_an_error_of_ours_and_lives(children: Children) -> None:
    before = pid(children)
    with pytest.raises(LanguageMissing, match="Klingon"):
        children.ask({"do": "refuse"}, timeout=20)
    assert pid(children) == before


@pytest.mark.parametrize("way", ["crash", "stumble"])
def test_a_crash_is_an_error_that_may_pass_and_the_next_page_gets_a_new_child(
    children: Children, way: str
) -> None:
    before = pid(children)
    with pytest.raises(EngineCrashed):
        children.ask({"do": way}, SMALL, timeout=20)
    assert pid(children) != before
    assert is_gone(before)


@pytest.mark.parametrize(
    "message",
    [
        "[]",
        "{}",
        "no JSON",
        "[" * 60_000,
        '{"length": -1}',
        '{"length": 9}',
        '{"length": 99999999999}',
        '{"length": "2", "memory": 1}',
    ],
)
def test_an_answer_that_is_none_is_an_error_and_its_child_is_ended(children: Children, message: str) -> None:
    before = pid(children)
    with pytest.raises(EngineNonsense):
        children.ask({"do": "babble", "message": message}, SMALL, timeout=20)
    assert is_gone(before)
    assert pid(children) != before


@pytest.mark.parametrize("answer", [5, "error", [], None])
def test_an_answer_is_a_table_of_names(children: Children, answer: object) -> None:
    before = pid(children)
    with pytest.raises(EngineNonsense):
        children.ask({"do": "tell", "answer": answer}, timeout=20)
    assert is_gone(before)


def test_a_child_that_does_not_tell_its_memory_as_a_number_is_ended(children: Children) -> None:
    answer = b'{"ok": true}'
    message = json.dumps({"length": len(answer), "memory": "much"})
    before = pid(children)
    with pytest.raises(EngineNonsense):
        children.ask({"do": "babble", "message": message, "answer": answer.decode()}, timeout=20)
    assert is_gone(before)


@pytest.mark.parametrize("error", [{"error": []}, {"error": "engine"}, {"error": "engine", "params": 5}])
def test_an_error_that_is_none_is_no_answer(children: Children, error: dict[str, object]) -> None:
    with pytest.raises(EngineNonsense):
        children.ask({"do": "tell", "answer": error}, timeout=20)


def test_an_error_of_the_system_is_a_crash(children: Children) -> None:
    answer = {"errno": 28, "strerror": "No space left on device", "filename": None}
    with pytest.raises(EngineCrashed):
        children.ask({"do": "tell", "answer": answer}, timeout=20)


def test_where_no_file_can_be_made_it_is_a_crash_that_may_pass(children: Children) -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1]))
    try:
        with pytest.raises(EngineCrashed):
            children.ask({"do": "describe"}, timeout=20)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert pid(children)


def test_a_child_has_no_keys_of_ours(children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCRSITE_SECRET_KEY", "a key of ours")
    environment = Path(f"/proc/{pid(children)}/environ").read_bytes()
    assert b"PATH=" in environment
    assert b"a key of ours" not in environment


def test_a_child_cannot_fill_the_memory_through_the_shared_file(children: Children) -> None:
    children.ask({"do": "grow", "bytes": LONGEST_ANSWER}, timeout=20)
    with pytest.raises(EngineCrashed):
        children.ask({"do": "grow", "bytes": LONGEST_ANSWER + 1}, timeout=20)


def test_how_a_child_ended_is_logged(children: Children, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(EngineCrashed):
        children.ask({"do": "crash"}, SMALL, timeout=20)
    assert "The process of an engine ended: -11" in caplog.text


def test_a_child_that_takes_too_long_is_ended(children: Children, tmp_path: Path) -> None:
    before = pid(children)
    with pytest.raises(EngineTimeout):
        children.ask({"do": "sleep", "begun": str(tmp_path / "begun")}, SMALL, timeout=0.3)
    assert is_gone(before)
    assert pid(children) != before


def test_a_child_killed_in_the_middle_of_a_page_is_a_crash(children: Children, tmp_path: Path) -> None:
    before, begun = pid(children), tmp_path / "begun"
    with ThreadPoolExecutor(1) as threads:
        page = threads.submit(children.ask, {"do": "sleep", "begun": str(begun)}, SMALL, timeout=20)
        wait_until(begun.exists)
        os.kill(before, signal.SIGKILL)
        with pytest.raises(EngineCrashed):
            page.result()
    assert pid(children) != before


def test_a_child_killed_at_rest_is_replaced(children: Children) -> None:
    before = pid(children)
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
    assert pid(children) != before


def test_a_child_that_has_grown_too_large_makes_room(children: Children) -> None:
    small = children.ask({"do": "eat", "bytes": 1 << 20}, timeout=20)["pid"]
    large = children.ask({"do": "eat", "bytes": 250 << 20}, timeout=20)["pid"]
    assert small == large
    assert is_gone(large)


def test_a_child_gets_no_more_memory_than_it_may_have(children: Children) -> None:
    with pytest.raises(EngineCrashed):
        children.ask({"do": "eat", "bytes": 3 << 30}, timeout=20)


def test_threads_that_ask_at_once_have_a_child_each(children: Children, tmp_path: Path) -> None:
    others = set(_children_of(os.getpid()))
    with ThreadPoolExecutor(2) as threads:
        begun = tmp_path / "begun"
        slow = threads.submit(children.ask, {"do": "sleep", "begun": str(begun)}, timeout=20)
        wait_until(begun.exists)
        other = pid(children)
        [sleeper] = set(_children_of(os.getpid())) - others - {other}
        os.kill(sleeper, signal.SIGKILL)
        with pytest.raises(EngineCrashed):
            slow.result()
    assert pid(children) == other


def test_a_fork_leaves_the_children_to_their_parent(children: Children) -> None:
    before = pid(children)
    context = multiprocessing.get_context("fork")
    found = context.SimpleQueue()
    fork = context.Process(target=lambda: found.put(pid(children)))
    fork.start()
    assert found.get() != before
    fork.join()
    assert pid(children) == before


@pytest.mark.parametrize("busy", [False, True])
def test_children_end_with_their_parent_however_that_ends(tmp_path: Path, busy: bool) -> None:
    begun = tmp_path / "begun"
    script = f"""
from documents.ocr.children.parent import Children
children = Children({MODULE!r}, memory=2 << 30, at_rest=200 << 20)
print(children.ask({{"do": "describe"}}, timeout=20)["pid"], flush=True)
if {busy}:
    children.ask({{"do": "sleep", "begun": {str(begun)!r}}}, timeout=60)
input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        if busy:
            wait_until(begun.exists)
        parent.kill()
    wait_until(lambda: is_gone(child))


def test_a_child_does_without_django(children: Children) -> None:
    maps = Path(f"/proc/{pid(children)}/cmdline").read_bytes()
    assert MODULE.encode() in maps
    script = (
        "import sys, documents.ocr.children.serve; sys.exit('django' in sys.modules or 'cv2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


def _children_of(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]
