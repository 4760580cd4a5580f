"""Child processes that read pages, kept for the next page: models are loaded once.

Each child is lent to one thread at a time; one that crashes, takes too long or has grown too large is
ended, and the next page gets a new one. The image goes over, and the answer comes back, in a file in memory
that both processes share. Here it is read and written, never mapped: a child gone mad could cut it short
under a mapping, which would end this process.
"""

import atexit
import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from weakref import WeakSet

from PIL import Image

from documents.errors import EngineCrashed, EngineNonsense, EngineTimeout
from documents.ocr.children.serve import LONGEST_ANSWER
from documents.ocr.files.apart import raise_told
from documents.ocr.files.kept import KeptChild, end_all, rested

logger = logging.getLogger(__name__)

_T = TypeVar("_T")

_CHANNELS = {"L": 1, "RGB": 3}
_KEPT = 32 << 20  # bytes of the shared file, between pages: an A4 page of 300 dpi in colour has 26 MB


class Children:
    """The processes that run ``module``, whose main is `serve`.

    ``memory``: bytes of address space that each may have. ``at_rest``: bytes of memory; a child that has more
    after a page makes room for a new one. ``environment``: variables that it gets beside ours.
    """

    def __init__(
        self, module: str, *, memory: int, at_rest: int, environment: Mapping[str, str] | None = None
    ) -> None:
        self._module = module
        self._environment = environment or {}
        self._memory = memory
        self._at_rest = at_rest
        self._resting: list[_Child] = []  # as many as threads have asked at once
        _everyone.add(self)

    def ask(
        self, request: Mapping[str, Any], image: Image.Image | None = None, *, timeout: float
    ) -> dict[str, Any]:
        """What a child answers to plain values and an ``image`` (mode ``L`` or ``RGB``) within ``timeout``
        seconds, the start of a new child included. Raises EngineTimeout, EngineCrashed, EngineNonsense and
        what the work itself raised of OcrsiteError's children."""
        try:
            with self._child() as child:
                answer = _answer(child, request, image, timeout)
            with understood():
                raise_told(answer)
        except OSError as error:  # no file, process or memory is left, here or there
            logger.warning("The process of an engine could not be asked: %s", error)
            raise EngineCrashed from error
        return answer

    def end(self) -> None:
        """End the children that wait for work."""
        end_all(self._resting)

    def forget(self) -> None:
        """Those that wait are somebody else's: this process was forked from their parent."""
        self._resting.clear()

    @contextmanager
    def _child(self) -> Iterator["_Child"]:
        """One that rests, or a new one; it is kept if it did its work and stayed small."""
        child = rested(self._resting) or self._new()
        try:
            yield child
        finally:
            if child.owes_an_answer or child.memory > self._at_rest:
                child.end()
            else:
                child.give_memory_back()
                self._resting.append(child)

    def _new(self) -> "_Child":
        return _Child(self._module, memory=self._memory, variables=self._environment)


def _answer(
    child: "_Child", request: Mapping[str, Any], image: Image.Image | None, timeout: float
) -> dict[str, Any]:
    try:
        with understood():
            return child.ask(request, image, timeout)
    except TimeoutError as error:
        raise EngineTimeout(seconds=round(timeout)) from error
    except ConnectionError as error:
        logger.warning("The process of an engine ended: %s", child.end())
        raise EngineCrashed from error


@contextmanager
def understood() -> Iterator[None]:
    """For taking apart what a child says, of which nothing is taken for granted. Raises EngineNonsense."""
    try:
        yield
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
        logger.warning("The process of an engine gave no proper answer: %s", error)
        raise EngineNonsense from error


class _Child(KeptChild):
    memory = 0  # bytes that it had after the last answer

    def ask(self, request: Mapping[str, Any], image: Image.Image | None, timeout: float) -> dict[str, Any]:
        """Raises TimeoutError; ConnectionError where the child ended; another OSError where there is no room
        for the image; ValueError, KeyError, TypeError or RecursionError where its answer is none."""
        self.owes_an_answer = True
        question = json.dumps({**request, **self._hand_over(image)}).encode()
        told = json.loads(self.exchange(question, timeout))
        answer = self._read(told["length"])
        self.memory = _checked(told["memory"], int)
        self.owes_an_answer = False
        return answer

    def _hand_over(self, image: Image.Image | None) -> dict[str, int]:
        if image is None:
            return {"width": 0, "height": 0, "channels": 0}
        self._file.seek(0)
        self._file.write(image.tobytes())
        return {"width": image.width, "height": image.height, "channels": _CHANNELS[image.mode]}

    def _read(self, length: int) -> dict[str, Any]:
        if not 0 < length <= LONGEST_ANSWER:
            raise ValueError(f"{length} bytes")
        self._file.seek(0)
        return _checked(json.loads(self._file.read(length)), dict)

    def give_memory_back(self) -> None:
        """That of a large page, which would stay with the file."""
        if os.fstat(self._file.fileno()).st_size > _KEPT:
            self._file.truncate(_KEPT)


def _checked(value: object, kind: type[_T]) -> _T:
    if not isinstance(value, kind):
        raise TypeError(f"{type(value).__name__} instead of {kind.__name__}")
    return value


_everyone: WeakSet[Children] = WeakSet()


def _end_all() -> None:
    for children in list(_everyone):
        children.end()


def _forget_all() -> None:
    for children in list(_everyone):
        children.forget()


atexit.register(_end_all)
os.register_at_fork(after_in_child=_forget_all)  # a child has one parent
