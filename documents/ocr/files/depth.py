"""Which values of deep samples (16 bits and more, floats) stand for black and white. Pure."""


def black_and_white(low: float, high: float, *, is_float: bool) -> tuple[float, float]:
    """The values that stand for black and white in samples between ``low`` and ``high``.

    Files call samples “16 bits” that fill 10 or 12 of them, so the depth is that of the largest value;
    floats up to 1 run from 0 to 1. Only samples below 0 are stretched to their own range.
    """
    if low < 0:
        return low, max(high, low + 1)
    if is_float and high <= 1:
        return 0, 1
    return 0, max(1, 2 ** int(high).bit_length() - 1)
