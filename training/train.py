"""The training itself: ``lstmtraining`` in steps, after each of which it can be stopped and taken up."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from training import start
from training.programs import run

_STEP = 2000  # lines
_MEMORY = 6000  # megabytes for lines that are kept


@dataclass(frozen=True, slots=True)
class Stage:
    """So many lines are learnt from at a ``rate``."""

    rate: float
    lines: int


STAGES = (Stage(0.001, 60_000), Stage(0.0003, 40_000), Stage(0.0001, 40_000))


def train(work: Path, stages: tuple[Stage, ...] = STAGES) -> None:
    """Go on from the last step that was ended. Raises subprocess.CalledProcessError."""
    folder = work / "steps"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lines.txt").write_text(_listed(work), encoding="utf-8")
    done = 0
    for stage in stages:
        end = done + stage.lines
        while done < end:
            done += _STEP
            if not _saved(folder, done).exists():
                _take_step(work, folder, done, stage.rate)


def pack(work: Path) -> Path:
    """The trained pack, with a network of whole numbers. Raises FileNotFoundError, CalledProcessError."""
    last = max((work / "steps").glob("*.checkpoint"), default=None)
    if last is None:
        raise FileNotFoundError("no step was ended")
    made = work / f"{start.NAME}.traineddata"
    run(
        "lstmtraining",
        *("--stop_training", "--convert_to_int"),
        *("--continue_from", last),
        *("--traineddata", start.pack_file(work)),
        *("--model_output", made),
    )
    return made


def _take_step(work: Path, folder: Path, done: int, rate: float) -> None:
    before = _saved(folder, done - _STEP)
    begin = before if before.exists() else start.network_file(work)
    run(
        "lstmtraining",
        *("--continue_from", begin),
        *("--traineddata", start.pack_file(work)),
        *("--train_listfile", folder / "lines.txt"),
        *("--model_output", folder / "now"),
        *("--max_iterations", str(done)),
        *("--learning_rate", str(rate)),
        "--reset_learning_rate",
        *("--target_error_rate", "0.0001"),
        *("--max_image_MB", str(_MEMORY)),
    )
    # A trainer that is killed leaves half a file: what is whole gets its name now.
    shutil.move(folder / "now_checkpoint", _saved(folder, done))
    before.unlink(missing_ok=True)
    for best in folder.glob("now*.checkpoint"):
        best.unlink()


def _saved(folder: Path, done: int) -> Path:
    return folder / f"{done:07}.checkpoint"


def _listed(work: Path) -> str:
    return "".join(f"{path}\n" for path in sorted((work / "lines").glob("*.lstmf")))
