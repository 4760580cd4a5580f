"""Which of several readings of one page to recommend. Pure."""

from collections.abc import Mapping
from typing import TypeVar

from documents.ocr.correcting.doubts import UNSURE
from documents.ocr.elements import PageText

_T = TypeVar("_T")

# Who reads only what is easy is sure of it; who reads dirt has many words, and is sure of few.
_NEARLY = 0.9


def sure_words(page: PageText) -> int:
    """How many words the engine was not unsure of: the more there are, the more was read."""
    return sum(word.confidence >= UNSURE for word in page.words)


def surest(readings: Mapping[_T, PageText]) -> _T | None:
    """The one of the highest confidence, among those that have nearly as many sure words as any; None where
    no reading has a word."""
    counts = {key: sure_words(page) for key, page in readings.items() if page.words}
    most = max(counts.values(), default=0)
    full = [key for key, count in counts.items() if count >= _NEARLY * most]
    return max(full, key=lambda key: readings[key].confidence or 0.0, default=None)
