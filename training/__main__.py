"""``python -m training STEP``: each step takes up what the one before it left in the folder of the work."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from training import lines, packages, start, train, words

_WORK = Path(__file__).with_name("work")
_STEPS = ("fetch", "words", "lines", "start", "train", "pack")


def main() -> None:
    parser = ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("step", choices=(*_STEPS, "all"))
    parser.add_argument("--work", type=Path, default=_WORK, help="where all of it is kept (training/work)")
    parser.add_argument("--lines", type=int, default=120_000, help="how many are drawn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2, help="that draw")
    options = parser.parse_args()
    for step in _STEPS if options.step == "all" else [options.step]:
        sys.stderr.write(f"{step}\n")
        _take(step, options.work, count=options.lines, seed=options.seed, processes=options.processes)


def _take(step: str, work: Path, *, count: int, seed: int, processes: int) -> None:
    match step:
        case "fetch":
            packages.fetch(work)
        case "words":
            words.prepare(work)
        case "lines":
            for path in lines.write(work, count, seed=seed, processes=processes):
                sys.stderr.write(f"{path}\n")
        case "start":
            start.make(work)
        case "train":
            train.train(work)
        case "pack":
            sys.stdout.write(f"{train.pack(work)}\n")


if __name__ == "__main__":
    main()
