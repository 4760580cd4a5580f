"""A child that does as it is told: what it answers, and every way in which it may not."""

import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from documents.errors import LanguageMissing
from documents.ocr.children.serve import Request, serve

_kept: list[bytes] = []


def work(request: Request, pixels: memoryview) -> Mapping[str, Any]:
    match request["do"]:
        case "describe":
            shape = [request["width"], request["height"], request["channels"]]
            return {"pid": os.getpid(), "shape": shape, "bytes": list(pixels[:6]), "sum": sum(pixels)}
        case "write much":
            return {"text": "x" * request["letters"]}
        case "sleep":
            Path(request["begun"]).touch()
            time.sleep(60)
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "stumble":
            raise ZeroDivisionError
        case "refuse":
            raise LanguageMissing(name="Klingon", language="tlh", command="learn it")
        case "babble":
            os.pwrite(int(sys.argv[2]), request.get("answer", "").encode(), 0)
            os.write(int(sys.argv[1]), request["message"].encode())
        case "grow":
            os.ftruncate(int(sys.argv[2]), request["bytes"])
        case "eat":
            _kept.append(b"x" * request["bytes"])
            return {"pid": os.getpid()}
    answer: Mapping[str, Any] = request.get("answer", {})
    return answer


if __name__ == "__main__":
    serve(work)
