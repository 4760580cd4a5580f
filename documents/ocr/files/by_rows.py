"""A part of a JPEG, PNG or TIFF, decoded row by row by libvips: the work of child processes of `excerpts`."""

import json
import sys
from collections.abc import Mapping
from typing import Any

import pyvips

from documents.ocr.files.apart import DAMAGED, TOO_MUCH, limit_memory
from documents.ocr.files.depth import black_and_white
from documents.ocr.files.ending import end_with_parent

# Bytes of address space. Rows of a baseline JPEG take 0.2 GB; a progressive one and an interlaced PNG, of
# which no row is whole before all are there, 1.2 GB of 300 megapixels in colour.
_MEMORY = 3 << 30
_LOADERS = {"JPEG": pyvips.Image.jpegload, "PNG": pyvips.Image.pngload, "TIFF": pyvips.Image.tiffload}
_DEEP_WHITE = 65535


def main() -> None:
    end_with_parent()
    limit_memory(_MEMORY)
    request = json.load(sys.stdin)
    try:
        part = _part(request)
        print(json.dumps({"width": part.width, "height": part.height, "channels": part.bands}), flush=True)  # noqa: T201
        part.rawsave_target(pyvips.Target.new_to_descriptor(sys.stdout.fileno()))
    except pyvips.Error as error:
        sys.stderr.write(error.detail)
        sys.exit(TOO_MUCH if "out of memory" in error.detail else DAMAGED)


def _part(request: Mapping[str, Any]) -> pyvips.Image:
    left, top, width, height = request["box"]
    part = _in_8_bits(_opened(request).crop(left, top, width, height), request)
    across, down = (wanted / there for wanted, there in zip(request["size"], (width, height), strict=True))
    return part if across == down == 1 else part.resize(across, vscale=down)


def _opened(request: Mapping[str, Any]) -> pyvips.Image:
    frame = {"page": request["frame"]} if request["plugin"] == "TIFF" else {}
    load = _LOADERS[request["plugin"]]
    return load(request["path"], access="sequential", fail_on="error", **frame)


def _in_8_bits(image: pyvips.Image, request: Mapping[str, Any]) -> pyvips.Image:
    """With one channel (grey) or three (red, green, blue)."""
    if image.hasalpha():
        image = image.flatten(background=_DEEP_WHITE if image.format == "ushort" else 255)
    if image.interpretation == "cmyk":
        inks = 255 - image
        return (inks[:3] * inks[3] / 255).cast("uchar")
    if image.interpretation in ("lab", "labs", "labq"):
        return image.colourspace("b-w")
    if image.format != "uchar":
        image = _shallow(image, request)
    return image[:3] if image.bands > 3 else image[0] if image.bands == 2 else image


def _shallow(image: pyvips.Image, request: Mapping[str, Any]) -> pyvips.Image:
    """By the depth of the whole page, so that all of its parts are alike."""
    whole = _opened(request).stats()
    low, high = whole(0, 0)[0], whole(1, 0)[0]
    black, white = black_and_white(low, high, is_float=image.format in ("float", "double"))
    scale = 255 / (white - black)
    return image.linear(scale, -black * scale).cast("uchar")


if __name__ == "__main__":
    main()
