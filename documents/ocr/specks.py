"""Dirt that was taken for text: specks and scratches are read as lone letters, however surely. Pure."""

import re
from collections.abc import Iterable

from documents.ocr.elements import Line

_SPECK = 2  # letters and figures, at most
_CJK = re.compile(  # letters of Han, kana and hangul
    "[\u1100-\u11ff\u3005-\u3007\u3041-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U000323af]"
)


def are_specks(lines: Iterable[Line]) -> bool:
    """Whether most lines are too short to be text. Without any there are no letters either."""
    is_long = [_is_long(line) for line in lines]
    return sum(is_long) <= len(is_long) / 2


def _is_long(line: Line) -> bool:
    """Whether it is long enough to be no speck; a Chinese, Japanese or Korean letter is as good as a word."""
    letters = [letter for letter in line.text if letter.isalnum()]
    return len(letters) > _SPECK or any(map(_CJK.match, letters))
