"""What a document is called when it is taken away, of which type it is, and why it cannot be had."""

import json

import pytest

from accounts.models import User
from documents.errors import NoTable, OcrsiteError, PageMissing, PasswordNeeded, PdfTakesLong
from documents.models import Collection, Document, Page
from documents.ocr.formats import FORMATS, TABLES
from documents.services.pdf import MOST_PAGES_AT_ONCE
from documents.services.take_away import NAMES, TakenAway, media_types, offers, take_away
from documents.words import explain
from tests.factories import make_document


def taken(document: Document, form: str, **how: object) -> TakenAway:
    return take_away(document=document, form=form, explain=explain, **how)


def bytes_of(one: TakenAway) -> bytes:
    if one.file:
        with one.file as file:
            return file.read()
    return b"".join(one.pieces)


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    return make_document(
        collection=collection, user=owner, title="Letters: May/June", texts=["First page", "Second page"]
    )


def test_the_text_of_all_pages_is_written(book: Document) -> None:
    one = taken(book, "txt")
    assert (one.media_type.partition(";")[0], one.file) == ("text/plain", None)
    assert bytes_of(one).split() == [b"First", b"page", b"Second", b"page"]


def test_one_page_says_its_number(book: Document) -> None:
    one = taken(book, "txt", page=2)
    assert bytes_of(one) == b"Second page\n"
    assert one.name.endswith("p2.txt")
    assert "/" not in one.name


def test_a_form_of_its_own_for_one_page_is_used_where_there_is_one(book: Document) -> None:
    whole, alone = taken(book, "page"), taken(book, "page", page=1)
    assert (whole.media_type, alone.media_type) == tuple(media_types("page"))
    assert (whole.name[-4:], alone.name[-4:]) == (".zip", ".xml")


def test_the_original_is_that_of_the_whole_document(document: Document) -> None:
    for page in (None, 1):
        one = taken(document, "original", page=page)
        assert (one.media_type, bytes_of(one)) == ("image/png", b"the original")
        assert one.name.endswith(".png")


@pytest.mark.parametrize(
    ("form", "how", "error"),
    [("txt", {"page": 3}, PageMissing), ("tables", {}, NoTable), ("xlsx", {}, NoTable)],
)
def test_what_there_is_not(book: Document, form: str, how: dict[str, int], error: type[OcrsiteError]) -> None:
    with pytest.raises(error):
        bytes_of(taken(book, form, **how))


@pytest.mark.parametrize("form", sorted(set(NAMES) - {"json", "original"}))
def test_of_a_locked_document_no_text_is_had(document: Document, form: str) -> None:
    Document.objects.update(is_locked=True)
    document.refresh_from_db()
    with pytest.raises(PasswordNeeded):
        taken(document, form)


def test_a_locked_document_is_had_as_it_came_and_told_of(document: Document) -> None:
    Document.objects.update(is_locked=True)
    document.refresh_from_db()
    assert bytes_of(taken(document, "original")) == b"the original"
    assert json.loads(bytes_of(taken(document, "json")))["page_count"] == document.page_count


def refusals(document: Document) -> dict[str, type[OcrsiteError] | None]:
    document.refresh_from_db()
    return {offer.form: offer.refusal for offer in offers(document=document)}


def test_all_forms_are_offered_with_the_type_that_they_have(document: Document) -> None:
    told = {offer.form: offer.media_type for offer in offers(document=document)}
    assert list(told) == list(NAMES)
    for form in FORMATS:
        assert told[form] in media_types(form)
    assert (told["pdf"], told["original"], media_types("original")) == ("application/pdf", "image/png", [])


def test_what_is_refused_is_told_beforehand(document: Document) -> None:
    Page.objects.update(has_tables=True)
    assert set(refusals(document).values()) == {None}
    Page.objects.update(has_tables=False)
    assert {form for form, why in refusals(document).items() if why} == set(TABLES)
    Document.objects.update(page_count=MOST_PAGES_AT_ONCE + 1)
    assert refusals(document)["pdf"] is PdfTakesLong
    Document.objects.update(is_locked=True)
    assert {form for form, why in refusals(document).items() if why is None} == {"json", "original"}
