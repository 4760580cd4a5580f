"""PP-OCR inside a process of its own: what the children of `engines.rapidocr` do.

The package rapidocr brings the models along. They are run from here: the package keeps to itself how sure it
was of each letter in each column, and looks at a page all at once, which takes five times the memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime
import rapidocr

from documents.ocr.children.serve import Request, serve
from documents.ocr.lines.alphabets import Places, Weights, twins, weights
from documents.ocr.lines.decoding import Letter, decode
from documents.ocr.lines.finding import Floats, find
from documents.ocr.lines.quads import Pixels, ink_rows

_HEIGHT = 48  # pixels of a line, and their least breadth: the shape the model was trained with
_LEAST_WIDTH = 320
_WIDTH = 2400  # pixels of lines that are recognised at once: 7 short ones; the chances of each take 22 MB
_WIDEST = 9600  # pixels: what is longer is pressed; 200 times as wide as high
_COLUMN = 8  # pixels; the model says for each so broad what it saw


class _Models:
    """Answers ``read`` and ``alphabet``, with models that stay loaded."""

    def __call__(self, request: Request, pixels: memoryview) -> Mapping[str, Any]:
        if request["do"] == "alphabet":
            return {"characters": self._characters}
        shape = request["height"], request["width"], request["channels"]
        image = np.frombuffer(pixels, np.uint8).reshape(shape)
        return {"lines": self._read(_blue_first(image), tuple(request["languages"]))}

    def _read(self, image: Pixels, languages: tuple[str, ...]) -> list[dict[str, Any]]:
        quads = find(image, self._chances)
        strips = [_strip(quad.cut(image)) for quad in quads]
        return [
            {
                "quad": quads[place].corners.tolist(),
                "rows": ink_rows(strips[place]),
                "columns": strips[place].shape[1] / _COLUMN,
                "letters": self._letters(chances, languages),
            }
            for batch in _batches(strips)
            for place, chances in zip(batch, self._recognise([strips[n] for n in batch]), strict=True)
        ]

    def _letters(self, chances: Floats, languages: tuple[str, ...]) -> list[Letter]:
        wide, plain = self._twins(languages)
        chances[:, plain] += chances[:, wide]
        return decode(chances, self._characters, self._weights(languages))

    def _chances(self, page: Floats) -> Floats:
        """Of each pixel: that it is inside a line."""
        [[chances]] = _run(self._detector, page)
        return np.asarray(chances, np.float32)

    def _recognise(self, strips: Sequence[Pixels]) -> Floats:
        """Of each strip and each of its columns: the chance of each character."""
        width = max(_LEAST_WIDTH, *(strip.shape[1] for strip in strips))
        images = np.zeros((len(strips), 3, _HEIGHT, width), np.float32)
        for image, strip in zip(images, strips, strict=True):
            image[:, :, : strip.shape[1]] = strip.transpose(2, 0, 1) / 127.5 - 1
        return _run(self._recogniser, images)

    @cached_property
    def _detector(self) -> onnxruntime.InferenceSession:
        return _loaded("det")

    @cached_property
    def _recogniser(self) -> onnxruntime.InferenceSession:
        return _loaded("rec")

    @cached_property
    def _characters(self) -> list[str]:
        """What the classes mean: nothing, the letters of the model, a space."""
        letters = self._recogniser.get_modelmeta().custom_metadata_map["character"].splitlines()
        return ["", *letters, " "]

    @lru_cache(maxsize=16)  # noqa: B019 - there is one of us, as long as the process lives
    def _weights(self, languages: tuple[str, ...]) -> Weights:
        return weights(languages, self._characters)

    @lru_cache(maxsize=16)  # noqa: B019
    def _twins(self, languages: tuple[str, ...]) -> tuple[Places, Places]:
        return twins(languages, self._characters)


def _loaded(task: str) -> onnxruntime.InferenceSession:
    """The model in the package for finding (``det``) or recognising (``rec``) lines."""
    [path] = Path(rapidocr.__file__).with_name("models").glob(f"*_{task}_*.onnx")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # as many workers as there are processors
    # Both would keep what the longest line needed.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _run(model: onnxruntime.InferenceSession, images: Floats) -> Floats:
    [answer] = model.run(None, {model.get_inputs()[0].name: images})
    return np.asarray(answer, np.float32)


def _blue_first(image: Pixels) -> Pixels:
    """Blue, green, red: the order in which the models were trained."""
    code = cv2.COLOR_RGB2BGR if image.shape[2] == 3 else cv2.COLOR_GRAY2BGR
    return np.asarray(cv2.cvtColor(image, code), np.uint8)


def _strip(line: Pixels) -> Pixels:
    height, width = line.shape[:2]
    size = min(_WIDEST, max(1, round(width * _HEIGHT / height))), _HEIGHT
    return np.asarray(cv2.resize(line, size), np.uint8)


def _batches(strips: Sequence[Pixels]) -> Iterator[list[int]]:
    """Places of strips of like length, which are to be recognised together."""
    batch = list[int]()
    for place in sorted(range(len(strips)), key=lambda place: strips[place].shape[1]):
        if batch and (len(batch) + 1) * max(_LEAST_WIDTH, strips[place].shape[1]) > _WIDTH:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


if __name__ == "__main__":
    serve(_Models())
