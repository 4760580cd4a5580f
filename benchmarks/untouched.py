"""What a page that needs nothing costs to be looked at: read with `auto`, against read as it is.

    PYTHONPATH=. python benchmarks/untouched.py [--languages eng+rus] [--engine tesseract] [--dpi 300]
                                                 [--rounds 3]

Clean A4 pages, drawn as `rendered` does. *As it is* is without turning, straightening and cleaning. Both are
taken in turn, so that what else the machine does falls on both; seconds by the clock, and the ratio of the
sums, by the clock and in processor time (of the engine's process too).
"""

import argparse
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from rendered import render, texts

from documents.ocr import recognise
from documents.ocr.recognition import How

_AUTO: How = {}
_AS_IT_IS: How = {"orient": False, "deskew": False, "cleaning": "none"}


def main() -> None:
    asked = _arguments()
    codes = asked.languages.split("+") if asked.languages else texts()
    whole = [0.0, 0.0, 0.0, 0.0]
    with TemporaryDirectory() as folder:
        for code in codes:
            page = Path(folder) / f"{code}.png"
            render(code, dpi=asked.dpi, rounds=4).image.save(page, compress_level=1, dpi=(asked.dpi,) * 2)
            _took(page, code, asked.engine, _AUTO)  # the model is on its way into memory
            costs = [0.0, 0.0, 0.0, 0.0]
            for turn in range(asked.rounds):
                order = (_AUTO, _AS_IT_IS) if turn % 2 else (_AS_IT_IS, _AUTO)
                for how in order:
                    clock, processor = _took(page, code, asked.engine, how)
                    first = 0 if how is _AUTO else 2
                    costs[first] += clock
                    costs[first + 1] += processor
            whole = [a + b for a, b in zip(whole, costs, strict=True)]
            _tell(code, costs, asked.rounds)
    _tell("all", whole, asked.rounds * len(codes))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--languages", help="default: all that can be rendered")
    parser.add_argument("--engine", default="tesseract")
    parser.add_argument("--dpi", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _took(page: Path, code: str, engine: str, how: How) -> tuple[float, float]:
    """Seconds by the clock, and of processors."""
    told: How = {**how, "engine": engine}
    clock, before = time.monotonic(), sum(os.times()[:4])
    recognise(page, code, **told)
    return time.monotonic() - clock, sum(os.times()[:4]) - before


def _tell(name: str, costs: list[float], pages: int) -> None:
    auto, auto_processor, plain, plain_processor = costs
    print(
        f"{name:8} auto {auto / pages:5.2f} s, as it is {plain / pages:5.2f} s a page:"
        f" {auto / plain:.3f} by the clock, {auto_processor / plain_processor:.3f} in processor time",
        flush=True,
    )


if __name__ == "__main__":
    main()
