"""What runs in a child process of `Children`: answer one request after another until the parent is gone."""

import json
import mmap
import os
import select
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from documents.errors import OcrsiteError
from documents.ocr.files.apart import LONGEST_MESSAGE, limit_files, limit_memory, told

LONGEST_ANSWER = 256 << 20  # bytes; hOCR of a page of 10,000 words has 2 MB

Request = Mapping[str, Any]
Work = Callable[[Request, memoryview], Mapping[str, Any]]

_PAGE = os.sysconf("SC_PAGE_SIZE")


def serve(work: Work) -> None:
    """Have ``work`` answer what the parent asks; the whole program of a child's module.

    ``work(request, pixels)`` gets the plain values that the parent sent, among them ``width``, ``height`` and
    ``channels`` (1: grey; 3: red, green, blue) of the image that came along, and its bytes row by row, which
    must not be kept; without an image they are empty. What it returns must be plain values, too (JSON). It
    may raise OcrsiteError's children; anything else ends the process, which the parent takes for a crash.
    """
    connection, shared, memory = map(int, sys.argv[1:])
    limit_memory(memory)
    limit_files(LONGEST_ANSWER)  # the image may be larger: the parent writes it
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C in a terminal reaches children too
    with socket.socket(fileno=connection) as parent:
        threading.Thread(target=_end_with, args=[parent], daemon=True).start()
        while message := parent.recv(LONGEST_MESSAGE):
            answer = json.dumps(_answer(work, json.loads(message), shared)).encode()
            os.ftruncate(shared, max(len(answer), os.fstat(shared).st_size))
            os.pwrite(shared, answer, 0)
            parent.send(json.dumps({"length": len(answer), "memory": _memory()}).encode())


def _answer(work: Work, request: Request, shared: int) -> Mapping[str, Any]:
    length = request["width"] * request["height"] * request["channels"]
    if not length:
        return _told(work, request, memoryview(b""))
    with mmap.mmap(shared, length, prot=mmap.PROT_READ) as pixels, memoryview(pixels) as view:
        return _told(work, request, view)


def _told(work: Work, request: Request, pixels: memoryview) -> Mapping[str, Any]:
    try:
        return work(request, pixels)
    except OcrsiteError as error:
        return told(error)


def _memory() -> int:
    """Bytes that this process has of its own."""
    resident, of_files = Path("/proc/self/statm").read_text().split()[1:3]
    return (int(resident) - int(of_files)) * _PAGE


def _end_with(parent: socket.socket) -> None:
    """End this process once the parent is gone, in the middle of a page too."""
    poll = select.poll()
    poll.register(parent, 0)  # no event but the end of the connection, which is always told
    poll.poll()
    os._exit(0)
