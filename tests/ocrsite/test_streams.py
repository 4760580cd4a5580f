import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import ROOT

LOOK = """
import os, subprocess, sys
from ocrsite import streams
streams.fill()
with open(sys.argv[1], "w") as told:
    numbers = [told.fileno(), *(stream.fileno() for stream in (sys.stdin, sys.stdout, sys.stderr))]
    closed = [name for name in ("stdin", "stdout", "stderr") if streams.was_closed(name)]
    print("said"), print("complained", file=sys.stderr)
    child = subprocess.run([sys.executable, "-c", "import os; [os.fstat(number) for number in range(3)]"])
    print(numbers[0] > 2, numbers[1:], child.returncode, *closed, file=told)
"""


@pytest.mark.parametrize(
    ("redirection", "closed"),
    [
        ("", ""),
        ("<&-", " stdin"),
        (">&-", " stdout"),
        ("2>&-", " stderr"),
        ("<&- 2>&-", " stdin stderr"),
        ("<&- >&- 2>&-", " stdin stdout stderr"),
    ],
)
def test_no_file_takes_the_place_of_a_closed_stream_here_or_in_a_child(
    tmp_path: Path, redirection: str, closed: str
) -> None:
    told = tmp_path / "told"
    asked = ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-c", LOOK, str(told)]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.read_text() == f"True [0, 1, 2] 0{closed}\n"
    assert (done.stdout == "said\n", done.stderr == "complained\n") == (
        "stdout" not in closed,
        "stderr" not in closed,
    )


@pytest.mark.slow
@pytest.mark.parametrize("command", [["engines"], ["languages"], ["check"], ["help"]])
def test_commands_work_without_any_standard_stream(command: list[str]) -> None:
    asked = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, "manage.py", *command]
    assert subprocess.run(asked, cwd=ROOT, check=False).returncode == 0


def test_scripts_run_without_any_standard_stream(tmp_path: Path) -> None:
    said = "printf 'said\\n'; printf 'complained\\n' >&2"
    script = f"source {ROOT}/bin/common.sh; {said}; ls -l /proc/$$/fd >{tmp_path}/told"
    asked = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", "bash", "-c", script]
    assert subprocess.run(asked, check=False).returncode == 0
    assert (tmp_path / "told").read_text().count("/dev/null") == 3
