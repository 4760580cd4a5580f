"""Draw the four sample documents anew: ``python documents/samples/make.py`` (needs the DejaVu fonts).

The files beside this script are its output, kept so that a site needs no fonts to offer them.
"""

from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FOLDER = Path(__file__).parent
FONTS = Path("/usr/share/fonts/truetype/dejavu")
INK = 35
A4_150DPI = (1240, 1754)

LETTER = """\
To the reading room

Dear colleagues,

the third box of letters has been scanned. Most of them
are in English, some in Russian. Here is one in both:

Дорогие друзья!
Спасибо за вашу посылку. Книги дошли в целости,
и мы прочитали их за одну неделю.
С наилучшими пожеланиями, Анна

Please check the names before you file it.
"""

RECEIPT = """\
     CORNER BAKERY
   12 Mill Lane, Riverton

 2 x Rye bread        7.80
 1 x Apple cake      14.50
 3 x Coffee           8.40
 1 x Orange juice     3.20
 --------------------------
 Total               33.90
 Cash                40.00
 Change               6.10

 19.10.2026  08:42   No 0417
   Thank you. Come again!
"""

LEFT_COLUMN = """\
The night train

It left at nine in
the evening, when
the lamps along the
platform were lit.
Nobody spoke. The
guard walked down
the carriages and
closed the doors,
one after another.
"""

RIGHT_COLUMN = """\
The harbour

In the morning the
sea lay grey and
flat as a table.
Gulls stood on the
wall, facing the
wind. A boat came
in, slowly, with
its engine off and
its ropes ready.
"""

MINUTES = (
    """\
Minutes of the garden club

Present: seven members. The chair opened the meeting
at six o'clock.

1. The water barrel leaks. Two members will mend it
   before the first frost.
2. The seed swap takes place on the first Sunday
   in March.
""",
    """\
3. The old pear tree stays. It was agreed to prune it
   in February and to label the graft.
4. The fee remains at twelve pounds a year.

The meeting closed at a quarter past seven. Cake was
served afterwards.
""",
)


def font(size: int, style: str = "Serif") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"DejaVu{style}.ttf", size)


def sheet(size: tuple[int, int] = A4_150DPI, paper: int = 250) -> Image.Image:
    return Image.new("L", size, paper)


def write(page: Image.Image, text: str, at: tuple[int, int], size: int, style: str = "Serif") -> None:
    ImageDraw.Draw(page).multiline_text(at, text, fill=INK, font=font(size, style), spacing=size * 0.55)


def photographed(page: Image.Image, degrees: float, random: Random) -> Image.Image:
    """``page`` as a hand-held camera sees it: a little crooked, soft and uneven."""
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=222)
    noise = Image.frombytes("L", turned.size, random.randbytes(turned.width * turned.height))
    return Image.blend(
        turned.filter(ImageFilter.GaussianBlur(0.7)), noise.filter(ImageFilter.GaussianBlur(1)), 0.06
    )


def main() -> None:
    letter = sheet((1240, 1000))
    write(letter, LETTER, (110, 90), 30)
    letter.save(FOLDER / "letter.png", optimize=True)

    receipt = sheet((640, 820), paper=236)
    write(receipt, RECEIPT, (50, 50), 28, "SansMono")
    noise = Random(417)  # noqa: S311 -- the same receipt each time
    photographed(receipt, 2.0, noise).save(FOLDER / "receipt.jpg", quality=70)

    columns = sheet((1240, 900))
    write(columns, LEFT_COLUMN, (110, 90), 34)
    write(columns, RIGHT_COLUMN, (680, 90), 34)
    columns.save(FOLDER / "columns.png", optimize=True)

    pages = [sheet() for _text in MINUTES]
    for page, text in zip(pages, MINUTES, strict=True):
        write(page, text, (120, 140), 32)
    pages[0].save(FOLDER / "minutes.pdf", save_all=True, append_images=pages[1:], resolution=150, quality=60)


if __name__ == "__main__":
    main()
