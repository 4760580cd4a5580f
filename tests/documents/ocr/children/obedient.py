"""A child that does as it is told: what it answers, and every way in which it may not."""

import os
import signal
import subprocess
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
            _sleep(Path(request["begun"]), leads=request.get("leads", False))
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


def _sleep(begun: Path, *, leads: bool) -> None:
    """As the leader of a group it has a helper, whose number it tells."""
    if leads:
        os.setpgrp()
    helper = subprocess.Popen(["sleep", "60"]) if leads else None
    begun.write_text(str(helper.pid) if helper else "")
    time.sleep(60)


if __name__ == "__main__":
    serve(work)
