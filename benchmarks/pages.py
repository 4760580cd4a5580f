"""Pages to measure with, drawn here: A4 at 300 dpi, set like a book, a little noisy like a scan.

The words are the commonest of English, drawn by how often they occur, so that the engine's dictionary
works as on real text. Needs the DejaVu fonts.
"""

from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
SIZE = (2480, 3508)  # A4 at 300 dpi
_MARGIN = 250
_WORDS = """
the of and to in that was his he it with is for as had you not be her on at by which have or from this him but
all she they were my are me one their so an said them we who would been will no when there if more out up into
do any your what has man could other than our some very time upon about may its only now like little then can
made should did us such great before must two these see know over much down after first good men own never most
old shall day where those came come himself way work life without go make well through being long say might how
am too again under house many hand every between water country father night morning letter table window garden
""".split()  # noqa: SIM905


def draw(random: Random, *, noise: float = 0.04) -> Image.Image:
    """One page of about 400 words, mode L."""
    page = Image.new("L", SIZE, 248)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(FONT, 46)
    for y in range(_MARGIN, SIZE[1] - _MARGIN, 74):
        if random.random() < 0.08:
            continue  # the gap between two paragraphs
        pen.text((_MARGIN, y), _line(random, font), fill=30, font=font)
    grain = Image.frombytes("L", SIZE, random.randbytes(SIZE[0] * SIZE[1]))
    return Image.blend(page, grain.filter(ImageFilter.BoxBlur(1)), noise)


def draw_all(folder: Path, count: int) -> list[Path]:
    """``count`` pages as PNG files of ``folder``, the same ones each time."""
    random = Random(20_000)  # noqa: S311
    paths = []
    for number in range(1, count + 1):
        path = folder / f"page-{number:03d}.png"
        draw(random).save(path, compress_level=1, dpi=(300, 300))
        paths.append(path)
    return paths


def _line(random: Random, font: ImageFont.FreeTypeFont) -> str:
    weights = [1 / rank for rank in range(1, len(_WORDS) + 1)]
    words: list[str] = []
    while font.getlength(" ".join(words)) < SIZE[0] - 2 * _MARGIN - 200:
        words += random.choices(_WORDS, weights)
    return " ".join(words)
