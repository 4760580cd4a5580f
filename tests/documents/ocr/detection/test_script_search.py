"""With an engine that knows what each pack would read, so that no pack need be installed."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from PIL import Image

from documents.ocr.detection.agreement import Reading
from documents.ocr.detection.sample import Sample
from documents.ocr.detection.script_search import ScriptSearch, packs_by_script
from documents.ocr.elements import Block, Box, Line, Word
from documents.ocr.engines.base import Engine, Glance, Inability
from documents.ocr.options import Layout

PACKS = ("eng", "rus", "ell", "ara", "jpn", "chi_sim", "chi_tra")
STRIP = Image.new("L", (900, 40), 255)


class KnowingEngine:
    """``knows``: what each pack reads on every strip, and how surely. ``tried``: the packs asked."""

    name = "knowing"
    cannot = frozenset[Inability]()

    def __init__(self, knows: Mapping[str, tuple[str, float]], glance: Glance | None = None) -> None:
        self.knows = knows
        self.tried: list[str] = []
        self.told = glance

    @property
    def scout(self) -> Engine:
        return self

    def version(self) -> str:
        return "1"

    def languages(self) -> frozenset[str]:
        return frozenset(PACKS)

    def read(
        self, image: Image.Image, languages: Sequence[str], *, timeout: float, layout: Layout = Layout.AUTO
    ) -> tuple[Block, ...]:
        [pack] = languages
        self.tried.append(pack)
        text, confidence = self.knows.get(pack, ("", 0.0))
        boxes = [Box(0, top, 10, top + 10) for top in range(30, image.height - 40, 64)]
        words = [Word(text, confidence, box) for box in boxes if text]
        return tuple(Block((Line((word,), word.box),), word.box) for word in words)

    def glance(self, image: Image.Image, *, timeout: float) -> Glance | None:
        return self.told


def search(engine: KnowingEngine, strips: int = 3, width: int = 900) -> list[Reading]:
    sample = Sample((STRIP.resize((width, 40)),) * strips)
    return ScriptSearch(sample, engine, PACKS).run(engine.told)


def scripts(readings: Sequence[Reading]) -> set[str]:
    return {reading.script for reading in readings}


def test_a_clear_reading_in_the_script_that_shapes_suggest_ends_the_search() -> None:
    engine = KnowingEngine({"rus": ("Все люди", 95)}, Glance(0, 6, "Cyrl"))
    readings = search(engine)
    assert scripts(readings) == {"Cyrl"}
    assert [reading.text for reading in readings] == ["Все люди"] * 3
    assert engine.tried == ["rus"]


def test_without_a_suggestion_latin_is_tried_first() -> None:
    engine = KnowingEngine({"eng": ("All human beings", 95)})
    assert scripts(search(engine)) == {"Latn"}
    assert engine.tried == ["eng"]


def test_a_wrong_suggestion_is_put_right() -> None:
    engine = KnowingEngine({"rus": ("Ан пьтап", 70), "eng": ("All human", 95)}, Glance(0, 1, "Cyrl"))
    assert scripts(search(engine)) == {"Latn"}


def test_capitals_that_look_the_same_in_two_scripts_are_read_in_both() -> None:
    both = {"rus": ("ТОТАL САSН", 88), "eng": ("TOTAL CASH", 95)}
    assert scripts(search(KnowingEngine(both, Glance(0, 1, "Cyrl")))) == {"Latn"}
    other = {"rus": ("МОСКВА", 96), "eng": ("MOCKBA", 90)}
    assert scripts(search(KnowingEngine(other), strips=1, width=100)) == {"Cyrl"}


@pytest.mark.parametrize("width", [100, 600])
def test_a_short_text_in_no_language_may_be_in_letters_that_look_latin(width: int) -> None:
    russian = {"eng": ("MockBa 2024 HP CCCP", 92), "rus": ("Москва 2024 НР СССР", 96)}
    assert scripts(search(KnowingEngine(russian), width=width)) == {"Cyrl"}
    english = {"eng": ("Cellar key", 93), "rus": ("Се!аг Кеу", 94)}
    assert scripts(search(KnowingEngine(english), width=width)) == {"Latn"}


def test_a_word_or_two_are_tried_in_every_script() -> None:
    engine = KnowingEngine({"eng": ("ojejb", 20), "ara": ("مرحبا", 92)})
    assert scripts(search(engine, strips=1, width=100)) == {"Arab"}


def test_a_page_that_cannot_be_read_is_tried_once_in_each_common_script() -> None:
    engine = KnowingEngine({"eng": ("hardly legible", 40)})
    search(engine)
    assert engine.tried == ["eng", "rus", "ell", "ara", "jpn"]


def test_what_shapes_cannot_tell_is_found_by_trying() -> None:
    engine = KnowingEngine({"eng": ("ojejb 17", 30), "ara": ("مرحبا بالعالم", 92)}, Glance(0, 5, "Thai"))
    assert scripts(search(engine, strips=8)) == {"Arab"}
    assert engine.tried.count("ara") == 2  # a few strips, then the others


def test_no_script_is_tried_once_all_is_explained() -> None:
    engine = KnowingEngine({"eng": ("fairly legible", 72)})
    search(engine)
    assert engine.tried == ["eng"]


@pytest.mark.parametrize(
    ("text", "confidence", "script"),
    [
        ("すべての人間は生まれながらにして自由であり", 93, "Jpan"),
        ("感谢您三月十四日的来信我们已经收到", 60, "Hans"),
        ("感謝您三月十四日的來信我們已經收到", 60, "Hant"),
    ],
)
def test_chinese_and_japanese_are_told_from_what_the_japanese_pack_reads(
    text: str, confidence: float, script: str
) -> None:
    engine = KnowingEngine({"jpn": (text, confidence)}, Glance(0, 6, "Hani"))
    assert scripts(search(engine)) == {script}
    assert engine.tried == ["jpn"]


def test_doubt_about_the_form_of_chinese_is_settled_by_both_packs() -> None:
    read = {
        "jpn": ("人人生而自由一律平等", 60),
        "chi_sim": ("人人生而自由", 70),
        "chi_tra": ("人人生而自由", 90),
    }
    engine = KnowingEngine(read, Glance(0, 6, "Hani"))
    assert scripts(search(engine)) == {"Hant"}


def test_the_best_known_pack_stands_for_its_script_and_that_of_the_script_comes_last() -> None:
    installed = ("Latin", "afr", "eng", "Cyrillic", "bel", "rus", "jpn", "receipts")
    assert packs_by_script(installed) == {
        "Latn": ["eng", "afr", "Latin"],
        "Cyrl": ["rus", "bel", "Cyrillic"],
        "Jpan": ["jpn"],
    }


class LineEngine(KnowingEngine):
    """Reads line by line: ``knows`` has for each pack what it reads on each strip of a sample of three, told
    by the strips' heights."""

    def __init__(self, lines: Mapping[str, Sequence[tuple[str, float]]]) -> None:
        super().__init__({})
        self.lines = lines

    def read(
        self, image: Image.Image, languages: Sequence[str], *, timeout: float, layout: Layout = Layout.AUTO
    ) -> tuple[Block, ...]:
        [pack] = languages
        self.tried.append(pack)
        dark = np.asarray(image)[:, 60]
        tops = [row for row in range(1, len(dark)) if dark[row] < 250 <= dark[row - 1]]
        read = [(top, *self.lines.get(pack, [("", 0.0)] * 3)[dark[top] // 50]) for top in tops]
        words = [Word(text, confidence, Box(0, top, 10, top + 10)) for top, text, confidence in read if text]
        return tuple(Block((Line((word,), word.box),), word.box) for word in words)


def test_capitals_and_sums_of_a_receipt_are_in_the_alphabet_of_its_other_lines() -> None:
    """The search begins with Latin, which is sure of МЕТРНТА and of figures."""
    engine = LineEngine(
        {
            "eng": [("Mepıko oúvoAo", 50), ("METPHTA", 91), ("247,50", 96)],
            "ell": [("Μερικό σύνολο ειδών", 94), ("ΜΕΤΡΗΤΑ", 96), ("", 0)],
        }
    )
    sample = Sample(tuple(Image.new("L", (900, 40), 50 * place) for place in range(3)))
    readings = ScriptSearch(sample, engine, PACKS).run(None)
    assert [(reading.script, reading.text) for reading in readings] == [
        ("Grek", "Μερικό σύνολο ειδών"),
        ("Grek", "ΜΕΤΡΗΤΑ"),
        ("Grek", "247,50"),
    ]
