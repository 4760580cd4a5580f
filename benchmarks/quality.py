"""How well pages are read: clean ones, damaged ones, and those of a folder.

    PYTHONPATH=. python benchmarks/quality.py [--languages eng+rus] [--damages noise,skew]
                                               [--systems raw,best] [FOLDER …]

Systems: *raw* is the plain call of the program ``tesseract``; *ocrmypdf* is OCRmyPDF with ``--rotate-pages
--deskew --clean``, where it is on the path; others are engines of ours with their default options. A folder
holds images, each with its text in ``NAME.txt`` beside it, all in the languages told. A system that fails
on a page has read nothing of it, and that is told. *Word F1* counts the runs of letters and digits that the
text and the reading have in common, in any order; in Chinese and Japanese each character is a word. *CER*
is the edit distance over the length of the text, white space folded.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from damage import FOURTEEN, MORE
from PIL import Image
from rapidfuzz.distance import Levenshtein
from rendered import UNSPACED, render, texts

from documents.errors import OcrsiteError
from documents.ocr import recognise
from documents.ocr.engines import ENGINES

UNDAMAGED = "undamaged"
_DAMAGES = {UNDAMAGED: lambda image: image, **FOURTEEN, **MORE}
_COPIES = {"facing pages": 2}  # of the text, on one image
_WORD = re.compile(r"[^\W_]+")
_CHARACTER = re.compile(r"[^\W_]")
_TYPED = str.maketrans({**dict.fromkeys("“”„", '"'), **dict.fromkeys("‘’‚", "'"), **dict.fromkeys("–—", "-")})
_DPI = 200
_ROUNDS = 4

System = Callable[[Path, str], str]
"""From an image file and a language to text."""


class Case(NamedTuple):
    language: str
    damage: str


class Score(NamedTuple):
    """Counted, so that scores can be added up."""

    common: int = 0
    words: int = 0  # of the text and of the reading together
    edits: int = 0
    length: int = 0
    seconds: float = 0.0

    @property
    def f1(self) -> float:
        return 2 * self.common / self.words if self.words else 1.0

    @property
    def cer(self) -> float:
        return self.edits / max(1, self.length)


def total(scores: Sequence[Score]) -> Score:
    return Score(*(sum(values) for values in zip(*scores, strict=True))) if scores else Score()


def score(truth: str, read: str, language: str, seconds: float = 0.0) -> Score:
    pattern = _CHARACTER if language in UNSPACED else _WORD
    wanted, found = (Counter(pattern.findall(text.casefold())) for text in (truth, read))
    plain, other = (_folded(text, language) for text in (truth, read))
    edits = Levenshtein.distance(plain, other)
    return Score((wanted & found).total(), wanted.total() + found.total(), edits, len(plain), seconds)


def _folded(text: str, language: str) -> str:
    """Without what typing cannot tell; Chinese and Japanese have no spaces."""
    between = "" if language in UNSPACED else " "
    return re.sub(r"\s+", between, text.translate(_TYPED)).strip()


def raw(path: Path, language: str) -> str:
    return _said(["tesseract", str(path), "-", "-l", language])


def ocrmypdf(path: Path, language: str) -> str:
    with TemporaryDirectory() as folder:
        told = Path(folder) / "text"
        options = ["--rotate-pages", "--deskew", "--clean", "--jobs", "1", "--image-dpi", str(_DPI)]
        target = ["--output-type", "pdf", "--sidecar", str(told), str(path), f"{folder}/page.pdf"]
        _said(["ocrmypdf", *options, "--language", language, *target])
        return told.read_text("utf-8")


def _said(command: Sequence[str]) -> str:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment)
    return done.stdout.decode(errors="replace")


def ours(path: Path, language: str, *, engine: str) -> str:
    return recognise(path, language, engine=engine).text


SYSTEMS: dict[str, System] = {
    "raw": raw,
    "ocrmypdf": ocrmypdf,
    **{name: partial(ours, engine=name) for name in ENGINES},
}


def main() -> None:
    asked = _arguments()
    systems = [name for name in asked.systems.split(",") if name != "ocrmypdf" or shutil.which(name)]
    with ProcessPoolExecutor(asked.processes) as pool:
        for folder in asked.folders:
            _tell_folder(folder, systems, pool, asked.languages or "eng")
        if not asked.folders:
            _tell_rendered(systems, pool, asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--languages", help="default: all that can be rendered; English for a FOLDER")
    parser.add_argument("--damages", default=",".join([UNDAMAGED, *FOURTEEN]))
    parser.add_argument("--systems", default="raw,ocrmypdf,tesseract,best")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def _tell_folder(folder: Path, systems: Sequence[str], pool: ProcessPoolExecutor, language: str) -> None:
    """One line for each system. ``language``: one or several, as ``eng+deu``, of each image."""
    images = list(images_of(folder))
    if not images:
        raise SystemExit(f"{folder}: no images with their texts")
    for name in systems:
        jobs = [pool.submit(_score_file, image, truth, language, name) for image, truth in images]
        found = total([job.result() for job in jobs])
        print(
            f"{folder.name:12} {name:12} word F1 {found.f1:.3f}, CER {found.cer:.3f}, {found.seconds:.0f} s"
        )


def images_of(folder: Path) -> Iterator[tuple[Path, Path]]:
    for truth in sorted(folder.glob("*.txt")):
        yield from ((image, truth) for image in folder.glob(f"{truth.stem}.*") if image != truth)


def _score_file(image: Path, truth: Path, language: str, system: str) -> Score:
    return _score(system, image, truth.read_text("utf-8"), language)


def _score(system: str, image: Path, truth: str, language: str) -> Score:
    started = time.monotonic()
    try:
        read = SYSTEMS[system](image, language)
    except (OcrsiteError, subprocess.CalledProcessError) as error:
        print(f"{system} fails on {image.name} in {language}: {error}", file=sys.stderr, flush=True)
        read = ""
    return score(truth, read, language, time.monotonic() - started)


def _tell_rendered(systems: Sequence[str], pool: ProcessPoolExecutor, asked: argparse.Namespace) -> None:
    languages = asked.languages.split("+") if asked.languages else texts()
    cases = [Case(code, name) for name in asked.damages.split(",") for code in languages]
    jobs = {(case, name): pool.submit(_score_case, case, name) for case in cases for name in systems}
    found = {}
    for (case, name), job in jobs.items():
        found[case, name] = job.result()
        print(f"{len(found)}/{len(jobs)} {case.damage} {case.language} {name}", end="\r", file=sys.stderr)
    _tell_clean(systems, found)
    _tell_damages(systems, found)


def _tell_clean(systems: Sequence[str], found: dict[tuple[Case, str], Score]) -> None:
    """CER and word F1 of undamaged pages, by language."""
    print(f"\n{'clean pages':16}" + "".join(f"{name:>20}" for name in systems))
    for case in dict.fromkeys(case for case, _system in found if case.damage == UNDAMAGED):
        scores = [found[case, name] for name in systems]
        print(
            f"{case.language:16}" + "".join(f"{it.cer:9.4f}{it.f1:6.3f}{it.seconds:4.0f}s" for it in scores)
        )


def _tell_damages(systems: Sequence[str], found: dict[tuple[Case, str], Score]) -> None:
    """Word F1 as a share of the undamaged, over all languages, and the least of a language."""
    print(f"\n{'damaged pages':16}" + "".join(f"{name:>24}" for name in systems))
    for damage in dict.fromkeys(case.damage for case, _system in found):
        print(f"{damage:16}" + "".join(f"{_share(found, damage, name):>24}" for name in systems), flush=True)


def _share(found: dict[tuple[Case, str], Score], damage: str, system: str) -> str:
    scores = {case: it for (case, name), it in found.items() if name == system}
    damaged = {case.language: it for case, it in scores.items() if case.damage == damage}
    whole = {code: scores.get(Case(code, UNDAMAGED), Score(1, 2)) for code in damaged}
    share = total(list(damaged.values())).f1 / total(list(whole.values())).f1
    least = min(damaged, key=lambda code: damaged[code].f1 / max(whole[code].f1, 0.01))
    return f"{share:.3f} ({least} {damaged[least].f1 / max(whole[least].f1, 0.01):.2f})"


def _score_case(case: Case, system: str) -> Score:
    page = render(case.language, dpi=_DPI, rounds=_ROUNDS)
    truth = "\n".join([page.text] * _COPIES.get(case.damage, 1))
    image = _DAMAGES[case.damage](page.image)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{case.damage}.png"
        # A damage that leaves fewer pixels leaves fewer dots per inch.
        _save(image, path, dpi=_DPI * min(1.0, max(image.size) / max(page.image.size)))
        return _score(system, path, truth, case.language)


def _save(image: Image.Image, path: Path, *, dpi: float) -> None:
    image.save(path, compress_level=1, dpi=(dpi, dpi))


if __name__ == "__main__":
    main()
