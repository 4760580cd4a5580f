"""Which letters a language is written with, and so what a recogniser of all scripts at once may read.

By the code of Tesseract's pack. A recogniser that knows 18,000 signs takes a row of asterisks for Chinese and
dust over a letter for an accent, unless it is told the language.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product
from string import ascii_letters, digits, punctuation
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float32]
Places = NDArray[np.intp]

# Letters beside a to z: the main exemplar characters of CLDR, small; capitals are derived.
_LATIN = {
    "afr": "áâèéêëîïôöúû",
    "aze": "çəğıİöşü",
    "bos": "čćđšž",
    "bre": "êñôùü",
    "cat": "àçèéíïòóúü",
    "ceb": "",
    "ces": "áčďéěíňóřšťúůýž",
    "cos": "àèìòù",
    "cym": "àáâäèéêëìíîïòóôöùúûüẁẃŵẅỳýŷÿ",
    "dan": "æøåé",
    "deu": "äöüß",
    "eng": "",
    "epo": "ĉĝĥĵŝŭ",
    "est": "äõöüšž",
    "eus": "çñ",
    "fao": "áðíóúýæø",
    "fil": "ñ",
    "fin": "åäöšž",
    "fra": "àâæçèéêëîïôœùûüÿ",
    "fry": "âäéêëïôöúû",
    "gla": "àèéìòóù",
    "gle": "áéíóú",
    "glg": "áéíñóúü",
    "hat": "àèò",
    "hrv": "čćđšž",
    "hun": "áéíóöőúüű",
    "ind": "",
    "isl": "áðéíóúýþæö",
    "ita": "àèéìòóù",
    "jav": "âåèéêìòù",
    "kmr": "çêîşû",
    "lat": "āēīōū",
    "lav": "āčēģīķļņšūž",
    "lit": "ąčęėįšųūž",
    "ltz": "äéë",
    "mlt": "àèìòùċġħż",
    "mri": "āēīōū",
    "msa": "",
    "nld": "áäéëíïóöúü",
    "nor": "æøåàéóòô",
    "oci": "àáçèéíïòóú",
    "pol": "ąćęłńóśźż",
    "por": "àáâãçéêíòóôõú",
    "que": "ñ",
    "ron": "ăâîșț",
    "slk": "áäčďéíĺľňóôŕšťúýž",
    "slv": "čšž",
    "spa": "áéíñóúü",
    "sqi": "çë",
    "srp_latn": "čćđšž",
    "sun": "é",
    "swa": "",
    "swe": "åäöé",
    "tur": "çğıİöşüâîû",
    "uzb": "",
    "vie": "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ",
    "yor": "àáèéẹìíòóọṣùú",
}
_GREEK = {"ell": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"}
_PLAIN = ascii_letters + digits + punctuation
# Signs that stand in texts of any language.
_SIGNS = "¡¢£¥§©«®°±²³´·»¼½¾¿÷–—‘’‚“”„†•…‰′″€™−№"
# What every reader of the language knows: the first level of its character set, sorted by use.
_FIRST_LEVEL = {
    "chi_sim": ("gb2312", 0xB0, 0xD7),
    "chi_tra": ("big5", 0xA4, 0xC6),
    "jpn": ("euc_jp", 0xB0, 0xCF),
}
_PUNCTUATION = ((0x3000, 0x3040), (0x30FB, 0x3100), (0xFE30, 0xFE50))
_WIDE_FORMS = ((0xFF01, 0xFFEF),)
_KANA = ((0x3041, 0x3094), (0x30A1, 0x30F7))
_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))
# Of 5,401 characters that Traditional Chinese needs, the recogniser of PP-OCR lacks seven rare ones.
_ENOUGH = 0.995
# As many times surer must the recogniser be of a foreign letter of the same script, as in a name. On receipts
# in English it takes dust for accents: their word F1 is 0.957 without, 0.956 with one in ten, 0.955 with all.
_FOREIGN = 0.1
# A recogniser trained on Chinese holds spaces back. Where it gives one a chance of 0.1 to 0.5, there is one
# in 53 of 57 cases; from 0.03 to 0.1, in 9 of 20. So a space wins against a blank from about 0.11 on: 34
# receipts are read with a word F1 of 0.967 instead of 0.956.
_SPACE = 8.0


def readable(languages: Iterable[str], characters: Collection[str]) -> frozenset[str]:
    """Of the codes of ``languages``: those with whose letters a recogniser of ``characters`` can write."""
    known = frozenset(characters)
    return frozenset(code for code in languages if _is_covered(code, known))


def weights(languages: Sequence[str], characters: Sequence[str]) -> Weights:
    """What the chance of each of ``characters`` counts in a text in these languages; 0: it is not read. An
    empty one stands for no letter, and counts fully."""
    letters = _letters(languages)
    values = [_weight(character, letters, languages) for character in characters]
    return np.array(values, np.float32)


def twins(languages: Sequence[str], characters: Sequence[str]) -> tuple[Places, Places]:
    """Places of forms as wide as an ideograph among ``characters``, and those of the letters that they are.

    In a text of another script, what looks like both is the letter, and as sure as both together; East Asian
    languages, which use both, have none.
    """
    if not _FIRST_LEVEL.keys().isdisjoint(languages):
        return np.array([], np.intp), np.array([], np.intp)
    places = {character: place for place, character in enumerate(characters)}
    wide = [c for c in characters if _is_in(c, _WIDE_FORMS) and normalize("NFKC", c) in places]
    return (
        np.array([places[character] for character in wide], np.intp),
        np.array([places[normalize("NFKC", character)] for character in wide], np.intp),
    )


def _is_covered(code: str, known: frozenset[str]) -> bool:
    letters = set(_needed(code))
    return bool(letters) and len(letters & known) >= _ENOUGH * len(letters)


def _needed(code: str) -> str:
    """The letters without which a text in the language cannot be written; none for one that is not listed."""
    if code in _FIRST_LEVEL:
        return "".join(_first_level(*_FIRST_LEVEL[code]))
    table = _LATIN if code in _LATIN else _GREEK
    return _both_cases(table[code]) + _PLAIN if code in table else ""


def _first_level(codec: str, first: int, last: int) -> Iterator[str]:
    for row, cell in product(range(first, last + 1), range(0x40, 0xFF)):
        character = bytes((row, cell)).decode(codec, errors="ignore")
        if len(character) == 1 and _is_in(character, _HAN):
            yield character


def _weight(character: str, letters: frozenset[str], languages: Sequence[str]) -> float:
    if character == " ":
        return _SPACE
    if not character or character in letters or _is_east_asian(character, languages):
        return 1.0
    is_latin = character < "\u0250"
    return _FOREIGN if is_latin or not (character.isalpha() or _is_wide(character)) else 0.0


def _letters(languages: Sequence[str]) -> frozenset[str]:
    own = "".join(_LATIN.get(code, "") + _GREEK.get(code, "") for code in languages)
    return frozenset(_PLAIN + _SIGNS + _both_cases(own))


def _both_cases(small: str) -> str:
    return small + "".join(capital for letter in small if len(capital := letter.upper()) == 1)


def _is_east_asian(character: str, languages: Sequence[str]) -> bool:
    if "jpn" in languages and _is_in(character, _KANA):
        return True
    is_asian = not _FIRST_LEVEL.keys().isdisjoint(languages)
    return is_asian and (_is_in(character, _HAN) or _is_wide(character))


def _is_wide(character: str) -> bool:
    """Whether it is punctuation of East Asia, or a form as wide as an ideograph."""
    return _is_in(character, (*_PUNCTUATION, *_WIDE_FORMS))


def _is_in(character: str, blocks: Iterable[tuple[int, int]]) -> bool:
    return len(character) == 1 and any(first <= ord(character) < end for first, end in blocks)
