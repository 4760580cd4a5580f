"""A crooked page, set straight. Pure."""

import math

import numpy as np
from PIL import Image

from documents.ocr.clean.chains import Boxes
from documents.ocr.clean.geometry import turn, turned_size
from documents.ocr.clean.look import Look
from documents.ocr.clean.prepared import Step
from documents.ocr.clean.resolution import is_too_large
from documents.ocr.clean.skew import EVIDENCE, skew
from documents.ocr.clean.turning import rotate
from documents.ocr.elements import Cure, Treatment

# Heights of a letter by which long lines rise before they are worth resampling: engines follow less. 32
# receipts that are turned by 0.8 degrees, and rise by 0.35, are read with a word F1 of 0.78, and of 0.75 once
# they are straight; a page of Chinese that rises by 0.58 with 0.974, and 0.988.
_OFF = 0.5
_LONG = 90  # percentile of the lengths of lines
# Square letters stand in rows, too, and columns of them are told by less: on 63 drawn pages of Japanese and
# Chinese by 2.5 times and more, always at their angle.
_EVIDENCE_DOWNWARDS = 2.2


def straightened(image: Image.Image, look: Look) -> Step | None:
    """With its lines level, where they are straight but crooked by more than an engine bears; not where it
    would be larger than an engine takes."""
    return _turned(image, straightening(image, look))


def straightened_downwards(image: Image.Image, _look: Look) -> Step | None:
    """As `straightened`, where lines run downwards: they are level once the page lies on its side."""
    lying = rotate(image, 90)
    return _turned(image, straightening(lying, Look.at(lying), _EVIDENCE_DOWNWARDS))


def straightening(image: Image.Image, look: Look, evidence: float = EVIDENCE) -> float:
    """By how many degrees clockwise the page is to be turned, where there is the ``evidence`` of `skew`; 0.0
    where it is best left as it lies."""
    degrees = -skew(image, evidence)
    return 0.0 if _is_bearable(degrees, look.lines) else degrees


def _turned(image: Image.Image, degrees: float) -> Step | None:
    if not degrees or is_too_large(turned_size(degrees, image.size), image.size):
        return None
    return Step(rotate(image, degrees), Treatment(Cure.STRAIGHTENED, degrees), turn(degrees, image.size))


def _is_bearable(degrees: float, lines: list[Boxes]) -> bool:
    """Whether the long ones rise by little; steep lines are not even found."""
    if not lines:
        return False
    lengths = [line[-1, 0] + line[-1, 2] - line[0, 0] for line in lines]
    height = np.median(np.concatenate([line[:, 3] for line in lines]))
    return bool(np.percentile(lengths, _LONG) * math.tan(math.radians(abs(degrees))) < _OFF * height)
