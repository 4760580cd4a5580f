"""Which way is up, which script, which languages: found on the page itself.

A few lines are cut out of the page. The shapes of their letters suggest orientation and script; reading
them with a pack of that script confirms it, because in the wrong script or upside down the engine's
confidence is low: 8–60 on rendered lines, against 70–96 when all is right. The words tell the language.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from documents.ocr.clean import rotate
from documents.ocr.engines.base import Engine, Glance
from documents.ocr.identify import identify
from documents.ocr.readings import Reading, ScriptSearch, mean_confidence, read_strips
from documents.ocr.sample import Sample, lies_sideways, take_sample

_GOOD = 70.0  # confidence of a sample from which on its orientation is believed
_READ = 40.0  # below, a strip was not read at all
_SURE = 3.0  # confidence of a glance from which on its orientation is tried first
_GLANCE_TIMEOUT = 20.0  # seconds; it takes a sixth of one
_MOST = 3  # languages; each makes the reading slower


@dataclass(frozen=True, slots=True)
class Detection:
    """``languages``: codes, that of most letters first, never empty; ``rotation``: degrees clockwise (0, 90,
    180, 270) that make the page upright; ``confidence``: of the lines that were read, 0 when none was."""

    languages: tuple[str, ...]
    rotation: int = 0
    confidence: float = 0.0


def detect(image: Image.Image, engine: Engine) -> Detection:
    """The languages of a page image (mode ``L`` or ``RGB``) among those that ``engine`` can read now, and
    which way it must be turned. A page without readable lines gets a default. Raises as ``Engine.read``."""
    installed = engine.languages()
    best, rotation = list[Reading](), 0
    for turned_by, sample, glance in _orientations(image, engine):
        readings = ScriptSearch(sample, engine, installed).run(glance)
        if mean_confidence(readings) > mean_confidence(best):
            best, rotation = readings, turned_by
        if mean_confidence(best) >= _GOOD:
            break
    return Detection(_languages(best, installed) or (_default(installed),), rotation, mean_confidence(best))


def find_rotation(image: Image.Image, engine: Engine, languages: Sequence[str]) -> int:
    """Degrees clockwise (0, 90, 180, 270) by which a page image in known languages must be turned to be
    upright; 0 when there is no evidence. Raises as ``Engine.read``."""
    found = {0: 0.0}
    for rotation, sample, _ in _orientations(image, engine):
        found[rotation] = mean_confidence(read_strips(sample, engine, languages))
    return max(found, key=lambda rotation: found[rotation])


def _orientations(image: Image.Image, engine: Engine) -> Iterator[tuple[int, Sample, Glance | None]]:
    """The ways in which a page may have to be turned, likeliest first, each with its sample of lines and
    what a glance at them told."""
    base = 90 if lies_sideways(image) else 0
    first = take_sample(rotate(image, base))
    glance = engine.glance(first.sheet(), timeout=_GLANCE_TIMEOUT) if first else None
    claimed = (base + glance.rotation) % 360 if glance else base
    sure = glance is not None and glance.confidence >= _SURE
    likely = [claimed, base] if base or sure else [base, claimed]
    if base:
        likely.append(base + 180)
    for rotation in dict.fromkeys(likely):
        sample = first if rotation == base else take_sample(rotate(image, rotation))
        if sample:
            yield rotation, sample, glance


def _languages(readings: Sequence[Reading], installed: Collection[str]) -> tuple[str, ...]:
    """The languages of the strips that could be read, those of the commonest script first."""
    by_script: dict[str, list[str]] = {}
    for reading in readings:
        if reading.confidence >= _READ:
            by_script.setdefault(reading.script, []).append(reading.text)
    codes: list[str] = []
    for script, texts in sorted(by_script.items(), key=lambda item: -len("".join(item[1]))):
        codes += identify(texts, script, installed)[0]
    return tuple(codes[:_MOST])


def _default(installed: Collection[str]) -> str:
    return "eng" if "eng" in installed or not installed else min(installed)
