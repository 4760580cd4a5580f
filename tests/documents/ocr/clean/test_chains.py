"""Lines of letters are found by their boxes."""

import numpy as np
import pytest
from numpy.typing import NDArray

from documents.ocr.clean.chains import find_lines

pytestmark = pytest.mark.slow

Boxes = NDArray[np.int32]


def letters(count: int, *, y: int = 0) -> Boxes:
    """A line of them, each 8 by 10 pixels, with gaps of 12."""
    return np.array([(20 * place, y, 8, 10) for place in range(count)], np.int32)


def specks(count: int, *, x: int) -> Boxes:
    """As high as letters, below each other and far below the line."""
    return np.array([(x, 1000 + 12 * place, 8, 10) for place in range(count)], np.int32)


def test_each_line_is_found_from_left_to_right() -> None:
    one, two = letters(20), letters(15, y=40)
    found = find_lines(np.random.default_rng(1).permutation(np.concatenate([one, two])))
    assert sorted(map(len, found)) == [15, 20]
    assert all((np.diff(line[:, 0]) > 0).all() for line in found)


def test_a_line_is_found_among_the_letters_of_a_full_page() -> None:
    page = np.concatenate([letters(20), *(specks(300, x=20 * place + 10) for place in range(20))])
    assert any((line[:, 1] == 0).all() for line in find_lines(page))


def test_dust_is_not_searched_for_ever() -> None:
    dusty = np.concatenate([letters(20), *(specks(6000, x=20 * place + 10) for place in range(20))])
    assert not any((line[:, 1] == 0).all() for line in find_lines(dusty))
