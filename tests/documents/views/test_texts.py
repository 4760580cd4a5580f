"""What all pages about the texts of a document have in common."""

import pytest

from accounts.models import User
from documents.models import Document
from tests.documents.views.conftest import Browse

BOTH = ("compare/", "misreadings/", "pages/1/cleaning/", "pages/1/compare/", "pages/1/edit/")
ASKED = [("get", rest) for rest in (*BOTH, "pages/1/history/")]
SENT = [("post", rest) for rest in (*BOTH, "misreadings/undo/", "pages/1/history/restore/")]


@pytest.mark.parametrize(("method", "rest"), ASKED + SENT)
def test_a_locked_document_leads_to_where_it_is_opened(
    browse: Browse, document: Document, editor: User, method: str, rest: str
) -> None:
    Document.objects.update(is_locked=True)
    address = f"/documents/{document.pk}/"
    answer = getattr(browse(editor), method)(address + rest)
    assert (answer.status_code, answer["Location"]) == (302, address)
