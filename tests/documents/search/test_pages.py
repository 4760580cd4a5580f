"""The pages of one document that have hits."""

from itertools import islice, product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from documents.models import Collection, Page, SearchEntry
from documents.search.find import pages_with_hits
from documents.services import index
from tests.factories import make_document


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("invoice", {1: 3, 2: 1, 4: 1}),
        ("invoices", {1: 2, 4: 1}),
        ('"an invoice"', {1: 1, 4: 1}),
        ("inv*", {1: 2, 4: 1}),
        ("dont", {3: 1}),
        ("letter", {}),
        ("-invoice", {}),
    ],
)
def test_each_has_as_many_as_are_marked(
    collection: Collection, owner: User, question: str, expected: dict[int, int]
) -> None:
    texts = ["an invoice of Invoices lnvoice", "an lnvo|ce", "we don't", "an invoice"]
    document = make_document(collection=collection, user=owner, texts=texts)
    assert {page.number: page.count for page in pages_with_hits(owner, document, question)} == expected


def test_texts_are_read_only_where_the_index_does_not_know(collection: Collection, owner: User) -> None:
    document = make_document(collection=collection, user=owner, texts=["the thing", "a thing", "thing!"])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(pages_with_hits(owner, document, "thing")) == 3
    assert not any('"text"' in query["sql"] for query in queries)


def test_texts_of_long_pages_are_not_read_either(collection: Collection, owner: User) -> None:
    document = make_document(collection=collection, user=owner, texts=["the thing " * 9_000])
    with CaptureQueriesContext(connection) as queries:
        [page] = pages_with_hits(owner, document, "thing")
    assert page.count == 9_000
    assert not any('"text"' in query["sql"] for query in queries)


def test_a_page_longer_than_the_index_knows_is_counted_whole(collection: Collection, owner: User) -> None:
    document = make_document(collection=collection, user=owner, texts=["word " * 25_000])
    [page] = pages_with_hits(owner, document, "word")
    assert page.count == 25_000


def test_a_page_cut_off_at_a_long_word_is_counted_whole(collection: Collection, owner: User) -> None:
    texts = ["word " * 19_970 + "x" * 200 + " word"]
    document = make_document(collection=collection, user=owner, texts=texts)
    [page] = pages_with_hits(owner, document, "word")
    assert page.count == 19_971


def test_misread_words_are_counted_where_the_index_has_not_all_keys(
    collection: Collection, owner: User
) -> None:
    # Each has two keys, "cl" being a "d" perhaps, and so the keys are cut off, but the words are not.
    misread = ["cl" + "".join(letters) for letters in islice(product("lqcn", repeat=7), 9_000)]
    document = make_document(collection=collection, user=owner, texts=[" ".join([*misread, "va|ue value"])])
    known = SearchEntry.objects.get(document=document)
    assert known.body.endswith(" value")
    assert "±vaiue" not in known.loose
    [page] = pages_with_hits(owner, document, "value")
    assert page.count == 2


def test_a_page_whose_reading_was_just_deleted_has_none(collection: Collection, owner: User) -> None:
    document = make_document(collection=collection, user=owner, texts=["lnvo|ce", "an invoice"])
    SearchEntry.objects.filter(document=document, number=1).update(transcription_id=2**40)
    assert [page.number for page in pages_with_hits(owner, document, "invoice")] == [2]


def test_a_page_that_was_not_read_yet_has_none(collection: Collection, owner: User) -> None:
    document = make_document(collection=collection, user=owner, texts=["one", "two"], title="Two thieves")
    Page.objects.filter(document=document, number=1).update(current=None)
    index.write_document(document)
    assert [page.number for page in pages_with_hits(owner, document, "thieves OR two")] == [2]
