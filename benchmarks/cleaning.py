"""How well pages are read with each kind of cleaning.

    PYTHONPATH=. python benchmarks/cleaning.py FOLDER [--languages eng+rus] [--engine tesseract]

``FOLDER`` holds images, each with its text in ``NAME.txt`` beside it, as for ``benchmarks/quality.py``, whose
word F1 this is. *Surest* is what the page of the trial recommends, *best* what it would if it knew the text.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from quality import images_of, score, total

from documents.ocr.elements import PageText
from documents.ocr.engines import ENGINES
from documents.ocr.options import Cleaning, Options
from documents.ocr.recognition import read_file_page
from documents.ocr.surest import surest

Readings = Mapping[Cleaning, PageText]
Choice = Callable[[str, Readings], PageText]


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--languages", default="eng")
    parser.add_argument("--engine", default=Options().engine, choices=ENGINES)
    asked = parser.parse_args()
    languages = tuple(asked.languages.split("+"))
    pages = [
        (truth.read_text("utf-8"), _readings(image, languages, asked.engine))
        for image, truth in images_of(asked.folder)
    ]
    if not pages:
        raise SystemExit(f"{asked.folder}: no images with their texts")

    def f1(truth: str, page: PageText) -> float:
        return score(truth, page.text, languages[0]).f1

    choices: dict[str, Choice] = {cleaning.value: _always(cleaning) for cleaning in Cleaning}
    choices["surest"] = lambda _truth, readings: readings[surest(readings) or Cleaning.AUTO]
    choices["best"] = lambda truth, readings: max(readings.values(), key=lambda page: f1(truth, page))
    print(f"{len(pages)} pages in {asked.languages}, read by {_readers(readings for _, readings in pages)}")
    for name, choose in choices.items():
        _tell(name, [(truth, choose(truth, readings)) for truth, readings in pages], languages[0])


def _readings(image: Path, languages: tuple[str, ...], engine: str) -> Readings:
    return {
        cleaning: read_file_page(image, 0, Options(languages=languages, engine=engine, cleaning=cleaning))
        for cleaning in Cleaning
    }


def _readers(pages: Iterable[Readings]) -> str:
    """The engine, and all that had a part in a reading."""
    read = [page for readings in pages for page in readings.values()]
    return f"{read[0].engine}: {', '.join(sorted({page.engine_version for page in read}))}"


def _always(cleaning: Cleaning) -> Choice:
    return lambda _truth, readings: readings[cleaning]


def _tell(name: str, chosen: Iterable[tuple[str, PageText]], language: str) -> None:
    pairs = list(chosen)
    f1 = total([score(truth, page.text, language) for truth, page in pairs]).f1
    sure = sum(page.confidence or 0.0 for _truth, page in pairs) / len(pairs)
    print(f"{name:12} word F1 {f1:.3f}, confidence {sure:.1f}")


if __name__ == "__main__":
    main()
