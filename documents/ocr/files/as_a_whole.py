"""A part of an image that can only be decoded as a whole: the work of child processes of `excerpts`."""

import json
import sys
from pathlib import Path

from PIL import Image

from documents.errors import InputError
from documents.ocr.files import image_file
from documents.ocr.files.apart import DAMAGED, limit_memory
from documents.ocr.files.ending import end_with_parent
from documents.ocr.files.filetypes import read_type

# Bytes of address space: Pillow takes 1.2 GB for 300 megapixels in colour, and as much again to turn them.
_MEMORY = 4 << 30


def main() -> None:
    end_with_parent()
    limit_memory(_MEMORY)
    request = json.load(sys.stdin)
    left, top, width, height = request["box"]
    path, size = Path(request["path"]), tuple(request["size"])
    try:
        with image_file.opened(path, read_type(path)) as opened:
            opened.seek(request["frame"])
            part = image_file.read(opened, None).crop((left, top, left + width, top + height))
    except InputError as error:
        sys.stderr.write(repr(error))
        sys.exit(DAMAGED)
    if part.size != size:
        part = part.resize(size, Image.Resampling.HAMMING)
    head = {"width": part.width, "height": part.height, "channels": len(part.getbands())}
    print(json.dumps(head), flush=True)  # noqa: T201
    sys.stdout.buffer.write(part.tobytes())


if __name__ == "__main__":
    main()
