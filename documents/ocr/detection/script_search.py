"""Reading the strips of a sample with the packs of one script after another, until each is explained."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from documents.ocr.detection.agreement import ALIKE, Reading, agreed, is_telling
from documents.ocr.detection.identify import is_guess, likeness, rivals
from documents.ocr.detection.sample import Sample
from documents.ocr.detection.scripts import chinese_form, is_chinese, own_share, traditional_surplus
from documents.ocr.elements import Word, confidence_of, join_words, words_of
from documents.ocr.engines.base import Engine, Glance
from documents.ocr.languages import PACKS
from documents.ocr.options import Layout
from documents.ocr.stacking import strip_at

# Confidences of a reading.
_CERTAIN = 85.0  # no other script is tried
_CLEAR = 75.0  # neither is Latin, but for Cyrillic, in which small letters look like it too
_UNREAD = 70.0  # below, a strip may be in another script: English reads Greek with up to 66
_LEGIBLE = 40.0  # another pack of the same script may do better
_CHINESE = 40.0  # see `_tell_chinese_from_japanese`
_MARGIN = 10.0  # by which another script must be better than the first
_FAR_MARGIN = 30.0  # ... where they share no shapes, and none was seen: misreadings in Thai gained 16 to 25
# The pack for traditional letters is by so much surer of the others. A letter of the surplus of one form that
# the Japanese pack sees weighs as much confidence.
_HANT, _SURPLUS = 5.0, 2.0

_TIMEOUT = 20.0  # seconds; a sample takes a fifth of one
_FEW_LETTERS = 60
_SHORT = 160  # letters
_LOOK_MARGIN = 2.0  # names in Latin letters are read in Cyrillic ones with 1 to 28 less
_PROBE = 3  # strips

# The packs that stand for their scripts, if they are installed. The others would do as well: English
# reads enough of any Latin text to tell what it is.
_FIRST = frozenset(("eng", "rus", "ell", "ara", "heb", "hin", "ben"))
_ORDER = ("Latn", "Cyrl", "Grek", "Arab", "Hebr", "Deva", "Kore", "Jpan", "Thai")  # many readers, quick packs
_LOOK_LATIN = ("Cyrl", "Grek")  # in capitals only


def mean_confidence(readings: Sequence[Reading]) -> float:
    """Over the letters of ``readings``; 0 without any."""
    letters = sum(len(reading.text) for reading in readings)
    return sum(reading.confidence * len(reading.text) for reading in readings) / letters if letters else 0.0


def looks_latin(reading: Reading) -> bool:
    """Whether it may be Latin capitals read as others: МОСКВА and MOCKBA are the same shapes."""
    return reading.script in _LOOK_LATIN and reading.text.isupper()


def read_strips(sample: Sample, engine: Engine, languages: Sequence[str], script: str = "") -> list[Reading]:
    """Each strip of the sample, read in ONE run of the engine; ``script`` is the one that is looked for."""
    blocks = engine.read(sample.sheet(), languages, timeout=_TIMEOUT, layout=Layout.PLAIN)
    words: list[list[Word]] = [[] for _ in sample.strips]
    tops = sample.tops
    for word in words_of(blocks):
        words[strip_at((word.box.y0 + word.box.y1) // 2, tops)].append(word)
    return [_reading(strip, script) for strip in words]


def _reading(words: Sequence[Word], script: str) -> Reading:
    confidence = confidence_of(words) or 0.0
    text = join_words(words)
    return Reading(script, confidence * own_share(text, script) if script else confidence, text)


class ScriptSearch:
    """Finds for each strip of a sample the script in which it is read best: ``readings``."""

    def __init__(self, sample: Sample, engine: Engine, installed: Collection[str]) -> None:
        self._sample = sample
        self._engine = engine
        self._packs = packs_by_script(installed)
        self._installed = installed
        self._tried: set[str] = set()
        self.readings = [Reading() for _ in sample.strips]

    def run(self, glance: Glance | None) -> list[Reading]:
        """Try the scripts that shapes suggest, and Latin; then others on the strips that nothing explains."""
        for script in self._suggested(glance):
            self._try(script, below=_CERTAIN)
            self._read_in_its_languages(script)
        self._try("Latn", below=_CERTAIN if "Cyrl" in self._tried else _CLEAR, margin=0.0, capitals=True)
        self._read_in_its_languages("Latn")
        if self._sample.letters < _FEW_LETTERS:
            self._look_closer()
        else:
            if self._sample.letters < _SHORT:
                self._look_behind_latin()
            self._explain_the_rest()
        self._agree_on_alphabets()
        return self.readings

    def _read_in_its_languages(self, script: str) -> None:
        """Read what is in a script again in each language that it may be in; where there is but one, only
        what the first pack was not sure of."""
        own = [place for place, reading in enumerate(self.readings) if reading.script == script]
        texts = [self.readings[place].text for place in own if self.readings[place].confidence >= _UNREAD]
        codes = rivals(texts, script, self._installed) if texts else ()
        unsure = [place for place in own if self.readings[place].confidence < _CLEAR]
        places = own if len(codes) > 1 else unsure
        if not codes or not places:
            return
        first = self._packs[script][0]
        best = {place: self._fit(self.readings[place], first, codes) for place in places}
        for code in codes:
            if code == first:
                continue
            readings = read_strips(self._sample.only(places), self._engine, [code], script)
            for place, reading in zip(places, readings, strict=True):
                if (fit := self._fit(reading, code, codes)) > best[place]:
                    best[place], self.readings[place] = fit, reading

    def _fit(self, reading: Reading, code: str, codes: Collection[str]) -> float:
        """0 to 100: how sure a reading is, and how much its text is in the language it was read in."""
        return reading.confidence * (likeness(reading.text, code, codes) if len(codes) > 1 else 1.0)

    def _agree_on_alphabets(self) -> None:
        """Read what was read in one of the alphabets that share shapes in the others of the page, too, and
        let the page tell which it is in."""
        places = [place for place, reading in enumerate(self.readings) if reading.script in ALIKE]
        strips = {place: {self.readings[place].script: self.readings[place]} for place in places}
        telling = [place for place in places if is_telling(self.readings[place])]
        scripts = dict.fromkeys(self.readings[place].script for place in telling)
        if len(scripts) > 1:
            for script in scripts:
                others = [place for place in telling if self.readings[place].script != script]
                pack = self._likeliest_pack(script)
                readings = read_strips(self._sample.only(others), self._engine, [pack], script)
                for place, reading in zip(others, readings, strict=True):
                    strips[place][script] = reading
        for place, reading in zip(places, agreed(list(strips.values())), strict=True):
            self.readings[place] = reading

    def _likeliest_pack(self, script: str) -> str:
        texts = [reading.text for reading in self.readings if reading.script == script]
        return next(iter(rivals(texts, script, self._installed)), self._packs[script][0])

    def _explain_the_rest(self) -> None:
        """What shapes suggest for the strips that are left, again and again; then any script, if the page is
        one that can be read at all."""
        while left := self._below(_UNREAD):
            glance = self._engine.glance(self._sample.only(left).sheet(), timeout=_TIMEOUT)
            untried = [script for script in self._suggested(glance) if script not in self._tried]
            if not untried:
                break
            for script in untried:
                self._try(script, below=_UNREAD)
        is_legible = any(reading.confidence >= _CLEAR for reading in self.readings)
        for script in _ORDER:
            if is_legible or self._promises(script):
                self._try(script, below=_UNREAD, margin=_MARGIN if script in ALIKE else _FAR_MARGIN)

    def _promises(self, script: str) -> bool:
        """Whether one of the longest strips can be read in a script: few, as the page may be hopeless."""
        if script in self._tried:
            return False
        places = sorted(self._below(_UNREAD), key=lambda place: -self._sample.strips[place].width)[:_PROBE]
        self._read(script, self._packs.get(script, [])[:1], places, margin=_MARGIN)
        return any(self.readings[place].confidence >= _UNREAD for place in places)

    def _look_closer(self) -> None:
        """A word or two tell little, but are quickly read: try all scripts."""
        if all(reading.text.isupper() for reading in self.readings):
            for script in _LOOK_LATIN:
                self._try(script, below=100.0, margin=0.0)
        self._look_behind_latin()
        doubtful = [place for place in self._below(_CLEAR) if self.readings[place].confidence >= _LEGIBLE]
        for script in {self.readings[place].script for place in doubtful}:
            self._read(script, self._packs.get(script, [])[1:][-1:], doubtful, margin=0.0)
        for script in self._packs:
            self._try(script, below=_CLEAR)

    def _look_behind_latin(self) -> None:
        """A short text that seems to be in no language may be in letters that only look like Latin ones:
        “MockBa 2024 HP CCCP” is read with 92, as Москва with 96."""
        text = " ".join(reading.text for reading in self.readings if reading.script == "Latn")
        if text and is_guess(text, "Latn"):
            self._try("Cyrl", below=100.0, margin=_LOOK_MARGIN)

    def _suggested(self, glance: Glance | None) -> tuple[str, ...]:
        """Chinese is looked for with the Japanese pack: see `_tell_chinese_from_japanese`."""
        if glance and glance.script == "Hani":
            return ("Jpan",) if "Jpan" in self._packs else ("Hans", "Hant")
        return (glance.script,) if glance else ()

    def _below(self, confidence: float) -> list[int]:
        return [place for place, reading in enumerate(self.readings) if reading.confidence < confidence]

    def _try(self, script: str, *, below: float, margin: float = _MARGIN, capitals: bool = False) -> None:
        """Read in a script, once, what has been read with a confidence ``below`` that, and ``capitals``."""
        if script in self._tried:
            return
        self._tried.add(script)
        places = [
            place
            for place, reading in enumerate(self.readings)
            if reading.confidence < below or (capitals and looks_latin(reading))
        ]
        self._read(script, self._packs.get(script, [])[:1], places, margin=margin)
        if script == "Jpan":
            self._tell_chinese_from_japanese()

    def _read(self, script: str, packs: Sequence[str], places: Sequence[int], *, margin: float) -> None:
        """Read these strips, and keep what is clearly better than what there was."""
        if not packs or not places:
            return
        readings = read_strips(self._sample.only(places), self._engine, packs, script)
        for place, reading in zip(places, readings, strict=True):
            before = self.readings[place]
            if reading.confidence > before.confidence + (margin if before.confidence else 0.0):
                self.readings[place] = reading

    def _tell_chinese_from_japanese(self) -> None:
        """The Japanese pack reads the Chinese characters that it knows as they are written, with 45 to 77 of
        confidence. Each pack for Chinese reads both forms as its own, nearly as sure of the other one."""
        read = [place for place, reading in enumerate(self.readings) if reading.script == "Jpan"]
        places = [place for place in read if self._may_be_chinese(self.readings[place])]
        readings = [self.readings[place] for place in places]
        text = "".join(reading.text for reading in readings)
        form = chinese_form(text)
        is_lone = len(places) == 1 < len(read)
        # Japan no longer writes traditional letters.
        is_japanese = mean_confidence(readings) >= _CERTAIN and form != "Hant"
        if not text or is_lone or is_japanese:
            return
        if form not in self._packs:
            form = self._chinese_form_by_reading(places, traditional_surplus(text))
        if form:
            for place in places:
                self.readings[place] = replace(self.readings[place], script=form, confidence=_CERTAIN)

    def _may_be_chinese(self, reading: Reading) -> bool:
        """By itself: a page may have both."""
        return reading.confidence >= _CHINESE and is_chinese(reading.text)

    def _chinese_form_by_reading(self, places: Sequence[int], surplus: int) -> str | None:
        """The form in which strips are read better; ``surplus`` is what the Japanese pack saw, too little to
        tell by itself. Of 32 drawn paragraphs both put 2 into the wrong form, one alone 3, the other 4."""
        sample = self._sample.only(places[:2])
        confidences = {}
        for script, gain in (("Hans", 0.0), ("Hant", _SURPLUS * surplus - _HANT)):
            if script in self._packs:
                readings = read_strips(sample, self._engine, self._packs[script][:1], script)
                confidences[script] = mean_confidence(readings) + gain
        return max(confidences, key=lambda script: confidences[script], default=None)


def packs_by_script(installed: Collection[str]) -> dict[str, list[str]]:
    """The scripts that can be read, in the order in which to try them, and the packs of each: the one that
    stands for the script first, that of the whole script last."""
    packs: dict[str, list[str]] = {}
    for code in sorted(installed, key=_rank_of_pack):
        if code in PACKS:
            packs.setdefault(PACKS[code].script, []).append(code)
    return {script: packs[script] for script in sorted(packs, key=(*_ORDER, *packs).index)}


def _rank_of_pack(code: str) -> tuple[bool, bool, bool, str]:
    return code not in _FIRST, code[:1].isupper(), "_" in code, code
