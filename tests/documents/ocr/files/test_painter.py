"""Drawing in a child process: what happens to the child, and what the next page gets."""

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
from types import FrameType

import pytest

from documents.errors import DrawingKilled, FileDamaged, OcrsiteError, PageTooComplex
from documents.ocr.files import kept, painter
from documents.ocr.files.painter import draw
from documents.ocr.options import Limits
from tests.files import save_nested, save_pdf, save_recursive, save_slow, says
from tests.project import ROOT

LIMITS = Limits()
HASTE = Limits(timeout=1)


@pytest.fixture(autouse=True)
def _nobody_rests() -> Iterator[None]:
    kept.end_all(painter._resting)
    yield
    kept.end_all(painter._resting)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """Pages 100 to 105 points wide, of as many pixels at 72 dpi."""
    pages = [save_pdf(tmp_path / f"{width}.pdf", says("Hi"), size=(width, 50)) for width in range(100, 106)]
    return pages[0].parent


def width_of(good: Path, points: int) -> int:
    return round(draw(good / f"{points}.pdf", 0, limits=LIMITS).image.width / 300 * 72)


def resting() -> list[int]:
    """The process ids of the painters that wait for a page."""
    return [one._process.pid for one in painter._resting]


@pytest.mark.parametrize("save", [save_nested, save_recursive, save_slow])
def test_page_that_takes_too_long_is_given_up_and_the_next_is_drawn(
    tmp_path: Path, good: Path, save: Callable[[Path], Path], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(PageTooComplex):
        draw(save(tmp_path / "bad.pdf"), 0, limits=HASTE)

    assert f"Page 1 of {tmp_path / 'bad.pdf'} is not drawn in 1 s" in caplog.text
    assert resting() == []
    assert width_of(good, 100) == 100


def test_page_that_takes_too_much_memory_is_given_up(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(painter, "_MEMORY", 400 << 20)

    with pytest.raises(PageTooComplex):
        draw(save_nested(tmp_path / "bad.pdf"), 0, limits=LIMITS)

    assert "ended PDFium's process: -" in caplog.text
    assert width_of(good, 100) == 100


def test_painter_has_less_memory_than_a_worker(good: Path) -> None:
    width_of(good, 100)

    assert resource.prlimit(resting()[0], resource.RLIMIT_AS) == (2 << 30, 2 << 30)


def test_page_whose_painter_was_killed_from_outside_may_be_tried_again(
    tmp_path: Path, good: Path, caplog: pytest.LogCaptureFixture
) -> None:
    width_of(good, 100)
    (victim,) = resting()

    with ThreadPoolExecutor(1) as threads:
        drawing = threads.submit(draw, save_slow(tmp_path / "slow.pdf"), 0, limits=LIMITS)
        wait_until(lambda: cpu_time(victim) > 0.5)
        os.kill(victim, signal.SIGKILL)
        with pytest.raises(DrawingKilled) as caught:
            drawing.result()

    assert caught.value.retryable
    assert f"Page 1 of {tmp_path / 'slow.pdf'} ended PDFium's process: -9" in caplog.text
    assert width_of(good, 100) == 100


@pytest.mark.parametrize(
    ("ended_by", "error"), [(signal.SIGKILL, DrawingKilled), (signal.SIGSEGV, PageTooComplex)]
)
def test_painter_that_ends_just_before_a_page_tells_how(
    good: Path, monkeypatch: pytest.MonkeyPatch, ended_by: signal.Signals, error: type[OcrsiteError]
) -> None:
    width_of(good, 100)
    (victim,) = resting()
    monkeypatch.setattr(painter._Painter, "is_alive", lambda _self: True)
    os.kill(victim, ended_by)
    os.waitid(os.P_PID, victim, os.WEXITED | os.WNOWAIT)

    with pytest.raises(error):
        width_of(good, 101)
    assert resting() == []


def test_one_painter_draws_page_after_page(tmp_path: Path, good: Path) -> None:
    width_of(good, 100)
    (first,) = resting()
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7\n")

    with pytest.raises(FileDamaged):
        draw(tmp_path / "bad.pdf", 0, limits=LIMITS)
    width_of(good, 101)

    assert resting() == [first]


def test_painter_that_died_at_rest_is_replaced(good: Path) -> None:
    width_of(good, 100)
    (victim,) = resting()
    os.kill(victim, signal.SIGKILL)
    os.waitid(os.P_PID, victim, os.WEXITED | os.WNOWAIT)

    assert width_of(good, 101) == 101
    assert resting() != [victim]


def test_painter_that_died_is_ended_and_one_that_lives_is_taken(good: Path) -> None:
    dead, alive = painter._Painter(), painter._Painter()
    os.kill(dead._process.pid, signal.SIGKILL)
    os.waitid(os.P_PID, dead._process.pid, os.WEXITED | os.WNOWAIT)
    painter._resting[:] = [alive, dead]

    assert width_of(good, 101) == 101
    assert resting() == [alive._process.pid]
    assert dead._file.closed


def test_painter_that_was_interrupted_does_not_answer_late(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopping(BaseException):
        pass

    def stop(_signum: int, _frame: FrameType | None) -> None:
        raise Stopping

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(Stopping):
            draw(save_slow(tmp_path / "bad.pdf"), 0, limits=LIMITS)
    finally:
        signal.signal(signal.SIGALRM, before)

    assert width_of(good, 100) == 100


def test_threads_have_painters_of_their_own(good: Path) -> None:
    wanted = [*range(100, 106)] * 2

    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(lambda points: width_of(good, points), wanted)) == wanted
    assert len(resting()) <= 3


def test_fork_does_not_share_a_painter(good: Path) -> None:
    width_of(good, 100)
    before = resting()

    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(resting) == []
        assert pool.apply(width_of, [good, 101]) == 101
    assert width_of(good, 102) == 102
    assert resting() == before


def test_memory_of_a_large_page_is_given_back(tmp_path: Path, good: Path) -> None:
    image = draw(save_pdf(tmp_path / "large.pdf", b"", size=(2000, 2000)), 0, limits=LIMITS).image
    assert image.width * image.height > 49_000_000

    (one,) = painter._resting
    assert os.fstat(one._file.fileno()).st_blocks * 512 <= 3 * painter._KEPT_PIXELS + resource.getpagesize()
    assert width_of(good, 100) == 100


def test_painter_ends_with_a_killed_parent_in_the_middle_of_a_page(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from documents.ocr import options; from documents.ocr.files import painter\n"
        "draw = lambda path: painter.draw(Path(path), 0, limits=options.Limits())\n"
        "draw(sys.argv[1]); print(painter._resting[0]._process.pid, flush=True); draw(sys.argv[2])"
    )
    paths = [save_pdf(tmp_path / "good.pdf", says("Hi")), save_slow(tmp_path / "bad.pdf")]
    parent = subprocess.Popen([sys.executable, "-c", code, *paths], cwd=ROOT, stdout=subprocess.PIPE)
    child = int(parent.stdout.readline())
    wait_until(lambda: cpu_time(child) > 0.5)  # it draws the bad page

    parent.kill()
    parent.communicate()

    wait_until(lambda: not runs(child))


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def cpu_time(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) / os.sysconf("SC_CLK_TCK")


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
