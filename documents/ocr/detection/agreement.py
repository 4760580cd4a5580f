"""Which alphabet a page is in, where its strips were read in several that share shapes. Pure.

A sum, ΤΟΤΑΙ and МЕТРНТА are read in the wrong one of them as surely as in their own, and many lines of a
receipt are no more than that: they go with the rest of the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Reading:
    """Of one strip: ``confidence`` 0–100, less where the letters are not of ``script`` (ISO 15924)."""

    script: str = ""
    confidence: float = 0.0
    text: str = ""


ALIKE = ("Latn", "Cyrl", "Grek")  # alphabets that share shapes
# By so much surer is the reading of a strip in its own alphabet than in another: on drawn pages in two by 18
# and more; on drawn receipts in one, a wrong one is surer by up to 12.
_SURER = 15.0
_TELLING = 3  # letters; fewer beside figures tell no alphabet


def is_telling(reading: Reading) -> bool:
    """Whether there are letters enough to tell an alphabet; figures are in none."""
    return sum(map(str.isalpha, reading.text)) >= _TELLING


def agreed(strips: Sequence[Mapping[str, Reading]]) -> list[Reading]:
    """The reading of each strip, of those in several alphabets (by script, at least one each): in the one
    that explains most of the page, unless another one is clearly surer of it. A strip that tells nothing
    keeps its text and goes with the page."""
    explained = _explained(strips)
    main = max(explained, key=lambda script: explained[script], default="")
    return [_chosen(readings, main) for readings in strips]


def _explained(strips: Sequence[Mapping[str, Reading]]) -> dict[str, tuple[int, float]]:
    """By script: the letters of strips that are read in it about as well as in any other, and how surely."""
    found: dict[str, tuple[int, float]] = {}
    for readings in strips:
        best = _surest(readings)
        for script, reading in readings.items():
            if is_telling(best) and reading.confidence > best.confidence - _SURER:
                letters, confidence = found.get(script, (0, 0.0))
                size = len(best.text)
                found[script] = letters + size, confidence + size * reading.confidence
    return found


def _chosen(readings: Mapping[str, Reading], main: str) -> Reading:
    best = _surest(readings)
    if not main or not best.script:
        return best
    if not is_telling(best):
        return replace(best, script=main)
    own = readings.get(main, best)
    return own if own.confidence > best.confidence - _SURER else best


def _surest(readings: Mapping[str, Reading]) -> Reading:
    return max(readings.values(), key=lambda reading: reading.confidence)
