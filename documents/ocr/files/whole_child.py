"""Whether the one page of an image that is cut off can be decoded: the work of child processes of `whole`."""

from pathlib import Path
from typing import Any

from documents.ocr.files.apart import answer
from documents.ocr.files.ending import end_with_parent
from documents.ocr.files.load import open_page
from documents.ocr.options import Limits

# Bytes of address space: what is larger than 40 megapixels is decoded by a further process.
_MEMORY = 4 << 30
_ENOUGH = 1_000_000  # pixels: nobody looks at them, and a JPEG is decoded smaller


def try_to_open(request: Any) -> None:
    """Raises what `open_page` does."""
    open_page(Path(request["path"]), limits=Limits(**request["limits"]), max_pixels=_ENOUGH)


if __name__ == "__main__":
    end_with_parent()
    answer(try_to_open, memory=_MEMORY)
