"""What search knows of each page, kept with the text: the only writer of SearchEntry and SearchWord.

The database brings the index proper in step with these rows by itself (migration 0004). Everything here
happens in the caller's transaction, so that a page and its entry are changed together or not at all.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from types import MappingProxyType
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import F, IntegerField, Q, QuerySet, Value

from documents.models import Document, Page, SearchEntry, SearchWord, Transcription
from documents.search.index.scope import FIRST_PAGE, collection_mark, document_mark
from documents.search.text.analysis import LONGEST, VERSION, EntryText, entry, titled
from documents.services.locks import lock_documents

_Item = TypeVar("_Item")
_Changes = Counter[tuple[int, str]]  # of the number of pages, by collection and word

_AT_ONCE = 200  # pages, with their texts, in memory
_WORDS_AT_ONCE = 1000
_LONGEST_WORD = 255  # characters; PostgreSQL takes 2 kB
# The vocabulary is what suggestions come from: words without digits, of pages that were read well.
_WORD = re.compile(r"\D{2,40}")
_DOUBTFUL = 60  # mean confidence, 0–100

# Rows of VALUES have the columns column1, column2, … in both databases.
_ADD = """
    INSERT INTO documents_searchword (collection_id, word, pages) VALUES %s
    ON CONFLICT (collection_id, word) DO UPDATE SET pages = documents_searchword.pages + excluded.pages
"""
_TAKE = """
    UPDATE documents_searchword SET pages = CASE WHEN pages > column3 THEN pages - column3 ELSE 0 END
    FROM (VALUES %s) AS fewer WHERE collection_id = column1 AND word = column2
"""
_REPLACED = ["document", "collection", "number", "version", "transcription_id", "confidence"]
_REPLACED += ["scope", "title", "loose", "body"]


@dataclass(frozen=True, slots=True)
class Analysed:
    """What search knows of a reading: the words of its text, without those of a title."""

    words: EntryText
    languages: Sequence[str]
    confidence: float | None


_Readings = Mapping[int, Analysed]  # by their keys; readings never change
_NOTHING: _Readings = MappingProxyType({})


def analyse(readings: QuerySet[Transcription]) -> dict[int, Analysed]:
    """Take the texts of ``readings`` apart; for many of them before a transaction that writes them."""
    some = readings.only("languages", "mean_confidence", "text").iterator(chunk_size=_AT_ONCE)
    return {one.pk: analyse_text(one.text, one.languages, one.mean_confidence) for one in some}


def analyse_text(text: str, languages: Sequence[str], confidence: float | None) -> Analysed:
    """Take a text apart that may be no reading yet."""
    return Analysed(entry("", text, languages), languages, confidence)


def analyse_document(document: Document) -> dict[int, Analysed]:
    """`analyse` what its pages show."""
    return analyse(Transcription.objects.filter(pk__in=document.pages.values("current")))


def write_pages(page_ids: Iterable[int], *, is_anew: bool = False, analysed: _Readings = _NOTHING) -> int:
    """Let search know these pages as they are now. Returns how many it knows.

    A page is known by its current text; the first page of a document by the title alone until it is read.
    Texts that are ``analysed`` are not taken apart here. ``is_anew``: nothing is taken from what it knew.
    """
    wanted = sorted(page_ids)
    known = 0
    changes = _Changes()
    with transaction.atomic():
        _lock(wanted)
        for some in _slices(wanted, _AT_ONCE):
            before = SearchEntry.objects.in_bulk(some)
            entries = _entries(some, {} if is_anew else before, analysed)
            changes.update(_replace(before, entries))
            known += len(entries)
        count_words(changes)
    return known


def write_document(document: Document, *, analysed: _Readings = _NOTHING) -> None:
    """After it was renamed, moved, or taken out of the trash."""
    pages = Page.objects.filter(document=document.pk)
    write_pages(pages.values_list("pk", flat=True), analysed=analysed)


def remove_document(document: Document) -> None:
    """Before it is deleted, or once it is in the trash."""
    with transaction.atomic():
        lock_documents([document.pk])
        entries = SearchEntry.objects.filter(document=document.pk)
        changes = _Changes()
        for some in _slices(sorted(entries.values_list("pk", flat=True)), _AT_ONCE):
            changes.update(_replace(SearchEntry.objects.in_bulk(some), []))
        count_words(changes)


def lagging(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Those of ``pages`` that search does not know, or not as they are."""
    is_other = Q(search_entry=None) | ~Q(search_entry__version=VERSION)
    is_other |= ~Q(search_entry__collection=F("document__collection"))
    is_other |= Q(current__isnull=False) & ~Q(search_entry__transcription_id=F("current"))
    return knowable(pages).filter(is_other)


