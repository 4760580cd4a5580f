"""What a question costs in a large archive: the whole page of results, and the index's part of it.

    python benchmarks/search.py [--pages 100000] [--runs 60]

Each page has 220 words; their frequencies are as Zipf's law has it, over 200,000 made-up words for each of
four scripts. Ten people have a collection each, and one sees them all; documents have 10 pages. The
time is that of this one process, in which the database runs too. Of each kind of question as many are asked
as ``--runs``, each a different one, once.

Where ``BENCHMARK_DATA_DIR`` names a folder, the archive is made in there and kept, and measured again the
next time: to make a large one takes long.
"""

import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, pairwise
from multiprocessing import get_context
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction
from django.test import Client
from site_under_test import collect_garbage_as_the_site, command_line, empty_database

from accounts.models import User
from documents.models import (
    Collection,
    Document,
    Membership,
    OcrRun,
    Original,
    Page,
    SearchEntry,
    State,
    Tag,
    Transcription,
)
from documents.search.find import find
from documents.search.index.scope import FIRST_PAGE, collection_mark, document_mark
from documents.search.question import Question
from documents.search.text.analysis import VERSION, EntryText, entry
from documents.services import index

WORDS_OF_PAGE = 220
PAGES_OF_DOCUMENT = 10
VOCABULARY = 200_000
PEOPLE = 10
_BESIDES = {"one or the other", "but not", "with a tag", "of a year", "in a collection", "filters alone"}
_BATCH = 200  # documents, all of one collection
_WHOLE = "archive-is-whole"  # a file beside the database: what was broken off half-way has none
_SHOW_READINGS = """
    UPDATE documents_page
    SET current_id = (SELECT id FROM documents_transcription WHERE page_id = documents_page.id)
"""
# Vowels and consonants of the scripts that words are made in, and how many of ten documents are.
_LATIN = ("a e i o u ea ou", "b c d f g h l m n p r s t v st tr pl")
_CYRILLIC = ("а е и о у я", "б в г д ж з к л м н п р с т ш ст пр")
_GREEK = ("α ε η ι ο υ ω", "β γ δ θ κ λ μ ν π ρ σ τ φ χ στ")


def vocabulary(vowels: str, starts: str) -> list[str]:
    """The most frequent first, which are the shortest."""
    chance = random.Random(vowels)  # noqa: S311
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        syllables = 1 + (len(words) > 100) + (len(words) > 5000) * chance.randint(0, 2)
        word = "".join(
            chance.choice(starts.split()) + chance.choice(vowels.split()) for _ in range(syllables)
        )
        words[word + (chance.choice(["", "n", "s", "r"]) if word.isascii() else "")] = None
    return list(words)


def characters() -> list[str]:
    """Words of one to three Chinese characters."""
    chance = random.Random(1)  # noqa: S311
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        length = 1 + (len(words) > 300) + (len(words) > 5000) * chance.randint(0, 1)
        words["".join(chr(chance.randint(0x4E00, 0x5800)) for _ in range(length))] = None
    return list(words)


WORDS = vocabulary(*_LATIN)
CHARACTERS = characters()
_SCRIPTS = [*[WORDS] * 7, vocabulary(*_CYRILLIC), vocabulary(*_GREEK), CHARACTERS]
_ZIPF = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))


@dataclass(frozen=True, slots=True)
class Made:
    """The pages of a batch of documents as (text, body, loose), and how many of them have a word."""

    pages: list[tuple[str, str, str]]
    words: Counter[str]


def make(number: int) -> Made:
    """A batch, made in a process beside the one that writes."""
    chance = random.Random(number)  # noqa: S311
    pages = [page for _document in range(_BATCH) for page in _pages(chance, chance.choice(_SCRIPTS))]
    words = Counter(word for _text, body, _loose in pages for word in {*body.split(" ")} if word.isalpha())
    return Made(pages, words)


def _pages(chance: random.Random, words: list[str]) -> Iterator[tuple[str, str, str]]:
    for _page in range(PAGES_OF_DOCUMENT):
        drawn = chance.choices(words, cum_weights=_ZIPF, k=WORDS_OF_PAGE)
        text = "\n".join(" ".join(drawn[start : start + 11]) for start in range(0, WORDS_OF_PAGE, 11))
        # The words of most scripts are analysed each by itself, and so need it only once.
        analysed = (
            entry("", text, ["eng"]) if words is CHARACTERS else _joined([_known(word) for word in drawn])
        )
        yield text, analysed.body, analysed.loose


@cache
def _known(word: str) -> EntryText:
    return entry("", word, ["eng"])


def _joined(words: Sequence[EntryText]) -> EntryText:
    loose = dict.fromkeys(term for word in words for term in word.loose.split())
    return EntryText("", " ".join(word.body for word in words), " ".join(loose))


