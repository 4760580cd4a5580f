"""Which script letters belong to, from what Unicode calls them."""

import unicodedata
from collections import Counter
from functools import cache

# How the names of a script's letters begin; other scripts call theirs by their own English name.
_BEGINNINGS = {
    "Latn": ("LATIN",), "Latf": ("LATIN",), "Viet": ("LATIN",), "Cyrl": ("CYRILLIC",), "Grek": ("GREEK",),
    "Arab": ("ARABIC",), "Armn": ("ARMENIAN",), "Beng": ("BENGALI",), "Cans": ("CANADIAN",),
    "Cher": ("CHEROKEE",), "Deva": ("DEVANAGARI",), "Ethi": ("ETHIOPIC",), "Geor": ("GEORGIAN",),
    "Gujr": ("GUJARATI",), "Guru": ("GURMUKHI",), "Hans": ("CJK",), "Hant": ("CJK",), "Hebr": ("HEBREW",),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"), "Khmr": ("KHMER",), "Knda": ("KANNADA",),
    "Kore": ("HANGUL",), "Laoo": ("LAO",), "Mlym": ("MALAYALAM",), "Mymr": ("MYANMAR",), "Orya": ("ORIYA",),
    "Sinh": ("SINHALA",), "Syrc": ("SYRIAC",), "Taml": ("TAMIL",), "Telu": ("TELUGU",), "Thaa": ("THAANA",),
    "Thai": ("THAI",), "Tibt": ("TIBETAN",),
}  # fmt: skip


def own_share(text: str, script: str) -> float:
    """The share of the letters of ``text`` that belong to ``script`` (ISO 15924).

    Figures without letters are taken for Latin; two letters among figures are none of another script.
    """
    letters = Counter(alphabet_of(letter) for letter in text if letter.isalpha())
    own = sum(letters[beginning] for beginning in _BEGINNINGS[script])
    if script == "Latn":
        return own / letters.total() if letters else 1.0
    figures = sum(letter.isdigit() for letter in text)
    return own / letters.total() if own > 2 or own > figures else 0.0


@cache
def alphabet_of(letter: str) -> str:
    """What Unicode calls the alphabet of a letter: ``LATIN``, ``CYRILLIC``, ``CJK``."""
    return unicodedata.name(letter, "").split(" ", 1)[0]


def is_chinese(text: str) -> bool:
    """Whether a text in Chinese characters is not Japanese, which has kana in nearly every line."""
    kana = sum("\u3041" <= letter <= "\u30ff" for letter in text)
    return kana < 0.1 * len(text)


def chinese_form(text: str) -> str | None:
    """``Hans`` or ``Hant``, as more letters of ``text`` are only in the one or the other national standard;
    None when it may be either."""
    surplus = traditional_surplus(text)
    if abs(surplus) < max(3, 0.05 * len(text)):
        return None
    return "Hant" if surplus > 0 else "Hans"


def traditional_surplus(text: str) -> int:
    """By how much the letters of ``text`` that are in Big5 alone outnumber those in GB 2312 alone."""
    return sum(_is_in(letter, "big5") - _is_in(letter, "gb2312") for letter in text)


@cache
def _is_in(letter: str, standard: str) -> bool:
    try:
        letter.encode(standard)
    except UnicodeEncodeError:
        return False
    return True
