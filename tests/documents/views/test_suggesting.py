"""Ways to go on with what is typed, and documents like another."""

from accounts.models import User
from documents.models import Collection, Document
from tests.documents.views.conftest import Browse, html_of
from tests.factories import make_document


def test_words_and_titles_are_suggested(
    browse: Browse, collection: Collection, owner: User, stranger: User
) -> None:
    book = make_document(collection=collection, user=owner, texts=["Invoices of <b>"], title="Inventory <b>")
    html = html_of(browse(owner).get("/search/suggest", {"q": 'title:"a b" -inv'}))
    assert 'data-fill="title:&quot;a b&quot; -Invoices"' in html
    html = html_of(browse(owner).get("/search/suggest", {"q": "inv"}))
    assert f'data-href="/documents/{book.pk}/"' in html
    assert "Inventory &lt;b&gt;" in html
    assert "option" not in html_of(browse(stranger).get("/search/suggest", {"q": "inv"}))


def test_one_letter_suggests_nothing(browse: Browse, document: Document, owner: User) -> None:
    assert html_of(browse(owner).get("/search/suggest", {"q": "h"})) == ""
    assert html_of(browse(owner).get("/search/suggest")) == ""


def test_documents_like_one_are_shown(
    browse: Browse, collection: Collection, owner: User, stranger: User
) -> None:
    words = "orchid greenhouse watering fertiliser seedling compost"
    one, two = (
        make_document(collection=collection, user=owner, texts=[words], title=title) for title in ("A", "B")
    )
    make_document(collection=collection, user=owner, texts=["quite another thing"], title="C")
    client = browse(owner)
    html = html_of(client.get(f"/documents/{one.pk}/like/"))
    assert f'href="/documents/{two.pk}/"' in html
    assert '<span dir="auto">C</span>' not in html
    part = html_of(client.get(f"/documents/{one.pk}/like/", headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert browse(stranger).get(f"/documents/{one.pk}/like/").status_code == 404
    assert client.post(f"/documents/{one.pk}/like/").status_code == 405


def test_a_document_like_no_other_says_so(browse: Browse, document: Document, owner: User) -> None:
    html = html_of(browse(owner).get(f"/documents/{document.pk}/like/"))
    assert "No other document has many words in common with this one." in html
