"""Several readings of one row, and what to believe. Pure."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from documents.ocr.elements import Word, confidence_of, join_words

Reading = Sequence[Word]

# A vote in the manner of ROVER (J. Fiscus, 1997): where readings differ, the surest wins, and each other that
# reads the same makes it surer. With 5 to 30 points for that, and 40 to 70 for “nothing”, the word F1 of 34
# receipts changes by 0.004.
_AGREEMENT = 15.0
_NOTHING = 50.0  # as sure is a reading without any word
_SLACK = 0.25  # of the width of a word: so far may its neighbour's box reach into its own


def voted(readings: Sequence[Reading]) -> list[Word]:
    """The words to believe of ``readings`` of the same row, each in reading order.

    Words that stand at the same place are put to the vote; whole readings are where one of them does not run
    from left to right.
    """
    if all(_runs_right(reading) for reading in readings):
        return [word for rivals in _rivals(readings) for word in _best(rivals)]
    return list(_best(readings))


def _runs_right(reading: Reading) -> bool:
    return all(before.box.x0 <= word.box.x0 for before, word in pairwise(reading))


def _rivals(readings: Sequence[Reading]) -> Iterator[list[list[Word]]]:
    """For each stretch of a row that no gap through all ``readings`` parts: what each of them has there."""
    marked = [(word, place) for place, reading in enumerate(readings) for word in reading]
    rivals: list[list[Word]] = [[] for _ in readings]
    right, width = 0, 0
    for word, place in sorted(marked, key=lambda pair: (pair[0].box.x0, pair[0].box.x1)):
        if any(rivals) and word.box.x0 >= right - _SLACK * min(word.box.width, width):
            yield rivals
            rivals, right = [[] for _ in readings], 0
        rivals[place].append(word)
        right, width = max(right, word.box.x1), word.box.width
    yield rivals


def _best(readings: Sequence[Reading]) -> Reading:
    texts = [join_words(reading).casefold() for reading in readings]

    def weight(place: int) -> float:
        sure = confidence_of(readings[place])
        return (_NOTHING if sure is None else sure) + _AGREEMENT * texts.count(texts[place])

    return readings[max(range(len(readings)), key=weight)]
