"""What it costs the server to save a correction: from the request to the answer with the page's words.

    python benchmarks/correcting.py [--words 1500] [--pages 100] [--saves 200] [--grid 1]

A document of ``--pages`` pages, each with ``--words`` words whose frequencies are as Zipf's law has it. Each
save replaces a word of its first page, as a browser that saves at every word does: who asks, the text, its
search entry, facts, counts, history, and the answer; every tenth is undone and redone. The words stand in
columns, as in a table, or with ``--grid 0`` follow each other as in prose. Given are the processor's time and
the clock's, in this one process, in which the database (SQLite) runs too.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from search import WORDS
from site_under_test import collect_garbage_as_the_site, command_line, empty_database

from accounts.models import User
from documents.models import Document, OcrRun, Original, Page, State, Transcription
from documents.ocr.correcting.comparing import compare
from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.ocr.packing import pack
from documents.search.find import find
from documents.services import index, organise

_LINE, _BLOCK = 10, 10  # words of a line, lines of a block


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of one save."""

    processor: float
    clock: float


def page_text(words: Sequence[str], chance: random.Random, *, is_grid: bool) -> PageText:
    lines = [_line(words[at : at + _LINE], at, chance, is_grid=is_grid) for at in range(0, len(words), _LINE)]
    blocks = [Block.of(lines[at : at + _BLOCK]) for at in range(0, len(lines), _BLOCK)]
    return PageText(2480, 3508, tuple(blocks), ("eng",), engine="tesseract", engine_version="5.3.0")


def _line(words: Sequence[str], row: int, chance: random.Random, *, is_grid: bool) -> Line:
    starts = [200 + 200 * at for at in range(len(words))]
    if not is_grid:
        starts = [200 + sum(18 * len(word) + 15 for word in words[:at]) for at in range(len(words))]

    def word(at: int, text: str) -> Word:
        x0, y0 = starts[at] + chance.randint(0, 9), 200 + 2 * row + chance.randint(0, 3)
        return Word(text, round(chance.uniform(60, 96), 1), Box(x0, y0, x0 + 18 * len(text), y0 + 30))

    return Line.of([word(at, text) for at, text in enumerate(words)])


def make(user: User, pages: int, words: int, chance: random.Random, *, is_grid: bool = True) -> Document:
    weights = [1 / rank for rank in range(1, len(WORDS) + 1)]
    document = Document.objects.create(
        collection=organise.personal_collection(user=user),
        title="A book",
        sha256="0" * 64,
        byte_size=1,
        state=State.DONE,
        page_count=pages,
        pages_done=pages,
        dated_on=timezone.localdate(),
    )
    original = Original.objects.create(document=document, position=0, byte_size=1, page_count=pages)
    run = OcrRun.objects.create(document=document, engine="tesseract", state=State.DONE)
    for number in range(1, pages + 1):
        read = page_text(chance.choices(WORDS, weights, k=words), chance, is_grid=is_grid)
        page = Page.objects.create(document=document, number=number, original=original, index=number - 1)
        page.current = Transcription.objects.create(
            page=page,
            run=run,
            languages=["eng"],
            mean_confidence=read.confidence,
            text=read.text,
            packed=pack(read),
        )
        page.save()
    index.write_document(document)
    return document


def measured(work: Callable[[], object]) -> Times:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Times(time.process_time() - processor, time.perf_counter() - clock)


class Browser:
    """A person's, with the first page of ``document`` open."""

    def __init__(self, user: User, document: Document) -> None:
        self._client = Client(headers={"Host": "127.0.0.1"})
        self._client.force_login(user)
        self._address = reverse("text_save", args=[document.pk, 1])
        self._base = document.pages.get(number=1).current_id

    def save(self, line: int, word: int, text: str) -> None:
        self._post("", changes=[{"do": "replace", "line": line, "word": word, "text": text}])

    def step(self, way: str) -> None:
        self._post(f"{way}/")

    def _post(self, path: str, **sent: object) -> None:
        sent["base"] = self._base
        answer = self._client.post(f"{self._address}{path}", sent, content_type="application/json")
        assert answer.status_code == 200, answer.content
        self._base = answer.json()["text"]


def report(name: str, times: Sequence[Times]) -> None:
    for kind in ("processor", "clock"):
        seconds = sorted(getattr(one, kind) for one in times)
        middle, late = statistics.median(seconds), seconds[int(0.95 * (len(seconds) - 1))]
        figures = f"least {1000 * seconds[0]:6.1f}   median {1000 * middle:6.1f}   p95 {1000 * late:6.1f} ms"
        print(f"{name:12} {kind:10} {figures}")


def _compare(one: Transcription, other: Transcription) -> None:
    compare(one.page_text, other.page_text)


def main() -> None:
    options = command_line(__doc__, words=1500, pages=100, saves=200, grid=1).parse_args()
    chance = random.Random(1)  # noqa: S311
    user = empty_database()
    document = make(user, options.pages, options.words, chance, is_grid=bool(options.grid))
    lines, browser = options.words // _LINE, Browser(user, document)
    browser.save(0, 0, "first")  # what is loaded with the first request
    collect_garbage_as_the_site()
    saves, steps = [], []
    for number in range(options.saves):
        line, word = chance.randrange(lines), chance.randrange(_LINE)
        text = f"corrected{number}"
        saves.append(measured(partial(browser.save, line, word, text)))
        if number % 10 == 0:
            steps += [measured(partial(browser.step, way)) for way in ("undo", "redo")]
    assert find(user, f"corrected{options.saves - 1}").found  # in the next question
    report("save", saves)
    report("undo, redo", steps)
    texts = list(document.pages.get(number=1).transcriptions.order_by("pk"))
    pairs = list(zip(texts[:20], texts[20:40], strict=False))  # none was unpacked just now
    report("compare", [measured(partial(_compare, *pair)) for pair in pairs])
    sizes = [len(text.packed) for text in texts]
    print(f"a text: {statistics.mean(sizes) / 1000:.1f} kB packed, {len(texts[0].text) / 1000:.1f} kB plain")


if __name__ == "__main__":
    main()
