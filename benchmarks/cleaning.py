"""How well pages are read with each kind of cleaning.

    python -m benchmarks.cleaning FOLDER [--languages eng]

``FOLDER`` holds images, each with its text in ``NAME.txt`` beside it. Word F1: a word is a run of letters and
digits, case folded, and their order does not count. *Surest* is what the page of the trial recommends.
"""

import re
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from documents.ocr.elements import PageText
from documents.ocr.options import Cleaning, Options
from documents.ocr.recognition import read_file_page

_NEARLY = 0.9  # as selectors.trials has it
_WORD = re.compile(r"[^\W_]+")

Readings = Mapping[Cleaning, PageText]
Choice = Callable[[str, Readings], PageText]


def word_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """Over texts and what was read of them."""
    common = total = 0
    for truth, read in pairs:
        wanted, found = (Counter(_WORD.findall(text.casefold())) for text in (truth, read))
        common += (wanted & found).total()
        total += wanted.total() + found.total()
    return 2 * common / total if total else 1.0


def surest(_truth: str, readings: Readings) -> PageText:
    most = max(len(page.words) for page in readings.values())
    full = [page for page in readings.values() if len(page.words) >= _NEARLY * most]
    return max(full, key=lambda page: page.confidence or 0.0)


def best(truth: str, readings: Readings) -> PageText:
    return max(readings.values(), key=lambda page: word_f1([(truth, page.text)]))


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--languages", default="eng")
    asked = parser.parse_args()
    languages = tuple(asked.languages.split("+"))
    pages = [
        (truth.read_text("utf-8"), _readings(image, languages))
        for truth in sorted(asked.folder.glob("*.txt"))
        for image in truth.parent.glob(f"{truth.stem}.*")
        if image != truth
    ]
    for cleaning in Cleaning:
        _tell(cleaning.value, pages, _always(cleaning))
    _tell("surest", pages, surest)
    _tell("best", pages, best)


def _readings(image: Path, languages: tuple[str, ...]) -> Readings:
    return {
        cleaning: read_file_page(image, 0, Options(languages=languages, cleaning=cleaning))
        for cleaning in Cleaning
    }


def _always(cleaning: Cleaning) -> Choice:
    return lambda _truth, readings: readings[cleaning]


def _tell(name: str, pages: Iterable[tuple[str, Readings]], choose: Choice) -> None:
    chosen = [(truth, choose(truth, readings)) for truth, readings in pages]
    sure = [page.confidence or 0.0 for _truth, page in chosen]
    score = word_f1((truth, page.text) for truth, page in chosen)
    print(f"{name:12} word F1 {score:.3f}, confidence {sum(sure) / len(sure):.1f}")


if __name__ == "__main__":
    main()
