"""How surely a page was read is asked of each page, and of a document where nothing is asked of pages."""

import pytest

from accounts.models import User
from documents.models import Collection, Document, SearchEntry
from documents.search.find import find, pages_with_hits
from tests.factories import make_document


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    """Three pages, the second of which could hardly be read; the last says something else."""
    texts = ["an old invoice", "an invoice once more", "the end"]
    book = make_document(collection=collection, user=owner, texts=texts, title="Book", confidence=80)
    SearchEntry.objects.filter(document=book, number=2).update(confidence=40)
    return book


@pytest.fixture(autouse=True)
def _other(collection: Collection, owner: User, book: Document) -> None:
    make_document(collection=collection, user=owner, texts=["an invoice"], title="Clear", confidence=95)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("confidence<60 invoice", {"Book": [2]}),
        ("confidence>=60 invoice", {"Book": [1], "Clear": [1]}),
        ("-confidence<60 invoice", {"Book": [1], "Clear": [1]}),
        ("invoice confidence>60 confidence<90", {"Book": [1]}),
        ("(confidence<60 OR confidence>90) invoice", {"Book": [2], "Clear": [1]}),
        ("(confidence<60 end) OR (confidence<60 invoice)", {"Book": [2]}),
        ("confidence<60 -more", {}),
        ("confidence<60 end", {}),
    ],
)
def test_with_words_it_is_asked_of_their_page(owner: User, text: str, pages: dict[str, list[int]]) -> None:
    results = find(owner, text)
    assert {one.document.title: [hit.number for hit in one.hits] for one in results.found} == pages


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("-confidence<60", {"Clear", "Unknown"}),
        ("-confidence<60 invoice", {"Book", "Clear", "Unknown"}),
        ("-confidence>=60 invoice", {"Book", "Unknown"}),
        ("-(confidence<60 OR confidence>90) invoice", {"Book", "Unknown"}),
        ("confidence<60 invoice", {"Book"}),
        ("confidence>=0 invoice", {"Book", "Clear"}),
    ],
)
def test_what_is_not_known_is_neither_below_nor_above(
    collection: Collection, owner: User, text: str, titles: set[str]
) -> None:
    unknown = make_document(collection=collection, user=owner, texts=["an invoice"], title="Unknown")
    SearchEntry.objects.filter(document=unknown).update(confidence=None)
    assert {one.document.title for one in find(owner, text).found} == titles


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("confidence<60", {"Book"}),
        ("confidence>90", {"Clear"}),
        ("-confidence<60", {"Clear"}),
        ("confidence<20", set()),
        ("confidence<60 title:book", {"Book"}),
    ],
)
def test_without_words_it_finds_documents_with_such_a_page(owner: User, text: str, titles: set[str]) -> None:
    assert {one.document.title for one in find(owner, text).found} == titles


def test_in_its_document_it_leaves_out_other_pages(owner: User, book: Document) -> None:
    assert [page.number for page in pages_with_hits(owner, book, "confidence<60 invoice")] == [2]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("confidence:96", {"Read"}),
        ("confidence>=96", {"Read"}),
        ("confidence<=96", {"Book", "Clear", "Read"}),
        ("confidence<96", {"Book", "Clear"}),
        ("confidence>96", set()),
        ("confidence>95", {"Read"}),
        ("confidence:95", {"Clear"}),
        ("confidence:95.7", set()),
        ("confidence:96 words", {"Read"}),
        ("confidence>96 words", set()),
        ("confidence:60", set()),
    ],
)
def test_it_is_compared_as_it_is_shown(
    collection: Collection, owner: User, text: str, titles: set[str]
) -> None:
    make_document(collection=collection, user=owner, texts=["words"], title="Read", confidence=95.7)
    assert {one.document.title for one in find(owner, text).found} == titles
