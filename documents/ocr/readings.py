"""Reading the strips of a sample with the packs of one script after another, until each is explained."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from documents.ocr.elements import Word, join_words
from documents.ocr.engines.base import Engine, Glance
from documents.ocr.languages import PACKS
from documents.ocr.sample import Sample
from documents.ocr.scripts import chinese_form, own_share

# Confidences. Capitals of Latin, Greek and Cyrillic are alike enough for 70 in the wrong script.
_CERTAIN = 85.0  # no other script is tried
_UNREAD = 60.0  # below, a strip must be in another script (or is hardly legible)
_CHINESE, _JAPANESE = 40.0, 75.0  # what the Japanese pack reads of Chinese has 48–60, of Japanese 90
_TIMEOUT = 20.0  # seconds; a sample takes a fifth of one
_MORE = 3  # further scripts tried on what is left of a page ...
_FEW_LETTERS = 60  # ... and all of them when there is only a word or two: that takes little time

# The pack that stands for its script, if it is installed. The others would do as well: English reads
# enough of any Latin text to tell what it is.
_FIRST = frozenset(("eng", "rus", "ell", "ara", "heb", "hin", "ben"))
# Quick packs of many readers first.
_ORDER = ("Latn", "Cyrl", "Grek", "Arab", "Hebr", "Deva", "Kore", "Jpan", "Thai")


@dataclass(frozen=True, slots=True)
class Reading:
    """Of one strip: ``confidence`` 0–100, less where the letters are not of ``script``."""

    script: str = "Latn"
    confidence: float = 0.0
    text: str = ""


def mean_confidence(readings: Sequence[Reading]) -> float:
    """Over the letters of ``readings``; 0 without any."""
    letters = sum(len(reading.text) for reading in readings)
    return sum(reading.confidence * len(reading.text) for reading in readings) / letters if letters else 0.0


def read_strips(sample: Sample, engine: Engine, languages: Sequence[str], script: str = "Latn") -> list[Reading]:
    """Each strip of the sample, read in ONE run of the engine."""
    blocks = engine.read(sample.sheet(), languages, timeout=_TIMEOUT, plain=True)
    words: list[list[Word]] = [[] for _ in sample.strips]
    for word in (word for block in blocks for line in block.lines for word in line.words):
        words[sample.strip_at((word.box.y0 + word.box.y1) // 2)].append(word)
    return [_reading(strip, script) for strip in words]


def _reading(words: Sequence[Word], script: str) -> Reading:
    letters = sum(len(word.text) for word in words)
    confidence = sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0
    return Reading(script, confidence, join_words([word.text for word in words]))


class ScriptSearch:
    """Finds for each strip of a sample the script in which it is read best: ``readings``."""

    def __init__(self, sample: Sample, engine: Engine, installed: Collection[str]) -> None:
        self._sample = sample
        self._engine = engine
        self._packs = _packs_by_script(installed)
        self.readings = [Reading() for _ in sample.strips]

    def run(self, glance: Glance | None) -> list[Reading]:
        """Try the scripts that shapes suggest, and Latin; then others on the strips that nothing explains."""
        for script in (*self._suggested(glance), "Latn"):
            self._try(script, below=_CERTAIN)
        few = self._sample.letters < _FEW_LETTERS
        unread = _CERTAIN if few else _UNREAD
        if left := self._below(unread):
            glance = self._engine.glance(self._sample.only(left).sheet(), timeout=_TIMEOUT)
            scripts = list(dict.fromkeys((*self._suggested(glance), *self._packs)))
            for script in scripts if few else scripts[:_MORE]:
                self._try(script, below=unread)
        return self.readings

    def _suggested(self, glance: Glance | None) -> tuple[str, ...]:
        """Chinese is looked for with the Japanese pack: see `_judged`."""
        if glance and glance.script == "Hani":
            return ("Jpan",) if "Jpan" in self._packs else ("Hans", "Hant")
        return (glance.script,) if glance else ()

    def _below(self, confidence: float) -> list[int]:
        return [place for place, reading in enumerate(self.readings) if reading.confidence < confidence]

    def _try(self, script: str, *, below: float) -> None:
        """Read the strips whose reading has a confidence ``below`` that, and keep what is better. A script is
        tried once."""
        places, pack = self._below(below), self._packs.pop(script, None)
        if not places or pack is None:
            return
        readings = read_strips(self._sample.only(places), self._engine, [pack], script)
        for place, reading in zip(places, _judged(readings, script), strict=True):
            if reading.confidence > self.readings[place].confidence:
                self.readings[place] = reading


def _judged(readings: Sequence[Reading], script: str) -> list[Reading]:
    """The readings with less confidence where their letters are not of the script that they were read in.

    Chinese is told with the Japanese pack: it reads the letters that it knows as they are written, with
    48 to 60 of confidence, while each pack for Chinese reads either form as its own, equally sure.
    """
    judged = [replace(reading, confidence=reading.confidence * own_share(reading.text, script)) for reading in readings]
    if script != "Jpan":
        return judged
    chinese = [_CHINESE <= reading.confidence < _JAPANESE for reading in judged]
    form = chinese_form("".join(reading.text for reading, is_chinese in zip(judged, chinese, strict=True) if is_chinese))
    return [
        replace(reading, script=form, confidence=_CERTAIN) if is_chinese else reading
        for reading, is_chinese in zip(judged, chinese, strict=True)
    ]


def _packs_by_script(installed: Collection[str]) -> dict[str, str]:
    """For each script that can be read the pack to try it with, in the order in which to try."""
    packs: dict[str, list[str]] = {}
    for code in sorted(installed, key=lambda code: (code not in _FIRST, code.endswith("_vert"), code[:1].isupper(), code)):
        if code in PACKS:
            packs.setdefault(PACKS[code].script, []).append(code)
    scripts = sorted(packs, key=lambda script: (*_ORDER, script).index(script))
    return {script: packs[script][0] for script in scripts}
