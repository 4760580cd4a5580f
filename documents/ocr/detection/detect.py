"""Which way is up, which script, which languages: found on the page itself.

A few lines are cut out of the page. The shapes of their letters suggest orientation and script; reading
them with a pack of that script confirms it, because in the wrong script or upside down the engine's
confidence is low: 8–60 on rendered lines, against 70–96 when all is right. The words tell the language.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from documents.ocr.clean import rotate
from documents.ocr.detection.agreement import Reading
from documents.ocr.detection.identify import identify
from documents.ocr.detection.sample import FEW_LETTERS, LETTERS, Sample, lies_sideways, take_sample
from documents.ocr.detection.script_search import (
    ScriptSearch,
    looks_latin,
    mean_confidence,
    packs_by_script,
    read_strips,
)
from documents.ocr.detection.vertical import are_vertical
from documents.ocr.engines.base import Engine, Glance

_GOOD = 60.0  # confidence of a sample from which on its orientation is believed: upside down it is 20–46 ...
_FEW, _GOOD_OF_FEW = 60, 90.0  # ... of so many letters up to 83 ...
_GOOD_IN_ANY = 80.0  # ... and up to 74 where any script may be taken for its own, as Thai for English
_READ = 40.0  # below, a strip was not read at all
# A second script on a page needs this confidence and this share of the strips, two at least. A lone one may
# be a name or an address, unless there are only a few, or it is read beyond doubt.
_BELIEVED = 65.0
_SHARE, _LONE_SHARE = 0.1, 0.2
_CERTAIN = 85.0
_SURE = 3.0  # confidence of a glance from which on its orientation is tried first
_GLANCE_TIMEOUT = 20.0  # seconds; it takes a sixth of one
_SQUARE = ("Hans", "Hant", "Jpan", "Kore")
_MOST = 3  # languages; each makes the reading slower


@dataclass(frozen=True, slots=True)
class Detection:
    """``languages``: codes, that of most letters first, never empty; ``rotation``: degrees clockwise (0, 90,
    180, 270) that make the page upright; ``confidence``: of the lines that were read, 0 when none was."""

    languages: tuple[str, ...]
    rotation: int = 0
    confidence: float = 0.0


def detect(image: Image.Image, engine: Engine) -> Detection:
    """The languages of a page image (mode ``L`` or ``RGB``) among those that ``engine`` and its scout can
    read now, and which way it must be turned. A page without readable lines gets a default. Raises as
    ``Engine.read``."""
    scout = engine.scout
    installed = engine.languages() & scout.languages()
    found: dict[int, list[Reading]] = {}
    for turned_by, sample, glance in _orientations(image, scout, LETTERS):
        found[turned_by] = ScriptSearch(sample, scout, installed).run(glance)
        if mean_confidence(found[turned_by]) >= _GOOD_IN_ANY:
            break
    if max(map(mean_confidence, found.values()), default=0.0) < _GOOD:
        for turned_by, sample in _left(image, found):
            readings = ScriptSearch(sample, scout, installed).run(glance_at(sample, scout))
            if mean_confidence(readings) >= _GOOD_IN_ANY and not _are_square(readings):
                found[turned_by] = readings
                break
    rotation = max(found, key=lambda turned_by: mean_confidence(found[turned_by]), default=0)
    best = found.get(rotation, [])
    confidence = mean_confidence(best)
    languages = _languages(best, installed) or (default_language(installed),)
    return Detection(languages, rotation if confidence >= _READ else 0, confidence)


def find_rotation(
    image: Image.Image,
    engine: Engine,
    languages: Sequence[str],
    *,
    on_its_side: bool = False,
    at_least: float = 0.0,
) -> int:
    """Degrees clockwise (0, 90, 180, 270) by which a page image in known languages must be turned to be
    upright; 0 when there is no evidence. Raises as ``Engine.read``.

    ``on_its_side`` says that it lies on either side: the shapes of its letters need not be asked. Lines that
    are read with less than ``at_least`` of confidence are no evidence.
    """
    scout = engine.scout
    known = [code for code in languages if code in scout.languages()]
    if not known:
        return 0
    samples = _sideways(image) if on_its_side else _likeliest(image, scout)
    found: dict[int, float] = {}
    for rotation, sample in samples:
        found[rotation] = mean_confidence(read_strips(sample, scout, known))
        if found[rotation] >= (_GOOD if sample.letters > _FEW else _GOOD_OF_FEW):
            break
    likeliest = max(found, key=lambda rotation: found[rotation], default=0)
    if found.get(likeliest, 0.0) <= at_least:
        return 0
    # Lines from top to bottom are read as if they were level, with each letter on its side.
    return (likeliest + 90) % 360 if are_vertical(known) else likeliest


def _likeliest(image: Image.Image, engine: Engine) -> Iterator[tuple[int, Sample]]:
    return ((rotation, sample) for rotation, sample, _ in _orientations(image, engine, FEW_LETTERS))


def _sideways(image: Image.Image) -> Iterator[tuple[int, Sample]]:
    for rotation in (90, 270):
        if sample := take_sample(rotate(image, rotation), FEW_LETTERS):
            yield rotation, sample


def _orientations(
    image: Image.Image, engine: Engine, letters: int
) -> Iterator[tuple[int, Sample, Glance | None]]:
    """The ways in which a page may have to be turned, likeliest first, each with its sample of lines (of so
    many ``letters``) and what a glance at them told."""
    base, first = 0, take_sample(image, letters)
    glance = glance_at(first, engine)
    if first is None or (not _is_sure(glance) and lies_sideways(image)):
        base, first = 90, take_sample(rotate(image, 90), letters)
        glance = glance_at(first, engine)
    claimed = (base + glance.rotation) % 360 if glance else base
    likely = (claimed, base) if base or _is_sure(glance) else (base, claimed)
    for rotation in dict.fromkeys((*likely, base + 180)):
        sample = first if rotation == base else take_sample(rotate(image, rotation), letters)
        if sample:
            yield rotation, sample, glance


def _left(image: Image.Image, tried: Collection[int]) -> Iterator[tuple[int, Sample]]:
    """The ways in which a page that was hardly read may have to be turned beside those that were ``tried``:
    short lines of a typewriter face lie in rows from either side, too."""
    for rotation in (90, 270, 180, 0):
        if rotation not in tried and (sample := take_sample(rotate(image, rotation))):
            yield rotation, sample


def _are_square(readings: Sequence[Reading]) -> bool:
    """Whether some are in signs that stand in rows from either side, and may be taken for others there."""
    return any(reading.script in _SQUARE for reading in readings if reading.confidence >= _READ)


def glance_at(sample: Sample | None, engine: Engine) -> Glance | None:
    """None where there is nothing to look at, or the engine cannot tell. Raises as ``Engine.read``."""
    return engine.glance(sample.sheet(), timeout=_GLANCE_TIMEOUT) if sample else None


def _is_sure(glance: Glance | None) -> bool:
    return glance is not None and glance.confidence >= _SURE


def _languages(readings: Sequence[Reading], installed: Collection[str]) -> tuple[str, ...]:
    """The languages of the strips that could be read, those of the commonest script first."""
    by_script = _by_script(readings)
    if not by_script:
        return ()
    first, *others = sorted(by_script, key=lambda script: -_letters(by_script[script]))
    packs = packs_by_script(installed)
    codes: list[str] = []
    for script in (first, *(other for other in others if _is_believed(by_script[other], len(readings)))):
        texts = [reading.text for reading in by_script[script]]
        codes += identify(texts, script, installed, usual=packs[script][0]) if script in packs else ()
    return tuple(codes[:_MOST])


def _by_script(readings: Sequence[Reading]) -> dict[str, list[Reading]]:
    """Those that were read. All Chinese of a page is in its commoner form."""
    by_script: dict[str, list[Reading]] = {}
    for reading in readings:
        if reading.confidence >= _READ:
            by_script.setdefault(reading.script, []).append(reading)
    rarer, commoner = sorted(("Hans", "Hant"), key=lambda form: _letters(by_script.get(form, ())))
    if rarer in by_script:
        by_script[commoner] += by_script.pop(rarer)
    return by_script


def _is_believed(readings: Sequence[Reading], total: int) -> bool:
    """Whether strips in another script than most, of ``total`` of the page, are no misreadings."""
    confidence = mean_confidence(readings)
    share = _SHARE if len(readings) > 1 else _LONE_SHARE if confidence < _CERTAIN else 0.0
    return confidence >= _BELIEVED and len(readings) >= share * total and not all(map(looks_latin, readings))


def _letters(readings: Sequence[Reading]) -> int:
    return sum(len(reading.text) for reading in readings)


def default_language(installed: Collection[str]) -> str:
    """What a page is read in when nothing is known of it."""
    return "eng" if "eng" in installed or not installed else min(installed)