class Archive:
    """Writes documents in bulk: rows as `services.index` would write them, page by page."""

    def __init__(self) -> None:
        people = [User.objects.create_user(f"reader-{number}") for number in range(PEOPLE)]
        self.everybody = User.objects.create_user("everybody")
        self.collections = [
            Collection.objects.create(name=f"Collection {number}") for number in range(PEOPLE)
        ]
        pairs = [*zip(people, self.collections, strict=True)]
        pairs += [(self.everybody, collection) for collection in self.collections]
        Membership.objects.bulk_create(Membership(user=user, collection=place) for user, place in pairs)
        self.tags = [Tag.objects.create(collection=place, name="rare") for place in self.collections]
        self._words = Counter[tuple[int, str]]()

    def fill(self, pages: int) -> None:
        batches = range(max(1, pages // (_BATCH * PAGES_OF_DOCUMENT)))
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            with get_context("fork").Pool(2) as pool:
                for number, made in zip(batches, pool.imap(make, batches), strict=True):
                    with transaction.atomic():
                        self._add(number, made)
            index.count_words(self._words)
            cursor.execute(_SHOW_READINGS)

    def _add(self, number: int, made: Made) -> None:
        chance = random.Random(-number)  # noqa: S311
        place = number % PEOPLE
        collection = self.collections[place]
        documents = Document.objects.bulk_create(_document(chance, collection) for _ in range(_BATCH))
        documents[0].tags.add(self.tags[place])
        originals = Original.objects.bulk_create(_original(document) for document in documents)
        runs = OcrRun.objects.bulk_create(
            OcrRun(document=document, engine="tesseract", state=State.DONE) for document in documents
        )
        pages = Page.objects.bulk_create(
            Page(
                document=one.document, number=at, original=one, index=at - 1, image="a.jpg", thumbnail="a.jpg"
            )
            for one in originals
            for at in range(1, PAGES_OF_DOCUMENT + 1)
        )
        readings = Transcription.objects.bulk_create(
            Transcription(
                page=page,
                run=runs[at // PAGES_OF_DOCUMENT],
                languages=["eng"],
                text=made.pages[at][0],
                packed=b"",
            )
            for at, page in enumerate(pages)
        )
        SearchEntry.objects.bulk_create(
            _entry(page, reading, body, loose)
            for page, reading, (_text, body, loose) in zip(pages, readings, made.pages, strict=True)
        )
        for word, count in made.words.items():
            self._words[collection.pk, word] += count


def _document(chance: random.Random, collection: Collection) -> Document:
    title = " ".join(chance.choices(WORDS, cum_weights=_ZIPF, k=3))
    return Document(
        id=UUID(int=chance.getrandbits(128)),
        collection=collection,
        title=title,
        title_folded=title,
        sha256="0" * 64,
        byte_size=1,
        state=State.DONE,
        page_count=PAGES_OF_DOCUMENT,
        pages_done=PAGES_OF_DOCUMENT,
        mean_confidence=90.0,
        languages=["eng"],
        dated_on=date(2026, 11, 20) - timedelta(days=chance.randint(0, 7000)),
    )


def _entry(page: Page, reading: Transcription, body: str, loose: str) -> SearchEntry:
    document = page.document
    marks = [collection_mark(document.collection_id), document_mark(document.pk)]
    return SearchEntry(
        page=page,
        document=document,
        collection_id=document.collection_id,
        number=page.number,
        version=VERSION,
        transcription_id=reading.pk,
        confidence=90.0,
        scope=" ".join([*marks, FIRST_PAGE] if page.number == 1 else marks),
        title=document.title_folded,
        loose=loose,
        body=body,
    )


def _original(document: Document) -> Original:
    return Original(
        document=document,
        position=0,
        file="a.png",
        name="a.png",
        media_type="image/png",
        byte_size=1,
        page_count=PAGES_OF_DOCUMENT,
    )


def questions(runs: int) -> Iterator[tuple[str, list[str]]]:
    """Kinds of questions, and some of each."""
    chance = random.Random(7)  # noqa: S311
    common, middling, rare = WORDS[:50], WORDS[500:5000], WORDS[50_000:]
    texts = list(Transcription.objects.order_by("?").values_list("text", flat=True)[:runs])

    def some(ask: Callable[[], str]) -> list[str]:
        return [ask() for _ in range(runs)]

    yield "a common word", some(lambda: chance.choice(common))
    yield "a middling word", some(lambda: chance.choice(middling))
    yield "a rare word", some(lambda: chance.choice(rare))
    yield "a word of nobody", some(lambda: f"{chance.choice(rare)}{chance.choice(rare)}")
    yield "two common words", some(lambda: " ".join(chance.sample(common, 2)))
    yield "common and middling", some(lambda: f"{chance.choice(common)} {chance.choice(middling)}")
    yield "three common words", some(lambda: " ".join(chance.sample(common, 3)))
    yield "three of any frequency", some(lambda: " ".join(map(chance.choice, (common, middling, rare))))
    yield "a phrase of two words", [f'"{" ".join(_neighbours(chance, text))}"' for text in texts]
    yield "a phrase of common words", some(lambda: f'"{" ".join(chance.sample(common, 2))}"')
    for letters in (2, 3, 4, 5):
        long = [word for word in WORDS[:5000] if len(word) > letters]
        yield f"a beginning of {letters}", some(lambda n=letters, of=long: f"{chance.choice(of)[:n]}*")  # type: ignore[misc]
    yield "one or the other", some(lambda: f"{chance.choice(common)} OR {chance.choice(middling)}")
    yield "but not", some(lambda: f"{chance.choice(middling)} -{chance.choice(common)}")
    yield "with a tag", some(lambda: f"{chance.choice(common)} tag:rare")
    yield "of a year", some(lambda: f"{chance.choice(common)} year:{chance.randint(2010, 2025)}")
    yield "in a collection", some(lambda: f'{chance.choice(common)} in:"Collection {chance.randint(0, 9)}"')
    yield "filters alone", some(lambda: f"year:{chance.randint(2010, 2025)} lang:eng")


def _neighbours(chance: random.Random, text: str) -> tuple[str, str]:
    return chance.choice([*pairwise(text.split())])


def measure(runs: int) -> None:
    everybody, first = (User.objects.get(username=name) for name in ("everybody", "reader-0"))
    collect_garbage_as_the_site()
    _costs(everybody, _signed_in(everybody), [WORDS[0]])  # what is read and compiled once
    print(f"{'':28}{'index p50':>10}{'p95':>8}{'find p50':>10}{'p95':>8}{'page p50':>10}{'p95':>8}")
    total: dict[str, list[float]] = {"index": [], "find": [], "page": []}
    of_words: dict[str, list[float]] = {"index": [], "find": [], "page": []}
    for user in (everybody, first):
        client = _signed_in(user)
        for kind, texts in questions(runs):
            costs = _costs(user, client, texts)
            for part, seconds in costs.items():
                total[part] += seconds
                of_words[part] += seconds if kind not in _BESIDES else []
            _report(f"{user.username.partition('-')[0]}: {kind}", costs)
    _report("words, phrases, beginnings", of_words)
    _report("all", total)
    for sort in ("relevance", "newest"):
        _report(f"screen 50, {sort}", {"find": _deep(everybody, sort)})


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _costs(user: User, client: Client, texts: list[str]) -> dict[str, list[float]]:
    costs: dict[str, list[float]] = {"index": [], "find": [], "page": []}
    for text in texts:
        question = Question.of(user, text, is_forgiving=True)
        if question.is_about_words:
            costs["index"].append(_timed(lambda question=question: question.best(1001)))  # type: ignore[misc]
        costs["find"].append(_timed(lambda text=text: find(user, text)))  # type: ignore[misc]
        costs["page"].append(_timed(lambda text=text: _get(client, text)))  # type: ignore[misc]
    return costs


def _get(client: Client, text: str) -> None:
    assert client.get("/", {"q": text}, headers={"host": "localhost"}).status_code == 200


def _deep(user: User, sort: str) -> list[float]:
    seconds = []
    for word in WORDS[:10]:
        cursor = ""
        for _screen in range(49):
            cursor = find(user, word, sort=sort, cursor=cursor).next_cursor or cursor
        seconds.append(_timed(lambda word=word, cursor=cursor: find(user, word, sort=sort, cursor=cursor)))  # type: ignore[misc]
    return seconds


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _report(name: str, costs: dict[str, list[float]]) -> None:
    cells = []
    for part in ("index", "find", "page"):
        seconds = costs.get(part)
        cells += [f"{1000 * _share(seconds, share):7.1f}" if seconds else " " * 7 for share in (0.5, 0.95)]
    print(f"{name:28}{'  '.join(cells)}", flush=True)


def _share(seconds: list[float], share: float) -> float:
    return statistics.quantiles(seconds, n=100, method="inclusive")[round(100 * share) - 1]


def main() -> None:
    options = command_line(__doc__, pages=100_000, runs=60).parse_args()
    _ready_archive(options.pages)
    ids = list(SearchEntry.objects.values_list("pk", flat=True)[:500])
    again = _timed(lambda: index.write_pages(ids, is_anew=True))
    print(f"indexing a page anew takes {1000 * again / len(ids):.1f} ms")
    measure(options.runs)


def _ready_archive(pages: int) -> None:
    """Make it, unless it is kept. Nothing else that has a database is touched."""
    name = os.environ.get("BENCHMARK_DATA_DIR")
    if not name:
        _make_archive(pages)
        return
    folder = Path(name)
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "db.sqlite3"
    connection.settings_dict["NAME"] = database
    if (folder / _WHOLE).exists():
        return
    if database.exists():
        raise SystemExit(f"{database} is of a site, or was broken off half-way: name another folder.")
    _make_archive(pages)
    (folder / _WHOLE).touch()


def _make_archive(pages: int) -> None:
    empty_database()
    archive = Archive()
    seconds = _timed(lambda: archive.fill(pages))
    size = Path(connection.settings_dict["NAME"]).stat().st_size
    print(
        f"{pages:,} pages written in {seconds:.0f} s; the database takes {size / pages / 1000:.1f} kB a page"
    )


if __name__ == "__main__":
    main()
