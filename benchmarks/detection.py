"""How often the languages of a page are found, and what that costs beside reading it.

    PYTHONPATH=. python benchmarks/detection.py [--no-reading] [--only paragraphs|pairs] [CODE …]

For each language of ``detection.txt``, where its pack is installed: a full A4 page, one paragraph and one
short line; then pages in two or three languages and pages turned around. With ``--only paragraphs`` each
paragraph by itself, as sharp, small, blurred and noisy print; with ``--only pairs`` pages of 200 dpi in two
languages, as halves, in columns and turn and turn about, in larger and in smaller print. Needs the Noto
fonts (Debian: ``fonts-noto-core fonts-noto-cjk``). Times are CPU seconds of the engine's processes and of
this one.
"""

import argparse
import os
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter
from rendered import CJK, pitch, texts, typeset

from documents.ocr.clean import rotate, tidied
from documents.ocr.detection.detect import detect
from documents.ocr.detection.identify import identify
from documents.ocr.engines.tesseract import Tesseract
from documents.ocr.options import Options

_A4 = (2480, 3508)  # at 300 dpi
_MARGIN = 250
_MIXED = (
    "eng+rus",
    "eng+ell",
    "eng+ara",
    "eng+jpn",
    "kor+eng",
    "hin+eng",
    "chi_sim+eng",
    "deu+fra",
    "ces+pol",
    "eng+rus+ell",
    "deu+heb+jpn",
    "fra+ara+ukr",
)
_PAIRS = (
    *(pair for pair in _MIXED if pair.count("+") == 1),
    "eng+fra",
    "eng+deu",
    "spa+por",
    "ita+fra",
    "nld+deu",
    "pol+ukr",
    "tur+eng",
    "vie+fra",
    "rus+deu",
    "heb+eng",
    "chi_tra+eng",
)


class Case(NamedTuple):
    name: str
    codes: frozenset[str]
    image: Image.Image
    rotation: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("codes", nargs="*", metavar="CODE")
    parser.add_argument("--no-reading", action="store_true", help="do not read the A4 pages for comparison")
    parser.add_argument("--only", choices=("paragraphs", "pairs"))
    options = parser.parse_args()
    engine = Tesseract()
    installed = engine.languages()
    identify(["warm up"], "Latn", installed, "eng")  # the model is read once, by every process
    print(
        f"{'page':24} {'found':18} {'rotation':>8} {'confidence':>10} {'detect':>7} {'read':>6} {'share':>6}"
    )
    right = total = 0
    cases = {"paragraphs": _paragraphs, "pairs": _pairs}.get(options.only, _cases)
    for case in cases(texts(), installed, set(options.codes)):
        before = _cpu()
        found = detect(tidied(case.image, Options()).image, engine)
        cost = _cpu() - before
        is_right = set(found.languages) == case.codes and found.rotation == case.rotation
        right, total = right + is_right, total + 1
        line = f"{case.name:24} {'+'.join(found.languages):18} {found.rotation:8} {found.confidence:10.0f}"
        line += f" {cost:6.2f}s"
        if not options.no_reading and case.image.width * case.image.height > 4_000_000:
            before = _cpu()
            engine.read(rotate(case.image, case.rotation), sorted(case.codes), timeout=600)
            line += f" {_cpu() - before:5.2f}s {cost / (_cpu() - before):6.0%}"
        print(line + ("" if is_right else "   WRONG"), flush=True)
    print(f"{right} of {total} right")


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _codes(known: dict[str, list[str]], installed: frozenset[str], wanted: set[str]) -> list[str]:
    return [code for code in known if code in installed and (not wanted or code in wanted)]


def _paragraphs(known: dict[str, list[str]], installed: frozenset[str], wanted: set[str]) -> Iterator[Case]:
    noise = np.random.default_rng(7)
    for code in _codes(known, installed, wanted):
        for number, text in enumerate(known[code], start=1):
            for style in ("sharp", "small", "blurred", "noisy"):
                image = _page([(code, [text])], (1400, 700), 60, 22 if style == "small" else 40)
                if style == "blurred":
                    image = image.filter(ImageFilter.GaussianBlur(1.5))
                if style == "noisy":
                    grain = noise.normal(0, 8, (image.height, image.width))
                    image = Image.fromarray((np.asarray(image) + grain).clip(0, 255).astype("uint8"))
                yield Case(f"{code} {number}, {style}", frozenset((code,)), image)


def _pairs(known: dict[str, list[str]], installed: frozenset[str], wanted: set[str]) -> Iterator[Case]:
    codes = _codes(known, installed, wanted)
    for pair in _PAIRS:
        one, other = parts = pair.split("+")
        if not set(parts) <= set(codes):
            continue
        for px in (32, 26):
            size, margin = (1654, 2339), 160
            halves = _page([(code, known[code]) for code in parts], size, margin, px, is_full=True)
            yield Case(f"{pair}, halves, {px} px", frozenset(parts), halves)
            columns = Image.new("L", size, 245)
            for place, code in enumerate(parts):
                column = _page([(code, known[code])], (size[0] // 2, size[1]), 60, px, is_full=True)
                columns.paste(column, (place * size[0] // 2, 0))
            yield Case(f"{pair}, columns, {px} px", frozenset(parts), columns)
            alternating = zip(known[one], known[other], strict=True)
            turns = [(code, [text]) for both in alternating for code, text in zip(parts, both, strict=True)]
            yield Case(f"{pair}, in turn, {px} px", frozenset(parts), _page(turns, size, margin, px))


def _cases(known: dict[str, list[str]], installed: frozenset[str], wanted: set[str]) -> Iterator[Case]:
    codes = _codes(known, installed, wanted)
    for code in codes:
        yield Case(f"{code}, A4", frozenset((code,)), _page([(code, known[code])]))
    for code in codes:
        yield Case(
            f"{code}, paragraph", frozenset((code,)), _page([(code, known[code][:1])], (1400, 600), 60, 36)
        )
    for code in codes:
        short = known[code][1][: 12 if code in CJK else 30]
        yield Case(f"{code}, line", frozenset((code,)), _page([(code, [short])], (700, 120), 30, 36))
    for pair in _MIXED:
        both = pair.split("+")
        if set(both) <= set(codes):
            yield Case(f"{pair}, A4", frozenset(both), _page([(code, known[code]) for code in both]))
    for code in set(codes) & {"eng", "rus", "jpn", "ara"}:
        for turned in (90, 180, 270):
            page = rotate(_page([(code, known[code])]), turned)
            yield Case(f"{code}, turned by {turned}", frozenset((code,)), page, 360 - turned)


def _page(
    parts: list[tuple[str, list[str]]],
    size: tuple[int, int] = _A4,
    margin: int = _MARGIN,
    px: int = 46,
    *,
    is_full: bool = False,
) -> Image.Image:
    """The paragraphs of each part in its share of the page; again and again on A4 or if ``is_full``."""
    page = Image.new("L", size, 245)
    y = margin
    for number, (code, paragraphs) in enumerate(parts, start=1):
        end = margin + (size[1] - 2 * margin) * number // len(parts)
        while y < end - px:
            drawn = typeset(page, paragraphs, code, px=px, margin=margin, rows=(y, end), ink=20)
            y += len(drawn) * pitch(px) + px
            if size != _A4 and not is_full:
                break
    return page


if __name__ == "__main__":
    main()
