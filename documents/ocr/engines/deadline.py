"""An engine that has until a certain moment for all that it is asked."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from documents.ocr.elements import Block
from documents.ocr.engines.base import Engine, Glance, Inability
from documents.ocr.options import Layout

_LEAST_TIME = 1.0  # seconds that a call gets where those before used up nearly all


@dataclass(frozen=True, slots=True)
class Deadline:
    """``engine``, whose calls end by ``moment`` (of time.monotonic()), give or take a second."""

    engine: Engine
    moment: float

    @property
    def name(self) -> str:
        return self.engine.name

    @property
    def cannot(self) -> frozenset[Inability]:
        return self.engine.cannot

    @property
    def scout(self) -> Engine:
        return Deadline(self.engine.scout, self.moment)

    def version(self) -> str:
        return self.engine.version()

    def languages(self) -> frozenset[str]:
        return self.engine.languages()

    def read(
        self, image: Image.Image, languages: Sequence[str], *, timeout: float, layout: Layout = Layout.AUTO
    ) -> tuple[Block, ...]:
        return self.engine.read(image, languages, timeout=self._left(timeout), layout=layout)

    def glance(self, image: Image.Image, *, timeout: float) -> Glance | None:
        return self.engine.glance(image, timeout=self._left(timeout))

    def _left(self, timeout: float) -> float:
        return min(max(_LEAST_TIME, timeout), seconds_until(self.moment))


def seconds_until(moment: float) -> float:
    """Seconds that a call gets which is to end by ``moment`` (of time.monotonic())."""
    return max(_LEAST_TIME, moment - time.monotonic())
