from accounts.models import User
from documents.models import Collection, Document, Transcription
from documents.selectors.doubts import Doubt, doubts_of
from documents.services.doubts import keep_languages
from tests.factories import make_document


def test_only_the_offer_of_these_languages_is_declined(collection: Collection, owner: User) -> None:
    book = make_document(collection=collection, user=owner, texts=["one", "two", "three"])
    pages = Transcription.objects.filter(page__document=book)
    pages.filter(page__number__lt=3).update(suggested=["rus"])
    pages.filter(page__number=3).update(suggested=["rus", "fra"])

    assert keep_languages(document=book, suggested=["rus"]) == 2

    assert doubts_of(book) == [Doubt(("rus", "fra"), (3,))]


def test_other_documents_keep_their_offers(collection: Collection, owner: User, document: Document) -> None:
    Transcription.objects.update(suggested=["rus"])
    other = make_document(collection=collection, user=owner, texts=["one"])
    assert keep_languages(document=other, suggested=["rus"]) == 0
    assert doubts_of(document)
