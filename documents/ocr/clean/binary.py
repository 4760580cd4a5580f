"""Black and white. Pure."""

import cv2
import numpy as np

from documents.ocr.clean.pixels import Pixels, grey

# J. Sauvola, M. Pietikäinen, “Adaptive document image binarization”, 2000: a pixel is ink where it is darker
# than mean · (1 + k · (deviation / R - 1)) of its window. They have k = 0.5; thin print wants less.
_K, _R = 0.2, 128.0
_WINDOW = 1 / 40  # of the shorter side: a line or two
_SMALLEST_WINDOW = 15
_ROWS = 1024  # looked at together: the sums of 60 megapixels would take a gigabyte


def black_and_white(pixels: Pixels) -> Pixels:
    plain = grey(pixels)
    reach = max(_SMALLEST_WINDOW, round(min(plain.shape) * _WINDOW)) // 2
    parts = [_sauvola(plain, top, reach) for top in range(0, plain.shape[0], _ROWS)]
    return np.concatenate(parts)


def _sauvola(plain: Pixels, top: int, reach: int) -> Pixels:
    """The rows from ``top`` on, each pixel by the window that reaches so far around it."""
    first, rows = max(0, top - reach), plain[top : top + _ROWS]
    around = plain[first : top + _ROWS + reach].astype(np.float32)
    window = (2 * reach + 1, 2 * reach + 1)
    mean = cv2.blur(around, window)
    deviation = np.sqrt(np.maximum(cv2.blur(around * around, window) - mean * mean, 0))
    bound = mean * (1 + _K * (deviation / _R - 1))
    return np.where(rows > bound[top - first : top - first + len(rows)], 255, 0).astype(np.uint8)
