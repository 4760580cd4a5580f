"""Which words of a page deserve a look. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from documents.ocr.correcting.misreadings import core
from documents.ocr.elements import Word

# Below this confidence (0-100) an engine was unsure of a word, and a page's figure is shown as low.
UNSURE = 60


class KnownTerms:
    """Words, and terms of several words, that are right however unsure an engine was of them.

    What stands around a word does not count: ``(Trajan,`` is ``Trajan``.
    """

    def __init__(self, terms: Iterable[str] = ()) -> None:
        # By the first word and by how many there are: thousands of terms may begin alike.
        self._by_first: dict[str, dict[int, set[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(set))
        for term in terms:
            words = tuple(core(piece) for piece in term.split())
            self._by_first[words[0]][len(words)].add(words)

    def among(self, words: Sequence[Word]) -> list[bool]:
        """Of each word of a line, whether it is known or a part of a known term."""
        if not self._by_first:
            return [False] * len(words)
        cores = tuple(core(word.text) for word in words)
        begun = [0] * (len(cores) + 1)  # terms that begin at a word, less those that ended before it
        for start, end in self._found(cores):
            begun[start] += 1
            begun[end] -= 1
        return [open_terms > 0 for open_terms in accumulate(begun[:-1])]

    def _found(self, cores: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        for start, first in enumerate(cores):
            for length, terms in self._by_first.get(first, {}).items():
                end = start + length
                if cores[start:end] in terms:
                    yield start, end


def doubtful(words: Sequence[Word], known: KnownTerms) -> list[bool]:
    """Of each word of a line, whether the engine was unsure of it and its reader's list does not have it."""
    pairs = zip(words, known.among(words), strict=True)
    return [word.confidence < UNSURE and not is_known for word, is_known in pairs]
