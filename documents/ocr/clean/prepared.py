"""An image on its way to the engine: what it looks like by now, what was done, and the way back. Pure."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from PIL import Image

from documents.ocr.clean.geometry import Route, Size, Way
from documents.ocr.clean.look import Look
from documents.ocr.elements import Treatment


@dataclass(frozen=True, slots=True)
class Step:
    """What one cure made of an image; ``way`` leads back where it moved pixels."""

    image: Image.Image
    treatment: Treatment | None = None  # None: nothing that a reader would want to know
    way: Way | None = None


@dataclass(frozen=True)
class Prepared:
    """``frames`` are the sizes that its image had after each way of its ``route``."""

    image: Image.Image
    route: Route = field(default_factory=Route)
    frames: tuple[Size, ...] = ()
    treatments: tuple[Treatment, ...] = ()

    @cached_property
    def look(self) -> Look:
        """Taken once, however many cures measure."""
        return Look.at(self.image)

    def after(self, step: Step | None) -> "Prepared":
        """Once ``step`` was done to its image; None is a step that was not called for."""
        if step is None:
            return self
        step.image.info.update(self._info_for(step.image.mode))
        return Prepared(
            step.image,
            self.route.then(step.way) if step.way else self.route,
            (*self.frames, step.image.size) if step.way else self.frames,
            (*self.treatments, step.treatment) if step.treatment else self.treatments,
        )

    def _info_for(self, mode: str) -> dict[str | tuple[int, int], Any]:
        """What comes along with the image: its colour profile only where it still has those colours."""
        info = self.image.info
        if mode == self.image.mode:
            return info
        return {name: value for name, value in info.items() if name != "icc_profile"}
