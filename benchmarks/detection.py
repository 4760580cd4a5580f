"""How often the languages of a page are found, and what that costs beside reading it.

    python -m benchmarks.detection [--no-reading] [CODE …]

For each language of ``detection.txt``, where its pack is installed: a full A4 page, one paragraph and one
short line; then pages in two or three languages and pages turned around. Needs the Noto fonts (Debian:
``fonts-noto-core fonts-noto-cjk``). Times are CPU seconds of the engine's processes and of this one.
"""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from documents.ocr.clean import rotate
from documents.ocr.detection.detect import detect
from documents.ocr.detection.identify import identify
from documents.ocr.engines.tesseract import Tesseract

TEXTS = Path(__file__).with_name("detection.txt")
_NOTO = Path("/usr/share/fonts/truetype/noto")
_CJK = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
_CJK_FACES = {"jpn": 0, "kor": 1, "chi_sim": 2, "chi_tra": 3}
_FACES = {"ara": "NotoNaskhArabic", "heb": "NotoSerifHebrew", "hin": "NotoSerifDevanagari"}
_RIGHT_TO_LEFT = ("ara", "heb")
_UNSPACED = ("jpn", "chi_sim", "chi_tra")
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


class Case(NamedTuple):
    name: str
    codes: frozenset[str]
    image: Image.Image
    rotation: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("codes", nargs="*", metavar="CODE")
    parser.add_argument("--no-reading", action="store_true", help="do not read the A4 pages for comparison")
    options = parser.parse_args()
    engine = Tesseract()
    installed = engine.languages()
    identify(["warm up"], "Latn", installed, "eng")  # the model is read once, by every process
    print(
        f"{'page':24} {'found':18} {'rotation':>8} {'confidence':>10} {'detect':>7} {'read':>6} {'share':>6}"
    )
    right = total = 0
    for case in _cases(_texts(), installed, set(options.codes)):
        before = _cpu()
        found = detect(case.image, engine)
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


def _texts() -> dict[str, list[str]]:
    """Paragraphs by code."""
    texts: dict[str, list[str]] = {}
    for line in TEXTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            paragraphs = texts[line[1:-1]] = []
        else:
            paragraphs.append(line)
    return texts


def _cases(texts: dict[str, list[str]], installed: frozenset[str], wanted: set[str]) -> Iterator[Case]:
    codes = [code for code in texts if code in installed and (not wanted or code in wanted)]
    for code in codes:
        yield Case(f"{code}, A4", frozenset((code,)), _page([(code, texts[code])]))
    for code in codes:
        yield Case(
            f"{code}, paragraph", frozenset((code,)), _page([(code, texts[code][:1])], (1400, 600), 60, 36)
        )
    for code in codes:
        short = texts[code][1][: 12 if code in _CJK_FACES else 30]
        yield Case(f"{code}, line", frozenset((code,)), _page([(code, [short])], (700, 120), 30, 36))
    for pair in _MIXED:
        both = pair.split("+")
        if set(both) <= set(codes):
            yield Case(f"{pair}, A4", frozenset(both), _page([(code, texts[code]) for code in both]))
    for code in set(codes) & {"eng", "rus", "jpn", "ara"}:
        for turned in (90, 180, 270):
            page = rotate(_page([(code, texts[code])]), turned)
            yield Case(f"{code}, turned by {turned}", frozenset((code,)), page, 360 - turned)


def _page(
    parts: list[tuple[str, list[str]]], size: tuple[int, int] = _A4, margin: int = _MARGIN, px: int = 46
) -> Image.Image:
    """The paragraphs of each part over and over, in its share of the page."""
    page = Image.new("L", size, 245)
    y = margin
    for number, (code, paragraphs) in enumerate(parts, start=1):
        end = margin + (size[1] - 2 * margin) * number // len(parts)
        while y < end - px:
            y = _set(page, code, paragraphs, y, end, margin, px) + px
            if size != _A4:
                break
    return page


def _set(page: Image.Image, code: str, paragraphs: list[str], y: int, end: int, margin: int, px: int) -> int:
    pen, font = ImageDraw.Draw(page), _font(code, px)
    for line in (
        line for paragraph in paragraphs for line in _lines(paragraph, code, font, page.width - 2 * margin)
    ):
        if y > end - px:
            break
        if code in _RIGHT_TO_LEFT:
            pen.text((page.width - margin, y), line, fill=20, font=font, anchor="ra", direction="rtl")
        else:
            pen.text((margin, y), line, fill=20, font=font)
        y += px * 3 // 2
    return y


def _font(code: str, px: int) -> ImageFont.FreeTypeFont:
    if code in _CJK_FACES:
        return ImageFont.truetype(_CJK, px, index=_CJK_FACES[code])
    return ImageFont.truetype(_NOTO / f"{_FACES.get(code, 'NotoSerif')}-Regular.ttf", px)


def _lines(text: str, code: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    between = "" if code in _UNSPACED else " "
    line = ""
    for word in text if code in _UNSPACED else text.split():
        longer = f"{line}{between}{word}" if line else word
        if line and font.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    yield line


if __name__ == "__main__":
    main()
