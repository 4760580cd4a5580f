"""A list says of an older version what replaces it."""

from accounts.models import User
from documents.models import Collection, Document
from documents.selectors.versions import attach_newer
from documents.services.trash import trash
from tests.factories import make_document


def newer(user: User, document: Document) -> Document | None:
    attach_newer(user, [document])
    return document.newer


def test_the_newest_that_replaces_it_is_named(
    document: Document, collection: Collection, owner: User, stranger: User
) -> None:
    assert newer(owner, document) is None
    for title in ("Second", "Third"):
        made = make_document(collection=collection, user=owner, texts=[], title=title)
        Document.objects.filter(pk=made.pk).update(replaces=document)
    assert newer(owner, document) == made
    assert newer(stranger, document) is None
    trash(user=owner, document=made)
    assert newer(owner, document).title == "Second"