def knowable(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Those of ``pages`` that search should know."""
    return pages.filter(Q(current__isnull=False) | Q(number=1), document__trashed_at=None)


def _entries(
    page_ids: Sequence[int], before: Mapping[int, SearchEntry], analysed: _Readings
) -> list[SearchEntry]:
    """What search should know of the pages. Texts that it knows from ``before`` are not fetched again."""
    pages = list(knowable(Page.objects.filter(pk__in=page_ids)).select_related("document").order_by("pk"))
    placed = {
        page.pk: _placed(page, before[page.pk])
        for page in pages
        if page.pk in before and _is_analysed(page, before[page.pk])
    }
    shown = {page.current_id for page in pages if page.current_id and page.pk not in placed}
    others = Transcription.objects.filter(pk__in=shown - analysed.keys())
    readings = {**analysed, **analyse(others)}
    return [
        placed.get(page.pk) or _titled(page, readings[page.current_id] if page.current_id else None)
        for page in pages
    ]


def changed(page_ids: Sequence[int]) -> list[int]:
    """Those of the pages, which search knows, whose words are not those of their text and title any more."""
    before = SearchEntry.objects.in_bulk(page_ids)
    return [new.pk for new in _entries(page_ids, {}, _NOTHING) if _words(new) != _words(before[new.pk])]


def _words(entry: SearchEntry) -> tuple[str, str, str, str]:
    return entry.scope, entry.title, entry.body, entry.loose


def _lock(page_ids: Sequence[int]) -> None:
    """Hold the documents, so that nobody renames or moves them while their entries are written."""
    if connection.features.has_select_for_update:
        pages = Page.objects.filter(pk__in=page_ids).order_by()
        lock_documents(pages.values_list("document", flat=True).distinct())


def _is_analysed(page: Page, known: SearchEntry) -> bool:
    """Stems and keys of the title are among those of the text: another title needs all of them anew."""
    made_from = (known.version, known.transcription_id, known.title)
    return made_from == (VERSION, page.current_id, _clipped(entry(page.document.title, "", []).title))


def _placed(page: Page, known: SearchEntry) -> SearchEntry:
    """With its words as they were found before."""
    return _entry(page, EntryText(known.title, known.body, known.loose), known.confidence)


def _titled(page: Page, reading: Analysed | None) -> SearchEntry:
    if reading is None:
        return _entry(page, entry(page.document.title, "", []), None)
    return _entry(page, titled(reading.words, page.document.title, reading.languages), reading.confidence)


def _entry(page: Page, words: EntryText, confidence: float | None) -> SearchEntry:
    return SearchEntry(
        page=page,
        document_id=page.document_id,
        collection_id=page.document.collection_id,
        number=page.number,
        version=VERSION,
        transcription_id=page.current_id,
        confidence=confidence,
        scope=_scope(page),
        title=_clipped(words.title),
        loose=_clipped(words.loose),
        body=_clipped(words.body),
    )


def _scope(page: Page) -> str:
    marks = [collection_mark(page.document.collection_id), document_mark(page.document_id)]
    return " ".join([*marks, FIRST_PAGE] if page.number == 1 else marks)


def _clipped(words: str) -> str:
    """As much of ``words`` as every database can hold."""
    if len(words) > LONGEST:
        words = words[:LONGEST].rpartition(" ")[0]
    parted = words.split(" ")
    if max(map(len, parted)) <= _LONGEST_WORD:
        return words
    return " ".join(word[:_LONGEST_WORD] for word in parted)


def _replace(before: Mapping[int, SearchEntry], entries: Sequence[SearchEntry]) -> _Changes:
    """Let ``entries`` be all that search knows of some pages. Returns what changes in the vocabulary."""
    after = {new.pk: new for new in entries}
    changes = _Changes()
    for key in before.keys() | after.keys():
        old, new = _words_by_collection(before.get(key)), _words_by_collection(after.get(key))
        changes.subtract(_listed(old - new))
        changes.update(_listed(new - old))
    if gone := before.keys() - after.keys():
        SearchEntry.objects.filter(pk__in=gone).delete()
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["page"], update_fields=_REPLACED
    )
    return changes


def _words_by_collection(page: SearchEntry | None) -> set[tuple[int, str]]:
    """The words of a page that was read well."""
    if page is None or page.confidence is None or page.confidence < _DOUBTFUL:
        return set()
    return {(page.collection_id, word) for word in page.body.split(" ")}


def _listed(words: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Those that the vocabulary has room for."""
    return ((collection_id, word) for collection_id, word in words if _WORD.fullmatch(word))


def _words_of(body: str) -> set[str]:
    return {word for word in set(body.split(" ")) if _WORD.fullmatch(word)}


def miscounted_words(collection_id: int) -> _Changes:
    """By how many pages the vocabulary of a collection is wrong, as `count_words` puts it right.

    One statement reads entries and vocabulary, so that both are of one moment while the site runs.
    """
    bodies = SearchEntry.objects.filter(collection=collection_id, confidence__gte=_DOUBTFUL)
    rows = bodies.values_list("body", Value(None, IntegerField())).union(
        SearchWord.objects.filter(collection=collection_id).values_list("word", "pages"), all=True
    )
    missing = _Changes()
    for text, pages in rows.iterator():
        counted = dict.fromkeys(_words_of(text), 1) if pages is None else {text: -pages}
        missing.update({(collection_id, word): count for word, count in counted.items()})
    return _Changes({key: count for key, count in missing.items() if count})


def count_words(changes: Mapping[tuple[int, str], int]) -> None:
    """Add to the number of pages that hold a word, by collection and word: once in a transaction."""
    more = sorted((*key, change) for key, change in changes.items() if change > 0)
    fewer = sorted((*key, -change) for key, change in changes.items() if change < 0)
    # All rows are held first, in one order by everybody, so that two transactions never wait for each other.
    if connection.features.has_select_for_update:
        for some in _slices(sorted([*more, *fewer]), _WORDS_AT_ONCE):
            _hold(some)
    with connection.cursor() as cursor:
        for some in _slices(more, _WORDS_AT_ONCE):
            cursor.execute(_ADD % _places(some), _flat(some))
        for some in _slices(fewer, _WORDS_AT_ONCE):
            cursor.execute(_TAKE % _places(some), _flat(some))


def _hold(counts: Sequence[tuple[int, str, int]]) -> None:
    held = SearchWord.objects.select_for_update().order_by("collection", "word")
    for collection_id, words in groupby(counts, key=itemgetter(0)):
        list(
            held.filter(collection=collection_id, word__in=[word for _id, word, _n in words]).values_list(
                "pk"
            )
        )


def _places(counts: Sequence[tuple[int, str, int]]) -> str:
    return ", ".join(["(%s, %s, %s)"] * len(counts))


def _flat(counts: Sequence[tuple[int, str, int]]) -> list[int | str]:
    return list(chain.from_iterable(counts))


def _slices(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
