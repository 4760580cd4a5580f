"""Who looks at samples, and what is not asked of an engine that cannot do it."""

import time

import pytest

from documents.ocr.detection.detect import detect, find_rotation
from documents.ocr.engines import ENGINES
from documents.ocr.engines.base import Engine, Inability
from documents.ocr.engines.deadline import Deadline
from documents.ocr.options import Options
from documents.ocr.reading import read_page
from tests.doubles import EchoEngine
from tests.files import text_image

LINES = text_image(["All human beings are born free", "and equal in dignity and rights"], size=(900, 200))


class Blind(EchoEngine):
    """Reads, and lets another one look at samples."""

    def __init__(self, scout: EchoEngine, languages: tuple[str, ...] = ("eng", "jpn")) -> None:
        super().__init__("blind", languages, [Inability.GLANCE, Inability.LAYOUT])
        self._scout = scout

    @property
    def scout(self) -> Engine:
        return self._scout


def test_samples_are_read_by_the_scout() -> None:
    scout = EchoEngine()
    engine = Blind(scout)
    assert detect(LINES, engine).languages == ("eng",)
    find_rotation(LINES, engine, ["eng"], on_its_side=True)
    assert engine.calls == []
    assert set(scout.calls) == {("eng",)}  # it reads French and Russian, too: the engine does not


def test_a_language_that_the_scout_does_not_know_tells_it_nothing() -> None:
    scout = EchoEngine()
    assert find_rotation(LINES, Blind(scout), ["jpn"]) == 0
    assert scout.calls == []


def test_who_takes_no_hint_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Blind(EchoEngine())
    engine.reads = lambda _image: ()
    monkeypatch.setitem(ENGINES, "blind", lambda: engine)
    assert not read_page(LINES, Options(languages=("eng",), engine="blind")).words
    assert engine.calls == [("eng",)]


def test_the_time_of_an_engine_is_that_of_its_scout() -> None:
    deadline = Deadline(Blind(EchoEngine()), time.monotonic() + 5)
    assert deadline.scout == Deadline(deadline.engine.scout, deadline.moment)
    assert deadline.cannot == {Inability.GLANCE, Inability.LAYOUT}
