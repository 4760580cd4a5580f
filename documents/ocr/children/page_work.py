"""A page of a file, from its pixels to its words: what the children of `documents.services.at_once` do.

It leads a group of its own, so that who ends it ends the engine's program with it.
"""

import os
import tempfile
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from documents.ocr.children.serve import Request, serve
from documents.ocr.files.load import open_page
from documents.ocr.options import Cleaning, Layout, Limits, Options
from documents.ocr.packing import pack
from documents.ocr.tiled import read_opened


def _read(request: Request, _pixels: memoryview) -> Mapping[str, Any]:
    tempfile.tempdir = request["scratch"]
    asked = request["options"]
    options = Options(
        languages=tuple(asked["languages"]),
        engine=asked["engine"],
        cleaning=Cleaning(asked["cleaning"]),
        layout=Layout(asked["layout"]),
        timeout=asked["timeout"],
        suggest=False,
    )
    limits = Limits(**request["limits"])
    opened = open_page(Path(request["path"]), request["index"], limits=limits, max_pixels=options.max_pixels)
    return {"page": b64encode(pack(read_opened(opened, options))).decode()}


if __name__ == "__main__":
    os.setpgrp()
    serve(_read)
