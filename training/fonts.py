"""Fonts that lines are drawn with: which there are, and which letters they have.

Some families are kept for the evaluation, so that it draws with none that the training saw.
"""

import random
import re
import subprocess
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from training.packages import font_files

# Families that no training sees, nor others of their design: a serif and a sans with all letters, and two
# with few of them.
_HELD_OUT = frozenset(("GentiumBookPlus", "GentiumPlus", "NotoSans", "NotoSansMono", "OpenSans", "PTF"))
# Cuts that are seldom printed in running text, fonts for formulas and single alphabets, and colour.
_ODD = re.compile(
    r"Thin|Hairline|Light|Black|Heavy|Math|Narrow|Condensed|Cond|Expanded|Semi[Bb]old|Medium|Extra|Retina|Display|Dingbats"
    r"|Initials|Keyboard|LinLibertine_(DR|M|RZ)|cmun(bmo|bmr|bso|bsr|btl|bto|ci|rb|obi|ssdc|tb|tt|"
    r"vi|vt|it|tx|st|ui|bi)\\."
)
# Noto has a file for each script; only those without its name are wanted.
_NOTO = re.compile(r"Noto(Sans|Serif|SansMono|SansDisplay|SerifDisplay)-")
# Whose cuts are named without a hyphen.
_FAMILY = re.compile(r"Free(Sans|Serif|Mono)|cmun|PT[A-Z]|[A-Za-z]+")
# Letters of print differ most in serifs and weight: these families are met more often than the others.
_COMMON = {
    "DejaVuSans": 2.5, "DejaVuSerif": 2.0, "FreeSans": 2.0, "FreeSerif": 2.0, "LiberationSans": 2.0,
    "LiberationSerif": 2.0, "NotoSerif": 2.5, "CharisSIL": 2.0, "DoulosSIL": 2.0, "Andika": 1.5,
    "FreeMono": 0.5, "DejaVuSansMono": 0.7, "LiberationMono": 0.7, "JetBrainsMono": 0.4,
    "FiraCode": 0.4, "Hack": 0.5,
}  # fmt: skip
_PLAIN = re.compile(r"Regular|[a-z]\.(ttf|otf)$|-regular|_R\.|Roman|PTS55F|PTF55F")


@dataclass(frozen=True, slots=True)
class Font:
    """A font file, its family, and its letters as code points."""

    path: Path
    family: str
    letters: frozenset[int]

    @property
    def is_upright(self) -> bool:
        return not re.search(r"Italic|Oblique|italic|oblique|_RI|_I\.|56F|46F", self.path.name)

    @property
    def is_plain(self) -> bool:
        return bool(_PLAIN.search(self.path.name)) and self.is_upright


class Fonts:
    """Those of a folder of packages: ``held_out`` for the evaluation, or all others for the training."""

    def __init__(self, work: Path, *, held_out: bool) -> None:
        self._families: dict[str, list[Font]] = defaultdict(list)
        for path in font_files(work):
            name = path.name
            if _ODD.search(name) or (name.startswith("Noto") and not _NOTO.match(name)):
                continue
            family = found[0] if (found := _FAMILY.match(name)) else name
            if (family in _HELD_OUT) is held_out:
                self._families[family].append(Font(path, family, _letters_of(path)))

    @property
    def families(self) -> Collection[str]:
        return self._families.keys()

    def choose(self, text: str, chance: random.Random, *, upright: bool = False) -> Font | None:
        """One that has each letter of ``text``; None where there is none."""
        wanted = set(map(ord, text)) - {ord(" ")}
        able = {
            family: fonts
            for family, all_fonts in self._families.items()
            if (
                fonts := [
                    font for font in all_fonts if wanted <= font.letters and (font.is_upright or not upright)
                ]
            )
        }
        if not able:
            return None
        names = list(able)
        fonts = able[chance.choices(names, [_COMMON.get(name, 1.0) for name in names])[0]]
        plain = [font for font in fonts if font.is_plain]
        return chance.choice(plain if plain and chance.random() < 0.5 else fonts)


@cache
def drawn_with(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """``size`` in pixels."""
    return ImageFont.truetype(path, size)


def _letters_of(path: Path) -> frozenset[int]:
    asked = ["fc-query", "--index", "0", "--format", "%{charset}", str(path)]
    told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    return frozenset(code for span in told.split() for code in _codes(span.split("-")))


def _codes(span: Sequence[str]) -> range:
    return range(int(span[0], 16), int(span[-1], 16) + 1)
