"""Tesseract inside a process of its own, through tesserocr: what the children of `engines.tesserocr` do."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import tesserocr

from documents.ocr.children.serve import Request, serve

# Sets of languages that stay loaded, each of 10 to 100 MB: who looks for the script of a page tries many.
_KEPT = 6
_SILENT = {"debug_file": "/dev/null"}


class _Library:
    """Answers ``read``, ``glance`` and ``version``, with models that stay loaded."""

    def __init__(self) -> None:
        self._loaded: OrderedDict[tuple[str, str], tesserocr.PyTessBaseAPI] = OrderedDict()

    def __call__(self, request: Request, pixels: memoryview) -> Mapping[str, Any]:
        match request["do"]:
            case "read":
                return self._read(request, pixels)
            case "glance":
                return self._glance(request, pixels)
            case _:
                return {"version": tesserocr.PyTessBaseAPI.Version()}

    def _read(self, request: Request, pixels: memoryview) -> Mapping[str, Any]:
        api = self._prepared(request, pixels)
        if not api.Recognize():
            raise RuntimeError("Tesseract gave up")
        answer = {"hocr": api.GetHOCRText(0), "text": api.GetUTF8Text()}
        api.Clear()
        return answer

    def _glance(self, request: Request, pixels: memoryview) -> Mapping[str, Any]:
        api = self._prepared(request, pixels)
        found = api.DetectOrientationScript() or {}
        api.Clear()
        return {"found": found}

    def _prepared(self, request: Request, pixels: memoryview) -> tesserocr.PyTessBaseAPI:
        api = self._api(request["folder"], request["languages"])
        api.SetPageSegMode(request["mode"])
        for name, value in request["variables"].items():
            api.SetVariable(name, value)
        api.SetVariable("user_defined_dpi", str(request["dpi"]))
        width, channels = request["width"], request["channels"]
        api.SetImageBytes(bytes(pixels), width, request["height"], channels, width * channels)
        return api

    def _api(self, folder: str, languages: str) -> tesserocr.PyTessBaseAPI:
        key = folder, languages
        if key not in self._loaded:
            self._make_room()
            self._loaded[key] = tesserocr.PyTessBaseAPI(folder, languages, variables=_SILENT)
        self._loaded.move_to_end(key)
        return self._loaded[key]

    def _make_room(self) -> None:
        if len(self._loaded) >= _KEPT:
            _languages, oldest = self._loaded.popitem(last=False)
            oldest.End()
            tesserocr.PyTessBaseAPI.ClearPersistentCache()  # dictionaries that nobody uses any more


if __name__ == "__main__":
    tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
    serve(_Library())
